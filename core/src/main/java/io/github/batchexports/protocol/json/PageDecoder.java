package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes responses of the API. Any bytes give a value or a {@link MalformedResponseException}, which names the JSON path
 * and the reason, never the payload. Strict about {@code exports}, {@code has_more} and {@code next_from} of a page and
 * about {@code id} and {@code status} of an export; any other member that cannot be read is kept in the
 * {@code otherMembers} of its object, at the cost of reading the document twice. Thread-safe.
 *
 * <p>Limits: {@value #MAX_NESTING} levels of nesting; {@value #MAX_STRING} characters per string, {@value #MAX_NUMBER}
 * per number, {@value #MAX_NAME} per name; and the size given to the constructor.
 */
public final class PageDecoder {

    static final int MAX_NESTING = 500;
    static final int MAX_STRING = 4 * 1024 * 1024;
    static final int MAX_NUMBER = 1_000;
    static final int MAX_NAME = 50_000;
    static final String OVER_LIMIT = "over a limit: more than " + MAX_NESTING
            + " levels, a string, number or name too long, or the whole too large";

    private final JsonFactory factory;
    private final SharedStrings strings = new SharedStrings();

    /**
     * Creates a decoder.
     *
     * @param maxBytes maximum size of a document in bytes
     */
    public PageDecoder(int maxBytes) {
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(MAX_STRING)
                        .maxNumberLength(MAX_NUMBER)
                        .maxNameLength(MAX_NAME)
                        .maxDocumentLength(maxBytes)
                        .build())
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .build();
    }

    /**
     * Decodes one page of a listing. Does not close the stream.
     *
     * @param call the call that it responds to; {@code call.from()} is the cursor of the page
     * @throws MalformedResponseException if it cannot be read
     */
    public ExportPage decodePage(InputStream response, CallContext call) {
        return decode(response, call, PageReader::page, tree -> ExportPage.of(tree).toBuilder()
                .from(call.from())
                .build());
    }

    /**
     * Decodes one page of a listing.
     *
     * @param call the call that it responds to; {@code call.from()} is the cursor of the page
     * @throws MalformedResponseException if it cannot be read
     */
    public ExportPage decodePage(byte[] response, CallContext call) {
        return decodePage(new ByteArrayInputStream(response), call);
    }

    /**
     * Decodes a single export request. Does not close the stream.
     *
     * @throws MalformedResponseException if it cannot be read
     */
    public ExportRequest decodeExport(InputStream response, CallContext call) {
        return decode(response, call, PageReader::export, ExportRequest::of);
    }

    /**
     * Decodes the response to a creation and returns the id of the new export. Does not close the stream.
     *
     * @throws MalformedResponseException if it cannot be read
     */
    public String decodeCreatedId(InputStream response, CallContext call) {
        return decode(response, call, PageReader::createdId, tree -> {
            throw new IllegalStateException("only members of an export are skipped");
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(PageReader reader) throws IOException;
    }

    private <T> T decode(
            InputStream response,
            CallContext call,
            Reading<T> direct,
            Function<Map<String, @Nullable Object>, T> fromTree) {
        InputStream input = response.markSupported() ? response : new BufferedInputStream(response);
        input.mark(Integer.MAX_VALUE);
        return decode(new Document(factory, input, false), call, direct, fromTree);
    }

    private <T> T decode(
            Document document,
            CallContext call,
            Reading<T> direct,
            Function<Map<String, @Nullable Object>, T> fromTree) {
        try (JsonParser json = document.open()) {
            try {
                if (json.nextToken() == null) {
                    throw DecodingError.at(json, call, "empty response");
                }
                PageReader reader = new PageReader(json, call, strings);
                T value = direct.read(reader);
                if (json.nextToken() != null) {
                    throw DecodingError.at(json, call, "trailing content after the document");
                }
                return reader.skippedMember() ? fromTree.apply(document.tree()) : value;
            } catch (IOException e) {
                if (!document.asCharacters && e.getClass() == JsonParseException.class) {
                    return decode(new Document(factory, document.input, true), call, direct, fromTree);
                }
                throw DecodingError.of(e, json, call);
            }
        } catch (IOException e) {
            throw new MalformedResponseException(call, "$", "not JSON");
        }
    }

    /**
     * A document that can be read again. Jackson reads bytes faster, but refuses an unpaired surrogate in a name, which it
     * accepts in characters: so what it refuses as bytes is read again as characters.
     */
    private record Document(JsonFactory factory, InputStream input, boolean asCharacters) {

        JsonParser open() throws IOException {
            input.reset();
            return asCharacters
                    ? factory.createParser(new InputStreamReader(input, StandardCharsets.UTF_8.newDecoder()))
                    : factory.createParser(input);
        }

        Map<String, @Nullable Object> tree() throws IOException {
            try (JsonParser json = open()) {
                json.nextToken();
                return OtherValue.object(json);
            }
        }
    }
}
