package io.github.batchexports.protocol;

/** Checks that a key can be sent in a header. */
final class HeaderText {

    private HeaderText() {}

    /** Allows visible ASCII only: whitespace or other characters in a key come from copying it wrongly. */
    static void check(String option, String value) {
        if (value == null) {
            throw new IllegalArgumentException(option + " is null: is the environment variable set?");
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException(option + " is empty: set it to the value that the dashboard shows");
        }
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character <= ' ' || character > '~') {
                throw new IllegalArgumentException(
                        option + " has a whitespace, control or non-ASCII character at position " + i
                                + ": set it to the value that the dashboard shows");
            }
        }
    }
}
