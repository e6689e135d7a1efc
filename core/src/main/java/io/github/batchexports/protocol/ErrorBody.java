package io.github.batchexports.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The code and the message of an error response's body. The
 * <a href="https://doc.batch.com/developer/api/cep/exports/list">API's documentation</a> promises "an actionable error
 * message". Other clients read {@code error_code}, a number in older versions, and {@code error_message}.
 */
record ErrorBody(@Nullable String code, @Nullable String message) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads what is there. A body that is not the API's is described, not quoted. */
    static ErrorBody read(byte[] body) {
        String code = null;
        String message = null;
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return foreign(body);
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    if (name.equals("error_code")) {
                        code = parser.getText();
                    } else if (name.equals("error_message")) {
                        message = parser.getText();
                    }
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            // Truncated or broken: what was read so far is worth more than that fact.
            return code == null && message == null ? foreign(body) : new ErrorBody(code, message);
        }
        return new ErrorBody(code, message);
    }

    private static ErrorBody foreign(byte[] body) {
        String start = new String(body, 0, Math.min(body.length, 1_000), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (start.isEmpty()) {
            return new ErrorBody(null, null);
        }
        return new ErrorBody(
                null,
                start.startsWith("<!doctype html") || start.contains("<html")
                        ? "an HTML page instead of the API's JSON, perhaps from a proxy"
                        : "not the API's JSON, perhaps from a proxy");
    }
}
