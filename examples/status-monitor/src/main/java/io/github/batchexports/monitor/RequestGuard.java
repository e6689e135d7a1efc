package io.github.batchexports.monitor;

import java.net.InetAddress;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses what other web sites make a browser ask for, and what would make calls for nothing. */
@Component
class RequestGuard implements WebFilter {

    private static final Pattern LOCAL_HOST = Pattern.compile("(?i)(localhost|127(\\.\\d+){3}|\\[::1])(:\\d+)?");

    private final boolean isLocal;

    RequestGuard(ServerProperties server) {
        InetAddress address = server.getAddress();
        this.isLocal = address != null && address.isLoopbackAddress();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        // Others may link to the page, which has no data.
        boolean isPage = request.getPath().pathWithinApplication().value().equals("/");
        if (isForOtherHost(request) || !isPage && isFromOtherSite(request)) {
            return refuse(exchange, HttpStatus.FORBIDDEN);
        }
        if (!isPage && request.getMethod() == HttpMethod.HEAD) {
            // Spring would make the calls of a GET, and drop its body.
            exchange.getResponse().getHeaders().setAllow(Set.of(HttpMethod.GET));
            return refuse(exchange, HttpStatus.METHOD_NOT_ALLOWED);
        }
        return chain.filter(exchange);
    }

    /** Such as a name that another site has pointed to this machine, whose pages could read the answer as their own. */
    private boolean isForOtherHost(ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return isLocal && (host == null || !LOCAL_HOST.matcher(host).matches());
    }

    private static boolean isFromOtherSite(ServerHttpRequest request) {
        return "cross-site".equals(request.getHeaders().getFirst("Sec-Fetch-Site"));
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status) {
        exchange.getResponse().setStatusCode(status);
        return exchange.getResponse().setComplete();
    }
}
