package io.github.batchexports.cli.terminal;

/**
 * A line on a terminal that says how far something is, until the next one takes its place. A program that is interrupted
 * leaves an empty one.
 */
public final class StatusLine implements AutoCloseable {

    private static final String CLEAR = "\r\u001b[K";

    private final Screen screen;
    private final Thread hook = new Thread(this::end, "exports-status-line");

    // Guarded by this.
    private boolean shown;
    private boolean ended;

    public StatusLine(Screen screen) {
        this.screen = screen;
        if (screen.redraws()) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /** Where the output is read. */
    public Screen screen() {
        return screen;
    }

    /** Shows a text where somebody looks, as much of it as fits. */
    public synchronized void show(String text) {
        if (screen.canRedraw() && !ended) {
            System.err.print(CLEAR + text.substring(0, Math.min(text.length(), screen.width() - 1)) + "\r");
            shown = true;
        }
    }

    /** Prints a line on standard error. */
    public synchronized void message(String line) {
        clear();
        System.err.println(Terminal.oneLine(line));
    }

    /** Takes away what was shown. */
    public synchronized void clear() {
        if (shown) {
            System.err.print(CLEAR);
            shown = false;
        }
    }

    /** The terminal has put ^C there, whether or not anything was shown. */
    private synchronized void end() {
        System.err.print(CLEAR);
        ended = true;
    }

    @Override
    public void close() {
        clear();
        if (screen.redraws()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The program is being interrupted, and the hook is at work.
            }
        }
    }
}
