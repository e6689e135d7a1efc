package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Any bytes give a page or a {@link MalformedResponseException}, and what was read round-trips. The build runs this over
 * the small corpus in the test resources; the profile {@code fuzz} searches for more.
 */
class PageDecoderFuzzTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, "here");

    private final PageDecoder decoder = new PageDecoder(1 << 20);

    @FuzzTest(maxDuration = "10m")
    void anyBytesGiveARoundTrippingPageOrAMalformedResponse(byte[] response) {
        ExportPage page;
        try {
            page = decoder.decodePage(response, CALL);
        } catch (MalformedResponseException e) {
            assertThat(e.path()).startsWith("$");
            assertThat(e.reason()).isNotBlank();
            return;
        }
        assertThat(page.from()).isEqualTo("here");
        page.exports().forEach(this::assertRoundTrips);
    }

    private void assertRoundTrips(ExportRequest export) {
        byte[] written = export.toJson().getBytes(StandardCharsets.UTF_8);
        ExportRequest again;
        try {
            again = decoder.decodeExport(new ByteArrayInputStream(written), CALL);
        } catch (MalformedResponseException e) {
            // A decimal of just under 1,000 digits may be written with one more, which exceeds the reader's limit.
            assertThat(e.reason()).startsWith("over a limit");
            assertThat(export.toJson()).containsPattern("[0-9.]{990}");
            return;
        }
        assertThat(again).isEqualTo(export);
    }
}
