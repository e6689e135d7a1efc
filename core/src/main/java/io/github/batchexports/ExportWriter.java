package io.github.batchexports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes export requests as the API does, and changes of them. */
final class ExportWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    private ExportWriter(JsonGenerator out) {
        this.out = out;
    }

    @FunctionalInterface
    private interface Content {
        void write(ExportWriter writer) throws IOException;
    }

    static String write(ExportRequest export) {
        return write(writer -> writer.export(export));
    }

    static String write(ExportChange change) {
        return write(writer -> writer.change(change));
    }

    private static String write(Content content) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            content.write(new ExportWriter(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return escapeHalfPairs(text.toString());
    }

    /** Half a surrogate pair, which only an escape can send, has no form in UTF-8: it stays an escape. */
    private static String escapeHalfPairs(String json) {
        if (json.codePoints().noneMatch(ExportWriter::isHalfPair)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(character -> {
            if (isHalfPair(character)) {
                escaped.append("\\u").append(Integer.toHexString(character));
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    private static boolean isHalfPair(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private void change(ExportChange change) throws IOException {
        ExportStatus previous = change.previous();
        out.writeStartObject();
        out.writeStringField("previous", previous == null ? null : previous.text());
        out.writeStringField("kind", change.kind().name());
        out.writeFieldName("export");
        export(change.export());
        out.writeEndObject();
    }

    private void export(ExportRequest export) throws IOException {
        out.writeStartObject();
        text("id", export.id());
        date("request_date", export.requestDate());
        date("completion_date", export.completionDate());
        date("start_date", export.startDate());
        text("scope", export.scope());
        text("status", export.status());
        out.writeArrayFieldStart("files");
        for (ExportFile file : export.files()) {
            file(file);
        }
        out.writeEndArray();
        if (export.request() != null) {
            out.writeFieldName("request");
            definition(export.request());
        }
        others(export.otherMembers());
        out.writeEndObject();
    }

    private void file(ExportFile file) throws IOException {
        out.writeStartObject();
        text("id", file.id());
        if (file.part() != null) {
            out.writeNumberField("part", file.part());
        }
        if (file.size() != null) {
            out.writeNumberField("size", file.size());
        }
        text("url", file.url());
        others(file.otherMembers());
        out.writeEndObject();
    }

    private void definition(ExportDefinition definition) throws IOException {
        out.writeStartObject();
        text("export_type", definition.exportType());
        texts("attributes", definition.attributes());
        texts("identifiers", definition.identifiers());
        ExportDefinition.Filter filter = definition.filter();
        if (filter != null) {
            out.writeObjectFieldStart("filter");
            text("segment", filter.segment());
            others(filter.otherMembers());
            out.writeEndObject();
        }
        others(definition.otherMembers());
        out.writeEndObject();
    }

    private void text(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value.toString());
        }
    }

    private void date(String name, @Nullable Instant value) throws IOException {
        text(name, value);
    }

    private void texts(String name, @Nullable List<String> values) throws IOException {
        if (values != null) {
            out.writeArrayFieldStart(name);
            for (String value : values) {
                out.writeString(value);
            }
            out.writeEndArray();
        }
    }

    private void others(Map<String, @Nullable Object> members) throws IOException {
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            out.writeFieldName(member.getKey());
            other(member.getValue());
        }
    }

    private void other(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> members) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.writeFieldName(String.valueOf(member.getKey()));
                other(member.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            for (Object element : elements) {
                other(element);
            }
            out.writeEndArray();
        } else {
            scalar(value);
        }
    }

    private void scalar(Object value) throws IOException {
        if (value instanceof CharSequence text) {
            out.writeString(text.toString());
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(decimal(number));
        } else if ((value instanceof Double || value instanceof Float)
                && Double.isFinite(((Number) value).doubleValue())) {
            out.writeNumber(value.toString());
        } else {
            throw new IllegalArgumentException(
                    "otherMembers hold a " + value.getClass().getName() + ", which JSON has no form for");
        }
    }

    /** Its own text, unless that would be read again as a whole number, or has an exponent that cannot be read at all. */
    private static String decimal(BigDecimal number) {
        long exponent = number.precision() - 1L - number.scale();
        return number.scale() == 0 || exponent > Integer.MAX_VALUE
                ? number.unscaledValue() + "E" + -(long) number.scale()
                : number.toString();
    }
}
