package io.github.batchexports.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process in front of a server that refuses, with 429, each call that comes sooner after the last accepted one than its
 * rate allows: no burst, no queue. Its clock and its scheduling are not those of the test or of the program under test.
 */
public interface StrictLimiter extends AutoCloseable {

    /**
     * A call as the limiter saw it.
     *
     * @param millis when it came, by the limiter's own clock
     * @param status what it was answered with
     * @param client the port it came from: a program keeps its connection, so this says which program it was
     */
    record Arrival(long millis, int status, int client) {

        public boolean refused() {
            return status == 429 || status == 503;
        }

        /** Of a line with the end of the call and its length, both in seconds, the status and the port. */
        private static Arrival of(String line) {
            String[] parts = line.split(" ");
            return new Arrival(
                    millis(parts[0]) - millis(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
        }

        private static long millis(String seconds) {
            return Math.round(Double.parseDouble(seconds) * 1_000);
        }
    }

    /** What it is, for whoever reads the figures. */
    String name();

    String baseUrl();

    /** Where it logs each call. */
    Path log();

    /** Waits for its end, so that its log is whole. */
    @Override
    void close() throws IOException;

    /** Closes it; then each call that came, in order. */
    default List<Arrival> arrivals() throws IOException {
        close();
        return Files.readAllLines(log()).stream().map(Arrival::of).toList();
    }

    /** nginx where there is one, else {@link OwnLimiter}. */
    static StrictLimiter start(Path directory, String upstream, int perSecond) throws Exception {
        Optional<Path> nginx = NginxLimiter.executable();
        return nginx.isPresent()
                ? NginxLimiter.start(nginx.get(), directory, upstream, perSecond)
                : OwnLimiter.start(directory, upstream, perSecond);
    }
}
