package io.github.batchexports.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a transfer is, as a line that fits 80 columns. */
public final class ProgressBar {

    private static final int WIDTH = 20;

    private final @Nullable Long total;

    /** Of a transfer of so many bytes, or null when that is not known. */
    public ProgressBar(@Nullable Long total) {
        this.total = total;
    }

    public String line(long bytes, Duration elapsed) {
        double rate = bytes * 1e9 / Math.max(1, elapsed.toNanos());
        String done = total == null
                ? Quantities.bytes(bytes)
                : bar(bytes, total) + " " + Quantities.bytes(bytes) + " of " + Quantities.bytes(total);
        // The first moments tell nothing of the rest.
        String left = total == null || bytes <= 0 || elapsed.toSeconds() < 1
                ? ""
                : ", " + Quantities.time(Duration.ofSeconds(Math.round(Math.max(0, total - bytes) / rate))) + " left";
        return String.format(Locale.ROOT, "%s, %s/s%s", done, Quantities.bytes(Math.round(rate)), left);
    }

    private static String bar(long bytes, long total) {
        int full = total <= 0 ? WIDTH : (int) Math.max(0, Math.min(WIDTH, WIDTH * (double) bytes / total));
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
    }
}
