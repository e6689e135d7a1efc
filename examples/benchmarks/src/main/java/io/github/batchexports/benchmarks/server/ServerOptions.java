package io.github.batchexports.benchmarks.server;

import java.util.List;

/**
 * What a server has and how it answers.
 *
 * @param pages how many pages a listing has
 * @param pageSize exports a page; another limit is refused
 * @param delayMillis how long each answer takes
 * @param requestsPerSecond a call that comes sooner after the last one taken is refused; 0: none is
 * @param bodies how many bodies differ at most: beyond, the pages differ in their cursors only
 */
public record ServerOptions(int pages, int pageSize, int delayMillis, double requestsPerSecond, int bodies) {

    /** Answers at once, whoever calls. */
    public static ServerOptions of(int pages, int pageSize) {
        return new ServerOptions(pages, pageSize, 0, 0, 200);
    }

    /** Takes so long for each answer. */
    public ServerOptions delayedBy(int millis) {
        return new ServerOptions(pages, pageSize, millis, requestsPerSecond, bodies);
    }

    /** Refuses what comes faster. */
    public ServerOptions limitedTo(double rate) {
        return new ServerOptions(pages, pageSize, delayMillis, rate, bodies);
    }

    List<String> toArguments() {
        return List.of(
                Integer.toString(pages),
                Integer.toString(pageSize),
                Integer.toString(delayMillis),
                Double.toString(requestsPerSecond),
                Integer.toString(bodies));
    }

    static ServerOptions ofArguments(String[] arguments) {
        return new ServerOptions(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Double.parseDouble(arguments[3]),
                Integer.parseInt(arguments[4]));
    }
}
