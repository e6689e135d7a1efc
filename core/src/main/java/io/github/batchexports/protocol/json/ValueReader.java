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
 * Reads the value that the parser is at, if it is what the model expects. Null is read for a JSON null, and for a value that
 * is something else, which is skipped and remembered.
 */
final class ValueReader {

    private final JsonParser json;
    private final SharedStrings texts;
    private final List<String> strings = new ArrayList<>();
    private boolean skippedMember;

    ValueReader(JsonParser json, SharedStrings texts) {
        this.json = json;
        this.texts = texts;
    }

    /** Whether a value was skipped. */
    boolean skippedMember() {
        return skippedMember;
    }

    /** Whether the value is one of this kind. If it is not, nor null, it is skipped. */
    boolean isOrSkip(JsonToken kind) throws IOException {
        if (json.currentToken() == kind) {
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

    /** A string of the few that come again and again. */
    <T> @Nullable T shared(Function<String, T> meaning) throws IOException {
        return isOrSkip(JsonToken.VALUE_STRING)
                ? meaning.apply(texts.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()))
                : null;
    }

    /** An array of such strings, valid until the next. */
    @Nullable
    List<String> sharedStrings() throws IOException {
        if (!isOrSkip(JsonToken.START_ARRAY)) {
            return null;
        }
        strings.clear();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                strings.add(texts.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()));
            } else {
                skip();
            }
        }
        return strings;
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

    /** The members so far, which are made with the first, and this one. */
    Map<String, @Nullable Object> with(Map<String, @Nullable Object> others, String name) throws IOException {
        Map<String, @Nullable Object> map = others.isEmpty() ? new LinkedHashMap<>() : others;
        map.put(name, OtherValue.read(json));
        return map;
    }
}
