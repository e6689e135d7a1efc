package io.github.batchexports.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a browser and the application, on a port that stays, and can break what goes through it. */
final class Relay implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private Thread acceptor;
    private volatile boolean silent;

    Relay(int target) {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Closes all connections, and takes no new ones. */
    void cut() {
        close(listener);
        try {
            // Until then the port is taken.
            acceptor.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        sockets.forEach(Relay::close);
        sockets.clear();
    }

    /** Takes connections again. */
    void recover() {
        listener = listen(port);
    }

    /** Passes nothing on any more, on connections that stay open. */
    void silence() {
        silent = true;
    }

    @Override
    public void close() {
        cut();
    }

    private ServerSocket listen(int onPort) {
        silent = false;
        try {
            ServerSocket opened = new ServerSocket(onPort, 50, InetAddress.getLoopbackAddress());
            acceptor = start(() -> accept(opened));
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket browser = from.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(browser);
                sockets.add(server);
                start(() -> pass(browser, server));
                start(() -> pass(server, browser));
            }
        } catch (IOException e) {
            // The listener was closed.
            close(from);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8_192];
        try (from;
                to) {
            InputStream input = from.getInputStream();
            for (int read = input.read(bytes); read >= 0; read = input.read(bytes)) {
                if (!silent) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // One side was closed: so is the other.
            sockets.remove(from);
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
