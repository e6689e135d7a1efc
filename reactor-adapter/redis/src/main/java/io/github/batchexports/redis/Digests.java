package io.github.batchexports.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests that every JVM has. */
final class Digests {

    private static final int SHORT = 32;

    private Digests() {}

    static byte[] of(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** 128 bits of the SHA-256, in hexadecimal: enough to tell names apart, and nothing of them to read. */
    static String nameOf(String secret) {
        byte[] digest = of("SHA-256", secret.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, SHORT);
    }
}
