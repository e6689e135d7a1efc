package io.github.batchexports.cli;

import io.github.batchexports.sandbox.Sandbox;

/**
 * What the build runs to learn which classes a start loads, for the launcher's archive: a listing as it is made without a
 * key, and a call by TLS, which gets no further than a handshake with a server that has none. Run without a test.
 */
final class StartupTraining {

    private StartupTraining() {}

    public static void main(String[] arguments) {
        try (Sandbox sandbox = Sandbox.start()) {
            Exports.execute("list", "--base-url", sandbox.baseUrl(), "--take", "20");
            Exports.execute("list", "--base-url", sandbox.baseUrl().replace("http:", "https:"), "--take", "20");
        }
        System.exit(0);
    }
}
