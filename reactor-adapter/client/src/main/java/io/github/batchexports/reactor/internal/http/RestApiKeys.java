package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.RestApiKeyException;
import io.github.batchexports.protocol.RestApiKey;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The REST API keys of a client: one for good, or one for each attempt from the application. It prints none. */
public final class RestApiKeys {

    private final @Nullable Supplier<String> supplier;
    private final AtomicReference<@Nullable RestApiKey> last;

    private RestApiKeys(@Nullable RestApiKey key, @Nullable Supplier<String> supplier) {
        this.last = new AtomicReference<>(key);
        this.supplier = supplier;
    }

    /** The same key always. */
    public static RestApiKeys of(RestApiKey key) {
        return new RestApiKeys(key, null);
    }

    /** What the supplier gives, which is asked once for each attempt. */
    public static RestApiKeys suppliedBy(Supplier<String> supplier) {
        return new RestApiKeys(null, supplier);
    }

    /**
     * The key for an attempt, which masks those before it too.
     *
     * @throws RestApiKeyException if the supplier throws, or gives null or what cannot be sent
     */
    public RestApiKey next(CallContext call) {
        RestApiKey known = last.get();
        if (supplier == null && known != null) {
            return known;
        }
        String text = supplied(call);
        if (known != null && known.is(text)) {
            return known;
        }
        RestApiKey key;
        try {
            key = RestApiKey.of(text);
        } catch (IllegalArgumentException e) {
            throw new RestApiKeyException(call, String.valueOf(e.getMessage()), null);
        }
        return replaceLast(key);
    }

    /** The last key, which masks those before it too, for what is sent without one; null before the first. */
    public @Nullable RestApiKey last() {
        return last.get();
    }

    private RestApiKey replaceLast(RestApiKey key) {
        RestApiKey next = last.updateAndGet(before -> before == null ? key : key.replacing(before));
        return next == null ? key : next;
    }

    private String supplied(CallContext call) {
        String text;
        try {
            text = supplier == null ? null : supplier.get();
        } catch (Throwable e) {
            ForeignCode.throwIfFatal(e);
            RestApiKey known = last.get();
            boolean isSecret = known != null && known.appearsIn(e);
            throw new RestApiKeyException(call, "it threw " + e.getClass().getSimpleName(), isSecret ? null : e);
        }
        if (text == null) {
            throw new RestApiKeyException(call, "it returned null", null);
        }
        return text;
    }
}
