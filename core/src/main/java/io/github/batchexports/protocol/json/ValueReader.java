package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchexports.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the current value of the parser if it has the expected type. Returns null for a JSON null, and for a value of
 * another type, which is skipped and recorded.
 */
final class ValueReader {

    private final JsonParser json;
    private final SharedStrings strings;
    private final List<String> list = new ArrayList<>();
    private boolean skippedMember;

    ValueReader(JsonParser json, SharedStrings strings) {
        this.json = json;
        this.strings = strings;
    }

    /** Returns whether a value was skipped. */
    boolean skippedMember() {
        return skippedMember;
    }

    /** Returns whether the value is of this type. Skips it if it is of another type, unless it is null. */
    boolean isOrSkip(JsonToken type) throws IOException {
        if (json.currentToken() == type) {
            return true;
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            skip();
        }
        return false;
    }

    void skip() throws IOException {
        skippedMember = true;
        json.skipChildren();
    }

    @Nullable
    String string() throws IOException {
        return isOrSkip(JsonToken.VALUE_STRING) ? json.getText() : null;
    }

    /** Reads a string that occurs often and converts it. */
    <T> @Nullable T shared(Function<String, T> converter) throws IOException {
        return isOrSkip(JsonToken.VALUE_STRING)
                ? converter.apply(strings.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()))
                : null;
    }

    /** Reads an array of strings that occur often. The list is reused by the next call. */
    @Nullable
    List<String> sharedStrings() throws IOException {
        if (!isOrSkip(JsonToken.START_ARRAY)) {
            return null;
        }
        list.clear();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                list.add(strings.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()));
            } else {
                skip();
            }
        }
        return list;
    }

    @Nullable
    Instant date() throws IOException {
        if (!isOrSkip(JsonToken.VALUE_STRING)) {
            return null;
        }
        Instant date = Rfc3339.parseOrNull(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        if (date == null) {
            skip();
        }
        return date;
    }

    @Nullable
    Integer integer() throws IOException {
        if (!isOrSkip(JsonToken.VALUE_NUMBER_INT)) {
            return null;
        }
        if (json.getNumberType() == NumberType.INT) {
            return json.getIntValue();
        }
        skip();
        return null;
    }

    @Nullable
    Long wholeNumber() throws IOException {
        if (!isOrSkip(JsonToken.VALUE_NUMBER_INT)) {
            return null;
        }
        if (json.getNumberType() != NumberType.BIG_INTEGER) {
            return json.getLongValue();
        }
        skip();
        return null;
    }

    /** Adds the current value to the other members; creates their map for the first. */
    Map<String, @Nullable Object> with(Map<String, @Nullable Object> others, String name) throws IOException {
        Map<String, @Nullable Object> map = others.isEmpty() ? new LinkedHashMap<>() : others;
        map.put(name, OtherValue.read(json));
        return map;
    }
}
