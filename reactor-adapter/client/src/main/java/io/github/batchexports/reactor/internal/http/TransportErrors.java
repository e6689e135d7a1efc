package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.protocol.RestApiKey;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslClosedEngineException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;
import reactor.netty.transport.ProxyProvider;

/** What the engine's failures mean, and whether trying again may help. */
public final class TransportErrors {

    private static final Pattern HOST =
            Pattern.compile("^(?:Failed to resolve ')?([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*)\\.?(?:'|:|$)");

    private static final Pattern PROXY_STATUS = Pattern.compile(", status: ([ -~]{1,60})$");

    private final CallContext call;
    private final HttpClient http;
    private final URI uri;
    private final Duration timeout;
    private final String missing;
    private final @Nullable RestApiKey key;
    private final boolean isQuoteSecret;

    /**
     * For one exchange.
     *
     * @param http the client that makes it; asked for its proxy at a failure of the network, to be named in it
     * @param uri where it goes; host and port are named in a failure of the network
     * @param missing what did not come in time, when that is the failure
     * @param key masked wherever it shows; null if there was none yet
     * @param isQuoteSecret whether what a codec cannot read, and quotes, may be a secret of its own, such as a link
     */
    public TransportErrors(
            CallContext call,
            HttpClient http,
            URI uri,
            Duration timeout,
            String missing,
            @Nullable RestApiKey key,
            boolean isQuoteSecret) {
        this.call = call;
        this.http = http;
        this.uri = uri;
        this.timeout = timeout;
        this.missing = missing;
        this.key = key;
        this.isQuoteSecret = isQuoteSecret;
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
        if (error instanceof io.netty.handler.timeout.TimeoutException) {
            return transport("no data within the time that the HTTP client was customized to", true, error);
        }
        if (error instanceof UnknownHostException) {
            return transport("the host name" + hostIn(error) + " cannot be resolved", true, error);
        }
        if (error instanceof ConnectTimeoutException) {
            return transport("no connection in time", true, error);
        }
        if (error instanceof ProxyConnectException) {
            return proxy(error);
        }
        if (error instanceof ConnectException) {
            boolean isReset = String.valueOf(error.getMessage()).contains("reset");
            if (isReset || proxy() == null) {
                return transport(isReset ? "the connection was reset" : "the connection was refused", true, error);
            }
            return transport("the proxy refused the connection", false, error);
        }
        if (error instanceof PrematureCloseException || error instanceof PrematureChannelClosureException) {
            return transport("the connection was closed before the response was complete", true, error);
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

    /** What a proxy answers to {@code CONNECT} stays so, but for its own servers' failures. */
    private TransportException proxy(Throwable error) {
        Matcher status = PROXY_STATUS.matcher(String.valueOf(error.getMessage()));
        if (!status.find() || isSecret(error)) {
            return transport("the proxy gave no connection", true, error);
        }
        String response = status.group(1);
        boolean isPassing = response.startsWith("5");
        String words = response.startsWith("407") ? "the proxy wants a user and a password" : "the proxy refused";
        return transport(words + " with " + response, isPassing, error);
    }

    /** The name from the resolver's message, since with a proxy it is the proxy's: that of Netty's resolver or the JDK's. */
    private String hostIn(Throwable error) {
        Matcher name = HOST.matcher(String.valueOf(error.getMessage()));
        return name.find() && !isSecret(error) ? " " + name.group(1) : "";
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
        String proxy = proxy();
        String at = uri.getHost() + ":" + port() + (proxy == null ? "" : " via the proxy " + proxy);
        return new TransportException(
                call, reason + " (" + (key == null ? at : key.redact(at)) + ")", isTransient, withoutSecret(error));
    }

    private int port() {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Host and port of the proxy that is asked for the connection; null if none is. */
    private @Nullable String proxy() {
        ProxyProvider proxy = proxyProvider();
        if (proxy == null
                || !proxy.shouldProxy(InetSocketAddress.createUnresolved(String.valueOf(uri.getHost()), port()))) {
            return null;
        }
        SocketAddress address = proxy.getProxyAddress();
        return address instanceof InetSocketAddress inet ? inet.getHostString() + ":" + inet.getPort() : "" + address;
    }

    /** The engine asks the application's supplier too, and fails by itself if that throws. */
    private @Nullable ProxyProvider proxyProvider() {
        ProxyProvider proxy = http.configuration().proxyProvider();
        Supplier<ProxyProvider> supplier = http.configuration().proxyProviderSupplier();
        if (proxy != null || supplier == null) {
            return proxy;
        }
        try {
            return supplier.get();
        } catch (Throwable e) {
            ForeignCode.throwIfFatal(e);
            return null;
        }
    }

    private boolean isSecret(Throwable error) {
        return (key != null && key.appearsIn(error)) || (isQuoteSecret && !(error instanceof IOException));
    }

    /** A server can send a secret back in what the engine then quotes. */
    private @Nullable Throwable withoutSecret(Throwable error) {
        return isSecret(error) ? null : error;
    }
}
