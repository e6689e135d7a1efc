package io.github.batchexports.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls to a sandbox over plain HTTP: to its API with both headers, to its storage without. */
final class Calls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern ID = Pattern.compile("\"id\":\"(export_[0-9a-z]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([A-Z]+)\"");

    private Calls() {}

    static HttpResponse<String> api(Sandbox sandbox, String path) throws IOException, InterruptedException {
        return HTTP.send(request(sandbox, path), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest request(Sandbox sandbox, String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .headers("Authorization", "Bearer " + Sandbox.REST_API_KEY, "X-Batch-Project", Sandbox.PROJECT_KEY)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    static HttpResponse<String> create(Sandbox sandbox, String definition) throws IOException, InterruptedException {
        return HTTP.send(creation(sandbox, definition), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest creation(Sandbox sandbox, String definition) {
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/2.8/profiles/export"))
                .headers("Authorization", "Bearer " + Sandbox.REST_API_KEY, "X-Batch-Project", Sandbox.PROJECT_KEY)
                .POST(HttpRequest.BodyPublishers.ofString(definition))
                .build();
    }

    static HttpResponse<String> view(Sandbox sandbox, String exportId) throws IOException, InterruptedException {
        return api(sandbox, "/2.8/exports/view?id=" + exportId);
    }

    static HttpResponse<String> download(Sandbox sandbox, String fileId) throws IOException, InterruptedException {
        return api(sandbox, "/2.8/exports/download?id=" + fileId);
    }

    static URI link(Sandbox sandbox, String fileId) throws IOException, InterruptedException {
        return URI.create(
                download(sandbox, fileId).headers().firstValue("Location").orElseThrow());
    }

    static <T> HttpResponse<T> storage(URI link, HttpResponse.BodyHandler<T> handler, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(link);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), handler);
    }

    static HttpResponse<byte[]> storage(URI link, String... headers) throws IOException, InterruptedException {
        return storage(link, HttpResponse.BodyHandlers.ofByteArray(), headers);
    }

    static String id(String export) {
        return first(ID, export);
    }

    static String status(String export) {
        return first(STATUS, export);
    }

    /** The first file of the newest export that has one. */
    static String fileId(Sandbox sandbox) {
        return sandbox.exports().stream()
                .map(export -> sandbox.fileIds(id(export)))
                .filter(files -> !files.isEmpty())
                .map(files -> files.get(0))
                .findFirst()
                .orElseThrow();
    }

    static List<String> statuses(Sandbox sandbox) {
        return sandbox.exports().stream().map(Calls::status).toList();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
