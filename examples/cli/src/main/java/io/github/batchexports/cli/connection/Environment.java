package io.github.batchexports.cli.connection;

import org.jspecify.annotations.Nullable;

/** The variables that this program reads. An empty one is as none, unless somebody asks whether it is set. */
public final class Environment {

    public static final String REST_API_KEY = "BATCH_REST_API_KEY";
    public static final String PROJECT_KEY = "BATCH_PROJECT_KEY";
    public static final String BASE_URL = "BATCH_BASE_URL";
    static final String REDIS_URL = "BATCH_REDIS_URL";

    private Environment() {}

    /** The value of the first of these variables that has one, or null. */
    static @Nullable String value(String... names) {
        for (String name : names) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    /** Whether a variable is there, be it empty. */
    static boolean isSet(String name) {
        return System.getenv(name) != null;
    }
}
