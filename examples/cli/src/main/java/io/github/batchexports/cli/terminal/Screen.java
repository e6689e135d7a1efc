package io.github.batchexports.cli.terminal;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where tables are printed: a terminal with a width and perhaps with colour, or a file or pipe with neither.
 *
 * @param terminal whether somebody looks
 * @param redraws whether a line can take the place of the last one on standard error
 * @param width its columns
 * @param ansi whether it is to be coloured
 */
public record Screen(boolean terminal, boolean redraws, int width, Ansi ansi) {

    /** Nobody looks: lines are as long as they are, without colour. */
    public static final Screen REDIRECTED = new Screen(false, false, Integer.MAX_VALUE, Ansi.OFF);

    /** The launcher knows whether standard error is a terminal; a JVM does not. */
    private static final String PROGRESS = "exports.progress";

    /** picocli measures nothing narrower. */
    private static final int NARROWEST = 55;

    /** The screen of this program, with the width that it has now. */
    public static Screen current() {
        if (!Terminal.isPresent()) {
            return REDIRECTED;
        }
        int width = CommandSpec.create().usageMessage().autoWidth(true).width();
        boolean dumb = Terminal.isDumb();
        boolean redraws = !dumb && !"false".equals(System.getProperty(PROGRESS));
        return new Screen(true, redraws, width, Ansi.valueOf(!dumb && Ansi.AUTO.enabled()));
    }

    /** Whether a line of this width can be drawn again in its place, and does not go on in the next one. */
    boolean canRedraw() {
        return redraws && width > NARROWEST;
    }
}
