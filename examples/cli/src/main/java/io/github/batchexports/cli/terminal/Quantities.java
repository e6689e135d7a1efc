package io.github.batchexports.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Bytes and times in the units that people read. */
public final class Quantities {

    private Quantities() {}

    public static String bytes(long count) {
        if (count < 1_000) {
            return count + " B";
        }
        double scaled = count;
        String unit = "";
        for (String larger : new String[] {"kB", "MB", "GB", "TB"}) {
            if (scaled >= 1_000) {
                scaled /= 1_000;
                unit = larger;
            }
        }
        return String.format(Locale.ROOT, "%.1f %s", scaled, unit);
    }

    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3_600
                ? seconds / 60 + "m " + seconds % 60 + "s"
                : seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m";
    }
}
