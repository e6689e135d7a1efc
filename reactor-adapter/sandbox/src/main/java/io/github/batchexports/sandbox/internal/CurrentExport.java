package io.github.batchexports.sandbox.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An export as it is at a moment. */
public record CurrentExport(Export export, ExportState state) {

    public List<ExportFile> files() {
        return state.succeeded() ? export.files() : List.of();
    }

    /** As the API sends it; its dates are whole seconds. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", export.id());
        json.put("request_date", date(export.requested()));
        Instant completed = state.completed();
        if (completed != null) {
            json.put("completion_date", date(completed));
        }
        Instant started = state.started();
        if (started != null) {
            json.put("start_date", date(started));
        }
        json.put("scope", export.scope());
        json.put("status", state.status());
        json.put("files", files().stream().map(ExportFile::json).toList());
        json.put("request", export.request());
        json.putAll(export.more());
        return json;
    }

    private static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
