package io.github.batchexports.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What a server got so far, read from the server itself.
 *
 * @param calls how many, refused ones included
 * @param refused how many of them it refused for their rate
 */
public record ServerCounts(int calls, int refused) {

    private static final int QUIET_READINGS = 6;
    private static final int MILLIS_BETWEEN = 100;

    /** As they are now. */
    public static ServerCounts now(String baseUrl) {
        try (InputStream body = URI.create(baseUrl + "/counts").toURL().openStream()) {
            String[] counts = new String(body.readAllBytes(), StandardCharsets.US_ASCII).split(" ", 2);
            return new ServerCounts(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As they are once no call has come for half a second. */
    public static ServerCounts whenQuiet(String baseUrl) throws InterruptedException {
        ServerCounts counts = now(baseUrl);
        for (int quiet = 1; quiet < QUIET_READINGS; quiet++) {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN);
            ServerCounts later = now(baseUrl);
            if (!later.equals(counts)) {
                counts = later;
                quiet = 0;
            }
        }
        return counts;
    }
}
