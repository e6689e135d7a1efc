package io.github.batchexports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON on one line. */
final class JsonWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Returns the JSON of an object.
     *
     * @throws IllegalArgumentException if it contains a value that JSON cannot express, or is nested too deeply
     */
    static String of(Map<String, @Nullable Object> object) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            new JsonWriter(out).value(object);
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException("nested too deeply: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return escapeUnpairedSurrogates(text.toString());
    }

    /** Unpaired surrogates cannot be encoded in UTF-8, so they are written as escapes. */
    private static String escapeUnpairedSurrogates(String json) {
        if (json.codePoints().noneMatch(JsonWriter::isSurrogate)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(character -> {
            if (isSurrogate(character)) {
                escaped.append("\\u").append(Integer.toHexString(character));
            } else {
                escaped.appendCodePoint(character);
            }
        });
        return escaped.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> members) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.writeFieldName(String.valueOf(member.getKey()));
                value(member.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            for (Object element : elements) {
                value(element);
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
                    "otherMembers contain a " + value.getClass().getName() + ", which JSON cannot express");
        }
    }

    /** Avoids forms that would be read back as a whole number, or have an exponent that cannot be read back. */
    private static String decimal(BigDecimal number) {
        long exponent = number.precision() - 1L - number.scale();
        return number.scale() == 0 || exponent > Integer.MAX_VALUE
                ? number.unscaledValue() + "E" + -(long) number.scale()
                : number.toString();
    }
}
