package io.github.batchexports.protocol.json;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int LARGEST_KEPT = 512 * 1024;

    /** Leaves room for what is reckoned with places a little beyond the end. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 1024;

    private final int maxBytes;
    private final SharedTexts texts = new SharedTexts();

    /** A buffer that nobody uses right now, so that most answers need no new one. */
    private final AtomicReference<byte @Nullable []> spare = new AtomicReference<>();

    /** Reads documents up to so many bytes. */
    public PageDecoder(int maxBytes) {
        this.maxBytes = Math.min(maxBytes, LARGEST_ARRAY - 1);
    }

    /** Reads one page of a listing; {@code call.from()} is the cursor that it was asked for with. */
    public ExportPage decodePage(InputStream answer, CallContext call) {
        return decode(answer, call, PageReader::page);
    }

    /** Reads one page of a listing. */
    public ExportPage decodePage(byte[] answer, CallContext call) {
        return decode(answer, answer.length, call, PageReader::page);
    }

    /** Reads one export request that stands by itself. */
    public ExportRequest decodeExport(InputStream answer, CallContext call) {
        return decode(answer, call, PageReader::export);
    }

    private <T> T decode(InputStream answer, CallContext call, Function<PageReader, T> document) {
        byte[] kept = spare.getAndSet(null);
        byte[] buffer = kept == null ? new byte[FIRST_BUFFER] : kept;
        try {
            int length = 0;
            int read = 0;
            while (read >= 0 && length <= maxBytes) {
                length += read;
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, larger(length));
                }
                read = answer.read(buffer, length, buffer.length - length);
            }
            return decode(buffer, length, call, document);
        } catch (IOException e) {
            throw new MalformedResponseException(call, "$", "not JSON");
        } finally {
            if (buffer.length <= LARGEST_KEPT) {
                spare.set(buffer);
            }
        }
    }

    private static int larger(int size) {
        return (int) Math.min(2L * size, LARGEST_ARRAY);
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
