package io.github.batchexports.protocol.json;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ExportType;
import io.github.batchexports.error.CallContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The model's values, read from one document. Each method reads the value that comes next. */
final class PageReader {

    private static final List<String> EXPORT =
            List.of("id", "request_date", "completion_date", "start_date", "scope", "status", "files", "request");
    private static final List<String> FILE = List.of("id", "part", "size", "url");
    private static final List<String> DEFINITION = List.of("export_type", "attributes", "identifiers", "filter");
    private static final List<String> FILTER = List.of("segment");

    private final JsonReader json;
    private final CallContext call;
    private final MemberNames exportNames = new MemberNames(EXPORT);
    private final MemberNames fileNames = new MemberNames(FILE);
    private final MemberNames definitionNames = new MemberNames(DEFINITION);
    private final MemberNames filterNames = new MemberNames(FILTER);
    private final List<ExportFile> files = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    PageReader(JsonReader json, CallContext call) {
        this.json = json;
        this.call = call;
    }

    ExportPage page() {
        List<ExportRequest> exports = new ArrayList<>();
        int count = -1;
        Boolean hasMore = null;
        String nextFrom = null;
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            boolean absent = json.consumeNull();
            switch (name) {
                case "exports" -> {
                    exports.clear();
                    if (!absent) {
                        exports(exports);
                    }
                }
                case "count" -> count = absent ? -1 : wholeInt();
                case "has_more" -> hasMore = absent ? null : (Boolean) json.bool();
                case "next_from" -> nextFrom = absent ? null : json.text();
                default -> skip(absent);
            }
        }
        return ExportPage.builder()
                .exports(exports)
                .count(count < 0 ? null : (Integer) count)
                .hasMore(hasMore)
                .nextFrom(nextFrom)
                .from(call.from())
                .build();
    }

    private void exports(List<ExportRequest> exports) {
        json.beginArray();
        while (json.nextElement()) {
            exports.add(export());
        }
    }

    ExportRequest export() {
        String id = null;
        ExportStatus status = null;
        Instant requestDate = null;
        Instant startDate = null;
        Instant completionDate = null;
        ExportScope scope = null;
        List<ExportFile> ownFiles = List.of();
        ExportDefinition request = null;
        Map<String, @Nullable Object> others = Map.of();
        json.beginObject();
        for (String name = json.nextName(exportNames); name != null; name = json.nextName(exportNames)) {
            boolean absent = json.consumeNull();
            switch (name) {
                case "id" -> id = absent ? null : json.text();
                case "status" -> status = absent ? null : ExportStatus.of(json.sharedText());
                case "request_date" -> requestDate = absent ? null : json.date();
                case "start_date" -> startDate = absent ? null : json.date();
                case "completion_date" -> completionDate = absent ? null : json.date();
                case "scope" -> scope = absent ? null : ExportScope.of(json.sharedText());
                case "files" -> ownFiles = absent ? List.of() : files();
                case "request" -> request = absent ? null : definition();
                default -> others = with(others, name, absent);
            }
        }
        if (id == null || status == null) {
            throw json.missing(id == null ? "id" : "status");
        }
        return ExportRequest.builder()
                .id(id)
                .status(status)
                .requestDate(requestDate)
                .startDate(startDate)
                .completionDate(completionDate)
                .scope(scope)
                .files(ownFiles)
                .request(request)
                .otherMembers(others)
                .build();
    }

    private List<ExportFile> files() {
        json.beginArray();
        files.clear();
        while (json.nextElement()) {
            files.add(file());
        }
        return List.copyOf(files);
    }

    private ExportFile file() {
        String id = null;
        Integer part = null;
        Long size = null;
        String url = null;
        Map<String, @Nullable Object> others = Map.of();
        json.beginObject();
        for (String name = json.nextName(fileNames); name != null; name = json.nextName(fileNames)) {
            boolean absent = json.consumeNull();
            switch (name) {
                case "id" -> id = absent ? null : json.text();
                case "part" -> part = absent ? null : (Integer) wholeInt();
                case "size" -> size = absent ? null : (Long) json.wholeNumber();
                case "url" -> url = absent ? null : json.text();
                default -> others = with(others, name, absent);
            }
        }
        return ExportFile.builder()
                .id(id)
                .part(part)
                .size(size)
                .url(url)
                .otherMembers(others)
                .build();
    }

    private ExportDefinition definition() {
        ExportType type = null;
        List<String> attributes = null;
        List<String> identifiers = null;
        ExportDefinition.Filter filter = null;
        Map<String, @Nullable Object> others = Map.of();
        json.beginObject();
        for (String name = json.nextName(definitionNames); name != null; name = json.nextName(definitionNames)) {
            boolean absent = json.consumeNull();
            switch (name) {
                case "export_type" -> type = absent ? null : ExportType.of(json.sharedText());
                case "attributes" -> attributes = absent ? null : names();
                case "identifiers" -> identifiers = absent ? null : names();
                case "filter" -> filter = absent ? null : filter();
                default -> others = with(others, name, absent);
            }
        }
        return ExportDefinition.builder()
                .exportType(type)
                .attributes(attributes)
                .identifiers(identifiers)
                .filter(filter)
                .otherMembers(others)
                .build();
    }

    private ExportDefinition.Filter filter() {
        String segment = null;
        Map<String, @Nullable Object> others = Map.of();
        json.beginObject();
        for (String name = json.nextName(filterNames); name != null; name = json.nextName(filterNames)) {
            boolean absent = json.consumeNull();
            if (name.equals("segment")) {
                segment = absent ? null : json.sharedText();
            } else {
                others = with(others, name, absent);
            }
        }
        return ExportDefinition.Filter.builder()
                .segment(segment)
                .otherMembers(others)
                .build();
    }

    private List<String> names() {
        json.beginArray();
        names.clear();
        while (json.nextElement()) {
            names.add(json.sharedText());
        }
        return List.copyOf(names);
    }

    private Map<String, @Nullable Object> with(Map<String, @Nullable Object> others, String name, boolean absent) {
        Map<String, @Nullable Object> map = others.isEmpty() ? new LinkedHashMap<>() : others;
        OtherValue.checkName(json, name);
        map.put(name, absent ? null : OtherValue.read(json));
        return map;
    }

    private void skip(boolean absent) {
        if (!absent) {
            OtherValue.read(json);
        }
    }

    private int wholeInt() {
        long number = json.wholeNumber();
        if (number != (int) number) {
            throw json.malformed("a number out of range");
        }
        return (int) number;
    }
}
