package io.github.batchexports.protocol;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.util.function.Function;

/**
 * Reads answers of the API from their bytes. Whatever the bytes are, a value comes out or a
 * {@link MalformedResponseException} that names the JSON path and the reason, never the payload. Thread-safe.
 *
 * <p>Bounded: nesting to {@value #MAX_NESTING} levels, a text to {@value #MAX_TEXT} characters, and the document as told.
 */
public final class PageDecoder {

    static final int MAX_NESTING = 500;
    static final int MAX_TEXT = 4 * 1024 * 1024;
    static final String OVER_LIMIT =
            "over a limit: more than " + MAX_NESTING + " levels, a text or number too long, or the whole too large";

    /** Leaves room for what is reckoned with places a little beyond the end. */
    private static final int LARGEST = Integer.MAX_VALUE - 1024;

    private final int maxBytes;
    private final SharedTexts texts = new SharedTexts();

    /** Reads documents up to so many bytes. */
    public PageDecoder(int maxBytes) {
        this.maxBytes = Math.min(maxBytes, LARGEST);
    }

    /** Reads one page of a listing; {@code call.from()} is the cursor that it was asked for with. */
    public ExportPage decodePage(byte[] answer, CallContext call) {
        return decodePage(answer, answer.length, call);
    }

    /** Reads one page of a listing from the beginning of an array. */
    public ExportPage decodePage(byte[] answer, int length, CallContext call) {
        return decode(answer, length, call, PageReader::page);
    }

    /** Reads one export request that stands by itself, from the beginning of an array. */
    public ExportRequest decodeExport(byte[] answer, int length, CallContext call) {
        return decode(answer, length, call, PageReader::export);
    }

    private <T> T decode(byte[] bytes, int length, CallContext call, Function<PageReader, T> document) {
        if (length > maxBytes) {
            throw new MalformedResponseException(call, "$", OVER_LIMIT);
        }
        JsonReader json = new JsonReader(bytes, length, call, texts);
        json.start();
        T value = document.apply(new PageReader(json, call));
        json.end();
        return value;
    }
}
