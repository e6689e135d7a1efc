package io.github.batchexports.protocol;

/** Refuses what cannot be part of a header. */
final class HeaderText {

    private HeaderText() {}

    /** Visible ASCII alone: a blank, a line end or another script in a key is a mistake in copying it. */
    static void check(String option, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(option + " is empty: set it to the value that the dashboard shows");
        }
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character <= ' ' || character > '~') {
                throw new IllegalArgumentException(option + " has a blank, control or non-ASCII character at position "
                        + i + ": set it to the value that the dashboard shows");
            }
        }
    }
}
