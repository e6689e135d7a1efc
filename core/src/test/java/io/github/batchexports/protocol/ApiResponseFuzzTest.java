package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Any error response, whatever its body and headers, gives one printable line and a bounded retry time. */
class ApiResponseFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final RestApiKey KEY = RestApiKey.of("s3cr3t");
    private static final int[] STATUSES = {400, 401, 403, 404, 418, 429, 500, 503, 302};

    @FuzzTest(maxDuration = "10m")
    void errorMessageIsAlwaysOneLine(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (int status : STATUSES) {
            ApiResponse response =
                    new ApiResponse(CallContext.of(Operation.LIST, null), KEY, status, name -> text, NOW);
            BatchExportsException failure = response.failure(body);

            assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(1_000).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
            if (failure.response().retryAt() != null) {
                assertThat(failure.response().retryAt()).isBetween(NOW, NOW.plus(Duration.ofMinutes(2)));
            }
        }
    }
}
