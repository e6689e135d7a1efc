package io.github.batchexports.benchmarks.probe;

import com.fasterxml.jackson.databind.ObjectReader;
import io.github.batchexports.benchmarks.json.Mappers;
import io.github.batchexports.benchmarks.json.Page;
import io.github.batchexports.reactor.BatchExportsClient;
import java.io.IOException;
import java.util.Objects;
import reactor.netty.http.client.HttpClient;

/** A program of its own, so that nothing is loaded before it starts: prints the milliseconds from {@code main} to each mark. */
public final class FirstExport {

    private static final StringBuilder MARKS = new StringBuilder();

    private FirstExport() {}

    /** Takes {@code ours} or {@code bare}, and the URL of a server. */
    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        if (arguments[0].equals("ours")) {
            ours(arguments[1], start);
        } else {
            bare(arguments[1], start);
        }
        mark("export", start);
        System.out.print(MARKS);
    }

    private static void ours(String baseUrl, long start) {
        BatchExportsClient client = BatchExportsClient.builder()
                .restApiKey("benchmark-rest-api-key")
                .projectKey("project_benchmark")
                .baseUrl(baseUrl)
                .httpClient(http -> marked(http, start))
                .build();
        mark("client", start);
        Objects.requireNonNull(client.list().take(1).blockLast());
    }

    private static void bare(String baseUrl, long start) throws IOException {
        HttpClient http = marked(HttpClient.create(), start);
        ObjectReader reader = Mappers.jackson2().readerFor(Page.class);
        mark("client", start);
        byte[] body = http.get()
                .uri(baseUrl + "/2.8/exports/list?limit=100")
                .responseContent()
                .aggregate()
                .asByteArray()
                .block();
        Page page = reader.readValue(body);
        Objects.requireNonNull(page.exports().get(0));
    }

    private static HttpClient marked(HttpClient http, long start) {
        return http.doOnRequest((request, connection) -> mark("request", start))
                .doOnResponse((response, connection) -> mark("answer", start));
    }

    private static synchronized void mark(String name, long start) {
        double millis = (System.nanoTime() - start) / 1e6;
        MARKS.append(name).append(' ').append(millis).append('\n');
    }
}
