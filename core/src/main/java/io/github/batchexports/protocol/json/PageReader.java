package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ExportType;
import io.github.batchexports.Rfc3339;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one document straight into the model, as long as every member is what the model expects. A member that is not is
 * skipped, and {@link #skippedMember()} says that the document has to be read once more, as a tree. What the frame of a page
 * requires is checked here. Each method reads the value that the parser is at.
 */
final class PageReader {

    /** All names that the model knows. */
    static final Set<String> NAMES =
            Set.of(("exports count has_more next_from id status request_date completion_date start_date scope files"
                            + " request part size url export_type attributes identifiers filter segment")
                    .split(" "));

    private static final String IS_THIS_THE_API = "; is this the API?";

    private final JsonParser json;
    private final CallContext call;
    private final SharedTexts texts;
    private final List<ExportFile> files = new ArrayList<>();
    private final List<String> strings = new ArrayList<>();
    private boolean skippedMember;

    PageReader(JsonParser json, CallContext call, SharedTexts texts) {
        this.json = json;
        this.call = call;
        this.texts = texts;
    }

    /** Whether a member that the model knows could not be read. */
    boolean skippedMember() {
        return skippedMember;
    }

    ExportPage page() throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        ExportPage.Builder page = ExportPage.builder().from(call.from());
        List<ExportRequest> exports = null;
        Boolean hasMore = null;
        String nextFrom = null;
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "exports" -> exports = exports(exports);
                case "count" -> page.count(integer());
                case "has_more" -> hasMore = frameBoolean(hasMore);
                case "next_from" -> nextFrom = isFrameString(nextFrom) ? json.getText() : null;
                default -> others = with(others, name);
            }
        }
        if (exports == null) {
            throw missing("exports", "page has this array" + IS_THIS_THE_API);
        }
        return page.exports(exports)
                .hasMore(hasMore)
                .nextFrom(nextFrom)
                .otherMembers(others)
                .build();
    }

    private List<ExportRequest> exports(@Nullable List<ExportRequest> before) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw expected("the array of exports", IS_THIS_THE_API);
        }
        once(before);
        List<ExportRequest> exports = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            exports.add(export());
        }
        return exports;
    }

    ExportRequest export() throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        ExportRequest.Builder export = ExportRequest.builder();
        String id = null;
        String status = null;
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "id" -> id = isFrameString(id) ? json.getText() : null;
                case "status" -> status = isFrameString(status) ? shared() : null;
                case "request_date" -> export.requestDate(date());
                case "completion_date" -> export.completionDate(date());
                case "start_date" -> export.startDate(date());
                case "scope" -> {
                    String scope = sharedString();
                    export.scope(scope == null ? null : ExportScope.of(scope));
                }
                case "files" -> export.files(files());
                case "request" -> export.request(definition());
                default -> others = with(others, name);
            }
        }
        if (id == null || status == null) {
            throw missing(id == null ? "id" : "status", "export has one");
        }
        return export.id(id)
                .status(ExportStatus.of(status))
                .otherMembers(others)
                .build();
    }

    /** The id of an export that was just created; whatever else is there is of no interest. */
    String createdId() throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        String id = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("id")) {
                id = isFrameString(id) ? json.getText() : null;
            } else {
                json.skipChildren();
            }
        }
        if (id == null || id.isBlank()) {
            throw missing("id", "created export has one");
        }
        return id;
    }

    private @Nullable List<ExportFile> files() throws IOException {
        if (!isOrSkip(JsonToken.START_ARRAY)) {
            return null;
        }
        files.clear();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                files.add(file());
            } else {
                skip();
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
                case "id" -> file.id(string());
                case "part" -> file.part(integer());
                case "size" -> file.size(wholeNumber());
                case "url" -> file.url(string());
                default -> others = with(others, name);
            }
        }
        return file.otherMembers(others).build();
    }

    private @Nullable ExportDefinition definition() throws IOException {
        if (!isOrSkip(JsonToken.START_OBJECT)) {
            return null;
        }
        ExportDefinition.Builder definition = ExportDefinition.builder();
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "export_type" -> {
                    String type = sharedString();
                    definition.exportType(type == null ? null : ExportType.of(type));
                }
                case "attributes" -> definition.attributes(sharedStrings());
                case "identifiers" -> definition.identifiers(sharedStrings());
                case "filter" -> definition.filter(filter());
                default -> others = with(others, name);
            }
        }
        return definition.otherMembers(others).build();
    }

    private ExportDefinition.@Nullable Filter filter() throws IOException {
        if (!isOrSkip(JsonToken.START_OBJECT)) {
            return null;
        }
        ExportDefinition.Filter.Builder filter = ExportDefinition.Filter.builder();
        Map<String, @Nullable Object> others = Map.of();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("segment")) {
                filter.segment(sharedString());
            } else {
                others = with(others, name);
            }
        }
        return filter.otherMembers(others).build();
    }

    private @Nullable List<String> sharedStrings() throws IOException {
        if (!isOrSkip(JsonToken.START_ARRAY)) {
            return null;
        }
        strings.clear();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                strings.add(shared());
            } else {
                skip();
            }
        }
        return strings;
    }

    private @Nullable String sharedString() throws IOException {
        return isOrSkip(JsonToken.VALUE_STRING) ? shared() : null;
    }

    private String shared() throws IOException {
        return texts.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }

    private @Nullable String string() throws IOException {
        return isOrSkip(JsonToken.VALUE_STRING) ? json.getText() : null;
    }

    private @Nullable Instant date() throws IOException {
        if (!isOrSkip(JsonToken.VALUE_STRING)) {
            return null;
        }
        Instant date = Rfc3339.parseOrNull(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        if (date == null) {
            skip();
        }
        return date;
    }

    private @Nullable Integer integer() throws IOException {
        Long number = wholeNumber();
        if (number != null && number != number.intValue()) {
            skip();
            return null;
        }
        return number == null ? null : (Integer) number.intValue();
    }

    private @Nullable Long wholeNumber() throws IOException {
        if (!isOrSkip(JsonToken.VALUE_NUMBER_INT)) {
            return null;
        }
        if (json.getNumberType() == NumberType.BIG_INTEGER) {
            skip();
            return null;
        }
        return json.getLongValue();
    }

    /** Whether the value is one of this kind. If it is not, nor null, it is skipped. */
    private boolean isOrSkip(JsonToken kind) throws IOException {
        if (json.currentToken() == kind) {
            return true;
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            skip();
        }
        return false;
    }

    private void skip() throws IOException {
        skippedMember = true;
        json.skipChildren();
    }

    private Map<String, @Nullable Object> with(Map<String, @Nullable Object> others, String name) throws IOException {
        Map<String, @Nullable Object> map = others.isEmpty() ? new LinkedHashMap<>() : others;
        map.put(name, OtherValue.read(json));
        return map;
    }

    private boolean isFrameString(@Nullable String before) {
        once(before);
        return switch (json.currentToken()) {
            case VALUE_STRING -> true;
            case VALUE_NULL -> false;
            default -> throw expected("a string", "");
        };
    }

    private @Nullable Boolean frameBoolean(@Nullable Boolean before) {
        once(before);
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw expected("true or false", "");
        };
    }

    /** The last of two would hide the first, which is too much of a guess in the frame. */
    private void once(@Nullable Object before) {
        if (before != null) {
            throw DecodingError.at(json, call, "there twice");
        }
    }

    private void expect(JsonToken token, String words) {
        if (json.currentToken() != token) {
            throw expected(words, "");
        }
    }

    private MalformedResponseException expected(String words, String advice) {
        return DecodingError.at(
                json, call, "expected " + words + ", found " + DecodingError.kind(json.currentToken()) + advice);
    }

    private MalformedResponseException missing(String name, String rest) {
        return DecodingError.missing(json, call, name, "missing, though every " + rest);
    }
}
