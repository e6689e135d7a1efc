package io.github.batchexports.reactor;

import org.jspecify.annotations.Nullable;

/** Refuses null by the name of the option or parameter, for callers whose compiler does not. */
final class Arguments {

    private Arguments() {}

    static <T> T notNull(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is null");
        }
        return value;
    }
}
