package io.github.batchexports.cli.terminal;

import java.io.Console;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a terminal needs: whether there is one, and text that does no harm on it. */
public final class Terminal {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");
    private static final Pattern CONTROL_IN_JSON = Pattern.compile("[\\x7f-\\x9f\\p{Cf}\\u2028\\u2029]");

    private Terminal() {}

    /** Since JDK 22 there is a console without a terminal too; it says so by a method that JDK 17 does not have. */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isPresent() {
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

    /** The text with a space for each control character: a server's text must not steer the terminal. */
    public static String oneLine(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    /** The same JSON, with an escape for each control character that JSON allows as it is. */
    public static String json(String json) {
        return CONTROL_IN_JSON.matcher(json).replaceAll(found -> {
            StringBuilder escapes = new StringBuilder();
            found.group().chars().forEach(unit -> escapes.append("\\\\u")
                    .append(HexFormat.of().toHexDigits((char) unit)));
            return escapes.toString();
        });
    }

    /** Whether the terminal says that it understands no escape sequences. */
    public static boolean isDumb() {
        return "dumb".equals(System.getenv("TERM"));
    }

    /** The text as one word of a shell's. */
    public static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./=-]+") ? text : "'" + oneLine(text).replace("'", "'\\''") + "'";
    }
}
