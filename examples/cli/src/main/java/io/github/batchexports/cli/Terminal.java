package io.github.batchexports.cli;

import java.io.Console;

/** What a terminal needs: whether there is one, and text that does no harm on it. */
final class Terminal {

    private Terminal() {}

    /** Since JDK 22 there is a console without a terminal too; it says so by a method that JDK 17 does not have. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isPresent() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** The text with a blank for each control character: a server's text must not steer the terminal. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ");
    }

    /** The text as one word of a shell's. */
    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./=-]+") ? text : "'" + oneLine(text).replace("'", "'\\''") + "'";
    }
}
