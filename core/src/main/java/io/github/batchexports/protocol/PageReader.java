package io.github.batchexports.protocol;

import com.fasterxml.jackson.core.JsonLocation;
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
import org.jspecify.annotations.Nullable;

/** One document being read. Each method finds the parser on the first token of its value and leaves it on the last. */
final class PageReader {

    private final JsonParser parser;
    private final CallContext call;
    private final SharedTexts texts;
    private final List<ExportFile> files = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    PageReader(JsonParser parser, CallContext call, SharedTexts texts) {
        this.parser = parser;
        this.call = call;
        this.texts = texts;
    }

    void start() throws IOException {
        if (parser.nextToken() == null) {
            throw malformed("empty answer");
        }
    }

    void end() throws IOException {
        if (parser.nextToken() != null) {
            throw malformed("something follows the document");
        }
    }

    ExportPage page() throws IOException {
        List<ExportRequest> exports = new ArrayList<>();
        int count = -1;
        Boolean hasMore = null;
        String nextFrom = null;
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            boolean absent = parser.nextToken() == JsonToken.VALUE_NULL;
            switch (name) {
                case "exports" -> {
                    exports.clear();
                    if (!absent) {
                        exports(exports);
                    }
                }
                case "count" ->
                    count = absent ? -1 : wholeNumber(NumberType.INT).intValue();
                case "has_more" -> hasMore = absent ? null : (Boolean) bool();
                case "next_from" -> nextFrom = absent ? null : text();
                default -> parser.skipChildren();
            }
        }
        boolean more = hasMore == null ? nextFrom != null && !nextFrom.isEmpty() : hasMore;
        return new ExportPage(exports, count < 0 ? exports.size() : count, more, nextFrom, call.from());
    }

    private void exports(List<ExportRequest> exports) throws IOException {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            exports.add(export());
        }
    }

    ExportRequest export() throws IOException {
        String id = null;
        ExportStatus status = null;
        Instant requestDate = null;
        Instant startDate = null;
        Instant completionDate = null;
        ExportScope scope = null;
        List<ExportFile> ownFiles = List.of();
        ExportDefinition request = null;
        Map<String, @Nullable Object> others = Map.of();
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            boolean absent = parser.nextToken() == JsonToken.VALUE_NULL;
            switch (name) {
                case "id" -> id = absent ? null : text();
                case "status" -> status = absent ? null : ExportStatus.of(sharedText());
                case "request_date" -> requestDate = absent ? null : date();
                case "start_date" -> startDate = absent ? null : date();
                case "completion_date" -> completionDate = absent ? null : date();
                case "scope" -> scope = absent ? null : ExportScope.of(sharedText());
                case "files" -> ownFiles = absent ? List.of() : files();
                case "request" -> request = absent ? null : definition();
                default -> others = with(others, name);
            }
        }
        if (id == null || status == null) {
            throw new MalformedResponseException(
                    call, path() + (id == null ? ".id" : ".status"), "missing, though every export has one");
        }
        return new ExportRequest(id, status, requestDate, startDate, completionDate, scope, ownFiles, request, others);
    }

    private List<ExportFile> files() throws IOException {
        expect(JsonToken.START_ARRAY, "an array");
        files.clear();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            files.add(file());
        }
        return List.copyOf(files);
    }

    private ExportFile file() throws IOException {
        String id = null;
        Integer part = null;
        Long size = null;
        String url = null;
        Map<String, @Nullable Object> others = Map.of();
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            boolean absent = parser.nextToken() == JsonToken.VALUE_NULL;
            switch (name) {
                case "id" -> id = absent ? null : text();
                case "part" ->
                    part = absent ? null : (Integer) wholeNumber(NumberType.INT).intValue();
                case "size" ->
                    size = absent ? null : (Long) wholeNumber(NumberType.LONG).longValue();
                case "url" -> url = absent ? null : text();
                default -> others = with(others, name);
            }
        }
        return new ExportFile(id, part, size, url, others);
    }

    private ExportDefinition definition() throws IOException {
        ExportType type = null;
        List<String> attributes = null;
        List<String> identifiers = null;
        ExportDefinition.Filter filter = null;
        Map<String, @Nullable Object> others = Map.of();
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            boolean absent = parser.nextToken() == JsonToken.VALUE_NULL;
            switch (name) {
                case "export_type" -> type = absent ? null : ExportType.of(sharedText());
                case "attributes" -> attributes = absent ? null : names();
                case "identifiers" -> identifiers = absent ? null : names();
                case "filter" -> filter = absent ? null : filter();
                default -> others = with(others, name);
            }
        }
        return new ExportDefinition(type, attributes, identifiers, filter, others);
    }

    private ExportDefinition.Filter filter() throws IOException {
        String segment = null;
        Map<String, @Nullable Object> others = Map.of();
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            boolean absent = parser.nextToken() == JsonToken.VALUE_NULL;
            if (name.equals("segment")) {
                segment = absent ? null : sharedText();
            } else {
                others = with(others, name);
            }
        }
        return new ExportDefinition.Filter(segment, others);
    }

    private List<String> names() throws IOException {
        expect(JsonToken.START_ARRAY, "an array");
        names.clear();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            names.add(sharedText());
        }
        return List.copyOf(names);
    }

    private Map<String, @Nullable Object> with(Map<String, @Nullable Object> others, String name) throws IOException {
        Map<String, @Nullable Object> map = others.isEmpty() ? new LinkedHashMap<>() : others;
        OtherValue.checkName(parser, name);
        map.put(name, OtherValue.read(parser));
        return map;
    }

    private String text() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getText();
    }

    private String sharedText() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        return texts.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    private Instant date() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        Instant date = Rfc3339.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (date == null) {
            throw malformed("not an RFC 3339 date");
        }
        return date;
    }

    private boolean bool() {
        if (!parser.currentToken().isBoolean()) {
            throw wrongType("true or false");
        }
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    private Number wholeNumber(NumberType widest) throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (parser.getNumberType().compareTo(widest) > 0) {
            throw malformed("a number out of range");
        }
        return parser.getNumberValue();
    }

    private void expect(JsonToken token, String words) {
        if (parser.currentToken() != token) {
            throw wrongType(words);
        }
    }

    private MalformedResponseException wrongType(String expected) {
        String found =
                switch (parser.currentToken()) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number of another kind";
                    case VALUE_TRUE, VALUE_FALSE -> "true or false";
                    case VALUE_NULL -> "null";
                    default -> "something else";
                };
        return malformed("expected " + expected + ", found " + found);
    }

    MalformedResponseException malformed(String reason) {
        return new MalformedResponseException(call, path(), reason);
    }

    MalformedResponseException notJson() {
        JsonLocation place = parser.currentLocation();
        return malformed("not valid JSON (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")");
    }

    private String path() {
        return JsonPath.of(parser.getParsingContext());
    }
}
