package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import org.jspecify.annotations.Nullable;

/** Reads the members that a page or an export requires, and fails if they have another type or are duplicated. */
final class FrameReader {

    private static final String IS_THIS_THE_API = "; is this the API?";

    private final JsonParser json;
    private final CallContext call;

    FrameReader(JsonParser json, CallContext call) {
        this.json = json;
        this.call = call;
    }

    void object() {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw expected("an object", "");
        }
    }

    /** Checks the start of the array of exports. */
    void exports(@Nullable Object previous) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw expected("the array of exports", IS_THIS_THE_API);
        }
        refuseDuplicate(previous);
    }

    /** Returns whether the value is a string; false for null. */
    boolean isString(@Nullable String previous) {
        refuseDuplicate(previous);
        return switch (json.currentToken()) {
            case VALUE_STRING -> true;
            case VALUE_NULL -> false;
            default -> throw expected("a string", "");
        };
    }

    @Nullable
    Boolean bool(@Nullable Boolean previous) {
        refuseDuplicate(previous);
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw expected("a boolean", "");
        };
    }

    MalformedResponseException noExports() {
        return missing("exports", "page has this array" + IS_THIS_THE_API);
    }

    MalformedResponseException exportWithout(String name) {
        return missing(name, "export has one");
    }

    MalformedResponseException createdExportWithoutId() {
        return missing("id", "created export has one");
    }

    /** Of duplicate members the last would hide the first: too much of a guess for required ones. */
    private void refuseDuplicate(@Nullable Object previous) {
        if (previous != null) {
            throw DecodingError.at(json, call, "duplicate member");
        }
    }

    private MalformedResponseException expected(String type, String advice) {
        return DecodingError.at(
                json, call, "expected " + type + ", found " + DecodingError.kind(json.currentToken()) + advice);
    }

    private MalformedResponseException missing(String name, String rest) {
        return DecodingError.missing(json, call, name, "missing, though every " + rest);
    }
}
