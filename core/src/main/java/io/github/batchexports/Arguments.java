package io.github.batchexports;

import org.jspecify.annotations.Nullable;

/** Rejects null, naming the option or parameter, for callers whose compiler does not check it. */
final class Arguments {

    private Arguments() {}

    static <T> T notNull(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is null");
        }
        return value;
    }
}
