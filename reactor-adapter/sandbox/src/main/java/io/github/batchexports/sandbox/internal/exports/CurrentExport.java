package io.github.batchexports.sandbox.internal.exports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An export as it is at a moment.
 *
 * @param ownFiles those that a test gave it, in place of the made-up ones; null if it gave none
 */
public record CurrentExport(
        Export export, ExportState state, @Nullable List<ExportFile> ownFiles) {

    public List<ExportFile> files() {
        if (!state.succeeded()) {
            return List.of();
        }
        return ownFiles == null ? export.files() : ownFiles;
    }

    /** As the API sends it. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", export.id());
        putIfThere(json, "request_date", export.requested());
        putIfThere(json, "completion_date", state.completed());
        putIfThere(json, "start_date", state.started());
        putIfThere(json, "scope", export.scope());
        json.put("status", state.status());
        json.put("files", files().stream().map(ExportFile::json).toList());
        if (export.request() != null) {
            json.put("request", export.request());
        }
        json.putAll(export.more());
        return json;
    }

    private static void putIfThere(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
