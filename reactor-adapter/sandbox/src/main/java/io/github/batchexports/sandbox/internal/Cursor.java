package io.github.batchexports.sandbox.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/** The listing's cursors: base64 with {@code +}, {@code /} and {@code =} in each, so that a sloppy encoding shows. */
public final class Cursor {

    private static final byte[] PREFIX = {(byte) 0xFB, (byte) 0xEF, (byte) 0xBE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};

    private Cursor() {}

    /** The cursor of the page that starts at an offset. */
    public static String of(int offset) {
        byte[] digits = String.format(Locale.ROOT, "%07d", offset).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(PREFIX, PREFIX.length + digits.length);
        System.arraycopy(digits, 0, bytes, PREFIX.length, digits.length);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The offset, or -1 for what is no cursor of this server. */
    public static int offset(String cursor) {
        try {
            byte[] bytes = Base64.getDecoder().decode(cursor);
            String digits = new String(bytes, StandardCharsets.ISO_8859_1);
            boolean own = digits.length() == PREFIX.length + 7
                    && Arrays.equals(PREFIX, Arrays.copyOf(bytes, PREFIX.length))
                    && digits.substring(PREFIX.length).matches("[0-9]{7}");
            return own ? Integer.parseInt(digits.substring(PREFIX.length)) : -1;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }
}
