package io.github.batchexports.sandbox.internal.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bytes from the first to before the end. */
public record ByteRange(long first, long end) {

    private static final Pattern HEADER = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

    public static ByteRange whole(long size) {
        return new ByteRange(0, size);
    }

    /**
     * What a {@code Range} of the forms {@code bytes=a-} and {@code bytes=a-b} asks for of so many bytes; null for
     * every other, which a server may ignore. It is empty when it cannot be satisfied.
     */
    public static @Nullable ByteRange of(String header, long size) {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            return null;
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2) == null ? Long.MAX_VALUE - 1 : Long.parseLong(matcher.group(2));
        if (last < first) {
            return null;
        }
        return new ByteRange(first, Math.max(first, Math.min(size, last + 1)));
    }

    public long length() {
        return end - first;
    }
}
