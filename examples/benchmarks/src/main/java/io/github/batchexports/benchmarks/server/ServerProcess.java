package io.github.batchexports.benchmarks.server;

import io.github.batchexports.benchmarks.process.ChildJvm;
import java.io.IOException;
import java.util.List;

/** A server in a JVM of its own. It ends with this one, whose end it sees as the end of its input. */
public final class ServerProcess implements AutoCloseable {

    private final ChildJvm child;
    private final String baseUrl;

    private ServerProcess(ChildJvm child) throws IOException {
        this.child = child;
        this.baseUrl = child.readLine();
    }

    /** Starts a server and waits until it answers. */
    public static ServerProcess start(ServerOptions options) throws IOException {
        return new ServerProcess(ChildJvm.start(List.of("-Xmx512m"), ServerProcess.class, options.toArguments()));
    }

    /** The program of the child. */
    public static void main(String[] arguments) throws IOException {
        try (PageServer server = PageServer.start(ServerOptions.ofArguments(arguments))) {
            System.out.println(server.baseUrl());
            while (System.in.read() >= 0) {}
        }
    }

    /** Where it is, without a slash at the end. */
    public String baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        child.close();
    }
}
