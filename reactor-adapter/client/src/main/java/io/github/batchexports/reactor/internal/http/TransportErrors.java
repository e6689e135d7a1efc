package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.TransportException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslClosedEngineException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** What the engine's failures mean, and whether trying again may help. */
public final class TransportErrors {

    private static final Pattern HOST =
            Pattern.compile("^(?:Failed to resolve ')?([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)\\.?(?:'|:|$)");

    private final CallContext call;
    private final Duration timeout;
    private final String missing;
    private final Predicate<Throwable> isSecret;

    /**
     * For one exchange.
     *
     * @param missing what did not come in time, when that is the failure
     * @param isSecret whether the engine's failure may quote what must not be printed
     */
    public TransportErrors(CallContext call, Duration timeout, String missing, Predicate<Throwable> isSecret) {
        this.call = call;
        this.timeout = timeout;
        this.missing = missing;
        this.isSecret = isSecret;
    }

    public BatchExportsException map(Throwable error) {
        if (error instanceof DecompressionException) {
            return new MalformedResponseException(call, "$", "its compression is broken");
        }
        if (error instanceof DecoderException && error.getCause() instanceof SSLException cause) {
            return map(cause);
        }
        if (error instanceof PoolAcquireTimeoutException || error instanceof PoolAcquirePendingLimitException) {
            return transport("no connection became free in time", true, error);
        }
        if (error instanceof TimeoutException) {
            return transport(missing + " within responseTimeout, " + timeout.toMillis() + " ms", true, error);
        }
        if (error instanceof UnknownHostException) {
            return transport("the host name" + hostIn(error) + " cannot be resolved", true, error);
        }
        if (error instanceof ConnectTimeoutException) {
            return transport("no connection in time", true, error);
        }
        if (error instanceof ConnectException) {
            boolean isReset = String.valueOf(error.getMessage()).contains("reset");
            return transport(isReset ? "the connection was reset" : "the connection was refused", true, error);
        }
        if (error instanceof PrematureCloseException || error instanceof PrematureChannelClosureException) {
            return transport("the connection was closed before the answer was whole", true, error);
        }
        if (error instanceof SSLException tls) {
            return transport("TLS failed", isTransient(tls), error);
        }
        if (error instanceof IOException) {
            return transport("the connection broke", true, error);
        }
        if (error instanceof IllegalArgumentException || error instanceof DecoderException) {
            return transport("what came back is not HTTP", true, error);
        }
        return transport("the exchange failed (" + error.getClass().getSimpleName() + ")", false, error);
    }

    /** The name from the resolver's message, since with a proxy it is the proxy's: that of Netty's resolver or the JDK's. */
    private String hostIn(Throwable error) {
        Matcher name = HOST.matcher(String.valueOf(error.getMessage()));
        return name.find() && !isSecret.test(error) ? " " + name.group(1) : "";
    }

    /** A handshake that was cut may go through next time; a certificate that was refused will not. */
    private static boolean isTransient(SSLException error) {
        if (error instanceof NotSslRecordException) {
            return false;
        }
        if (error instanceof SslClosedEngineException || error instanceof SslHandshakeTimeoutException) {
            return true;
        }
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof SSLException)) {
                return true;
            }
        }
        String message = error.getMessage();
        return message != null && message.startsWith("Connection closed");
    }

    private TransportException transport(String reason, boolean isTransient, Throwable error) {
        return new TransportException(call, reason, isTransient, withoutSecret(error));
    }

    /** A server can send a secret back in what the engine then quotes. */
    private @Nullable Throwable withoutSecret(Throwable error) {
        return isSecret.test(error) ? null : error;
    }
}
