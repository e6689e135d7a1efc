package io.github.batchexports.benchmarks.contender;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a contender lists.
 *
 * @param baseUrl the server, without a slash at the end
 * @param pageSize exports a page
 * @param requestsPerSecond the rate that the server enforces; 0: none
 * @param pacing what is done to keep it, where the contender does not do so by itself
 */
public record Target(String baseUrl, int pageSize, double requestsPerSecond, Pacing pacing) {

    /** A server without a limit. */
    public static Target of(String baseUrl, int pageSize) {
        return new Target(baseUrl, pageSize, 0, Pacing.NONE);
    }

    /** Where a page is. */
    String page(@Nullable String from) {
        String first = baseUrl + "/2.8/exports/list?limit=" + pageSize;
        return from == null ? first : first + "&from=" + URLEncoder.encode(from, StandardCharsets.UTF_8);
    }
}
