package io.github.batchexports.error;

/** Makes foreign text safe to print on one line. */
final class LogText {

    private LogText() {}

    /** Removes control and format characters, folds whitespace, line breaks included, and truncates to a length. */
    static String of(String text, int maxLength) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength));
        boolean whitespace = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (isWhitespace(character)) {
                whitespace = true;
            } else if (isPrintable(character)) {
                String separator = whitespace && !line.isEmpty() ? " " : "";
                if (line.length() + separator.length() + Character.charCount(character) > maxLength) {
                    break;
                }
                line.append(separator).appendCodePoint(character);
                whitespace = false;
            }
        }
        return line.toString();
    }

    private static boolean isWhitespace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
