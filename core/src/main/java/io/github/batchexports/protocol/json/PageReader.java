package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ExportType;
import io.github.batchexports.error.CallContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one document directly into the model, as long as all members have the expected types. A member that has not is
 * skipped, and {@link #skippedMember()} tells that the document has to be read again as a tree. Each method reads the
 * current value of the parser.
 */
final class PageReader {

    /** The names of all members that the model knows. */
    static final Set<String> NAMES =
            Set.of(("exports count has_more next_from id status request_date completion_date start_date scope files"
                            + " request part size url export_type attributes identifiers filter segment")
                    .split(" "));

    private final JsonParser json;
    private final CallContext call;
    private final FrameReader frame;
    private final ValueReader values;
    private final List<ExportFile> files = new ArrayList<>();

    PageReader(JsonParser json, CallContext call, SharedStrings strings) {
        this.json = json;
        this.call = call;
        this.frame = new FrameReader(json, call);
        this.values = new ValueReader(json, strings);
    }

    /** Returns whether a member that the model knows was skipped. */
    boolean skippedMember() {
        return values.skippedMember();
    }

    ExportPage page() throws IOException {
        frame.object();
        ExportPage.Builder page = ExportPage.builder().from(call.from());
        List<ExportRequest> exports = null;
        Boolean hasMore = null;
        String nextFrom = null;
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "exports" -> exports = exports(exports);
                case "count" -> page.count(values.integer());
                case "has_more" -> hasMore = frame.bool(hasMore);
                case "next_from" -> nextFrom = frame.isString(nextFrom) ? json.getText() : null;
                default -> others = values.with(others, name);
            }
        }
        if (exports == null) {
            throw frame.noExports();
        }
        return page.exports(exports)
                .hasMore(hasMore)
                .nextFrom(nextFrom)
                .otherMembers(others)
                .build();
    }

    private List<ExportRequest> exports(@Nullable List<ExportRequest> previous) throws IOException {
        frame.exports(previous);
        List<ExportRequest> exports = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            exports.add(export());
        }
        return exports;
    }

    ExportRequest export() throws IOException {
        frame.object();
        ExportRequest.Builder export = ExportRequest.builder();
        String id = null;
        String status = null;
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "id" -> id = frame.isString(id) ? json.getText() : null;
                case "status" -> status = frame.isString(status) ? values.shared(text -> text) : null;
                case "request_date" -> export.requestDate(values.date());
                case "completion_date" -> export.completionDate(values.date());
                case "start_date" -> export.startDate(values.date());
                case "scope" -> export.scope(values.shared(ExportScope::of));
                case "files" -> export.files(files());
                case "request" -> export.request(definition());
                default -> others = values.with(others, name);
            }
        }
        if (id == null || status == null) {
            throw frame.exportWithout(id == null ? "id" : "status");
        }
        return export.id(id)
                .status(ExportStatus.of(status))
                .otherMembers(others)
                .build();
    }

    /** Reads the id of a newly created export and ignores all other members. */
    String createdId() throws IOException {
        frame.object();
        String id = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("id")) {
                id = frame.isString(id) ? json.getText() : null;
            } else {
                json.skipChildren();
            }
        }
        if (id == null || id.isBlank()) {
            throw frame.createdExportWithoutId();
        }
        return id;
    }

    private @Nullable List<ExportFile> files() throws IOException {
        if (!values.isOrSkip(JsonToken.START_ARRAY)) {
            return null;
        }
        files.clear();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                files.add(file());
            } else {
                values.skip();
            }
        }
        return files;
    }

    private ExportFile file() throws IOException {
        ExportFile.Builder file = ExportFile.builder();
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "id" -> file.id(values.string());
                case "part" -> file.part(values.integer());
                case "size" -> file.size(values.wholeNumber());
                case "url" -> file.url(values.string());
                default -> others = values.with(others, name);
            }
        }
        return file.otherMembers(others).build();
    }

    private @Nullable ExportDefinition definition() throws IOException {
        if (!values.isOrSkip(JsonToken.START_OBJECT)) {
            return null;
        }
        ExportDefinition.Builder definition = ExportDefinition.builder();
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "export_type" -> definition.exportType(values.shared(ExportType::of));
                case "attributes" -> definition.attributes(values.sharedStrings());
                case "identifiers" -> definition.identifiers(values.sharedStrings());
                case "filter" -> definition.filter(filter());
                default -> others = values.with(others, name);
            }
        }
        return definition.otherMembers(others).build();
    }

    private ExportDefinition.@Nullable Filter filter() throws IOException {
        if (!values.isOrSkip(JsonToken.START_OBJECT)) {
            return null;
        }
        ExportDefinition.Filter.Builder filter = ExportDefinition.Filter.builder();
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("segment")) {
                filter.segment(values.shared(segment -> segment));
            } else {
                others = values.with(others, name);
            }
        }
        return filter.otherMembers(others).build();
    }
}
