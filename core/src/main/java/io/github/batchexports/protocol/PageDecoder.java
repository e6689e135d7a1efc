package io.github.batchexports.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads answers of the API from their bytes, token by token. Whatever the bytes are, a value comes out or a
 * {@link MalformedResponseException} that names the JSON path and the reason, never the payload. Thread-safe.
 *
 * <p>Bounded: nesting to {@value #MAX_NESTING} levels, a text to {@value #MAX_TEXT} characters, and the document as told.
 */
public final class PageDecoder {

    static final int MAX_NESTING = 500;
    static final int MAX_TEXT = 4 * 1024 * 1024;

    private final JsonFactory json;
    private final SharedTexts texts = new SharedTexts();

    /** Reads documents up to so many bytes. */
    public PageDecoder(int maxBytes) {
        this.json = JsonFactory.builder()
                // Unknown member names come from outside: they do not belong into the JVM's own table.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(MAX_TEXT)
                        .maxDocumentLength(maxBytes)
                        .build())
                .build();
    }

    /** Reads one page of a listing; {@code call.from()} is the cursor that it was asked for with. */
    public ExportPage decodePage(InputStream answer, CallContext call) {
        return decode(answer, call, PageReader::page);
    }

    /** Reads one page of a listing. */
    public ExportPage decodePage(byte[] answer, CallContext call) {
        return decodePage(new ByteArrayInputStream(answer), call);
    }

    /** Reads one export request that stands by itself. */
    public ExportRequest decodeExport(InputStream answer, CallContext call) {
        return decode(answer, call, PageReader::export);
    }

    @FunctionalInterface
    private interface Document<T> {
        T read(PageReader reader) throws IOException;
    }

    private <T> T decode(InputStream answer, CallContext call, Document<T> document) {
        try (JsonParser parser = json.createParser(answer)) {
            PageReader reader = new PageReader(parser, call, texts);
            try {
                reader.start();
                T value = document.read(reader);
                reader.end();
                return value;
            } catch (StreamConstraintsException e) {
                throw reader.malformed("over a limit: more than " + MAX_NESTING
                        + " levels, a text or number too long, or" + " the whole too large");
            } catch (JsonEOFException e) {
                throw reader.malformed("it ends in the middle");
            } catch (IOException | NumberFormatException e) {
                // The engine's own words quote the payload.
                throw reader.notJson();
            }
        } catch (IOException e) {
            throw new MalformedResponseException(call, "$", "not JSON");
        }
    }
}
