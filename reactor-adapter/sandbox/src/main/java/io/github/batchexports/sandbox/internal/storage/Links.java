package io.github.batchexports.sandbox.internal.storage;

import io.github.batchexports.sandbox.internal.Query;
import io.github.batchexports.sandbox.internal.exports.ExportFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signed links to files of the storage, which expire. A link says itself which file it is for. */
public final class Links {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final Duration lifetime;
    private final Clock clock;
    private final AtomicInteger generation = new AtomicInteger();

    public Links(Duration lifetime, Clock clock) {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.secret = new SecretKeySpec(bytes, ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The path and the query of a new link to a file. */
    public String to(ExportFile file) {
        String target = file.part() + ":" + file.size() + ":" + file.id();
        String path =
                "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(target.getBytes(StandardCharsets.UTF_8));
        String expires = String.valueOf(clock.instant().plus(lifetime).toEpochMilli());
        return path + "?expires=" + expires + "&signature=" + signature(path, expires);
    }

    /** The file that a link is for, or null when the link is not one of this sandbox or is dead. */
    @Nullable
    public ExportFile file(Query link) {
        String expires = link.parameter("expires");
        String signature = link.parameter("signature");
        if (expires == null || signature == null) {
            return null;
        }
        byte[] own = signature(link.path(), expires).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(own, signature.getBytes(StandardCharsets.UTF_8))
                || clock.millis() >= Long.parseLong(expires)) {
            return null;
        }
        byte[] target = Base64.getUrlDecoder().decode(link.path().substring(1));
        String[] parts = new String(target, StandardCharsets.UTF_8).split(":", 3);
        return new ExportFile(parts[2], Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }

    /** No link that was made so far is good any more. */
    public void expireAll() {
        generation.incrementAndGet();
    }

    private String signature(String path, String expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            String text = generation.get() + "\n" + path + "\n" + expires;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }
}
