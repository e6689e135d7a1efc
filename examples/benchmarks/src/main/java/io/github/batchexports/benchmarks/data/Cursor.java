package io.github.batchexports.benchmarks.data;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Cursors as long as the API's, from which the server alone reads the number of a page. */
public final class Cursor {

    private static final int DIGITS = 32;
    private static final String BEFORE = "export_";

    private Cursor() {}

    /** The cursor of a page. */
    public static String of(int page) {
        String text = BEFORE + String.format(Locale.ROOT, "%0" + DIGITS + "d", page) + "@2026-02-27T14:18:50Z";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The page of a cursor. */
    public static int page(String cursor) {
        String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.US_ASCII);
        return Integer.parseInt(text.substring(BEFORE.length(), BEFORE.length() + DIGITS));
    }
}
