package io.github.batchexports.springboot;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of an application over HTTP. None is awaited forever: what hangs fails, and says what it was. */
final class Calls {

    private static final int PATIENCE_SECONDS = 60;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Of anything. */
    CompletableFuture<HttpResponse<String>> start(String url) {
        return start(url, "*/*");
    }

    CompletableFuture<HttpResponse<String>> start(String url, String accept) {
        return start(url, accept, BodyHandlers.ofString());
    }

    private <T> CompletableFuture<HttpResponse<T>> start(String url, String accept, BodyHandler<T> body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build();
        return http.sendAsync(request, body);
    }

    HttpResponse<String> get(String url) throws Exception {
        return await(url, start(url));
    }

    <T> HttpResponse<T> get(String url, String accept, BodyHandler<T> body) throws Exception {
        return await(url, start(url, accept, body));
    }

    static <T> T await(String what, CompletableFuture<T> end) throws Exception {
        try {
            return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(what + ": not done after " + PATIENCE_SECONDS + " seconds", late);
        }
    }
}
