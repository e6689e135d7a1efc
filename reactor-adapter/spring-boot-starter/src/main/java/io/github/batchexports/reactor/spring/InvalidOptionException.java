package io.github.batchexports.reactor.spring;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** The builder refused an option: its message begins with the option's name, and never holds the key. */
final class InvalidOptionException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final Set<String> OF_RETRY = Set.of("maxAttempts", "firstDelay", "maxDelay", "maxElapsed");
    private static final Set<String> OF_REDIS = Set.of("instances", "keyPrefix");

    private final String reason;

    private InvalidOptionException(String reason, IllegalArgumentException cause) {
        super(reason, cause);
        this.reason = reason;
    }

    static void whenRefused(Runnable options) {
        whenRefused(() -> {
            options.run();
            return options;
        });
    }

    static <T> T whenRefused(Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(Objects.requireNonNull(e.getMessage()), e);
        }
    }

    String reason() {
        return reason;
    }

    /** What to do about it. */
    String action() {
        return reason.contains(" are both set")
                ? "Remove the property " + property() + ", or what a BatchExportsClientCustomizer sets."
                : "Set the property " + property() + ", or the option in a BatchExportsClientCustomizer.";
    }

    /** The property that sets the option. */
    private String property() {
        String option = reason.replaceFirst(" .*", "");
        String name = option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        String group = OF_RETRY.contains(option) ? "retry." : OF_REDIS.contains(option) ? "redis." : "";
        return "batch.exports." + group + name;
    }
}
