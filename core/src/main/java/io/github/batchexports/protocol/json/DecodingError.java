package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Creates errors that say what is wrong in a document and where, without quoting it. */
final class DecodingError {

    private DecodingError() {}

    /** Returns an error at the current value. */
    static MalformedResponseException at(JsonParser json, CallContext call, String reason) {
        return new MalformedResponseException(call, path(json.getParsingContext()), reason);
    }

    /** Returns the error of a member that is missing in the current object, or in the one just read. */
    static MalformedResponseException missing(JsonParser json, CallContext call, String name, String reason) {
        return new MalformedResponseException(call, path(json.getParsingContext()) + "." + name, reason);
    }

    /**
     * Returns the error for an exception of Jackson. It is not kept as the cause, since its message quotes the document.
     */
    static MalformedResponseException of(IOException thrown, JsonParser json, CallContext call) {
        if (thrown instanceof StreamConstraintsException) {
            return at(json, call, PageDecoder.OVER_LIMIT);
        }
        if (thrown instanceof JsonEOFException) {
            return at(json, call, "truncated: the document ends too early");
        }
        if (thrown instanceof StreamReadException wrong && wrong.getLocation() != null) {
            int line = wrong.getLocation().getLineNr();
            int column = wrong.getLocation().getColumnNr();
            return at(json, call, "not valid JSON (line " + line + ", column " + column + ")");
        }
        return at(json, call, "not valid JSON");
    }

    /** Names the type of a value. */
    static String kind(@Nullable JsonToken token) {
        return token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                    case VALUE_NULL -> "null";
                    default -> "a number";
                };
    }

    /**
     * Returns the path up to the first name that is not the model's: other names are payload, which messages do not
     * quote.
     */
    private static String path(JsonStreamContext place) {
        String path = "";
        for (JsonStreamContext at = place; at != null; at = at.getParent()) {
            if (at.hasCurrentName()) {
                path = PageReader.NAMES.contains(at.getCurrentName()) ? "." + at.getCurrentName() + path : "";
            } else if (at.inArray() && at.hasCurrentIndex()) {
                path = "[" + at.getCurrentIndex() + "]" + path;
            }
        }
        return "$" + path;
    }
}
