package io.github.batchexports.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A script, and the digest by which Redis knows it.
 *
 * @param text the Lua source
 * @param digest its SHA-1, in hexadecimal
 */
record LuaScript(String text, String digest) {

    static LuaScript load(String name) {
        try (InputStream resource = LuaScript.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            byte[] source = resource.readAllBytes();
            String digest = HexFormat.of().formatHex(Digests.of("SHA-1", source));
            return new LuaScript(new String(source, StandardCharsets.UTF_8), digest);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
