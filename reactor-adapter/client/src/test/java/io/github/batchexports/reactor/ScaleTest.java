package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.reactor.RawServer.After;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Long listings and many held subscribers, in a JVM of its own whose heap of 32 MiB has to hold the server too. The number
 * of exports is the system property {@code soak.exports}; the build lists some, the {@code soak} profile a million.
 */
class ScaleTest {

    private static final int EXPORTS = Integer.getInteger("soak.exports", 50_000);

    private static final String LIKE_THE_APIS = """
            {"id":"export_%d","request_date":"2024-02-28T16:28:42Z","scope":"PROFILE_ATTRIBUTES","status":"SUCCESS",\
            "request":{"export_type":"ATTRIBUTES","attributes":["$region","$phone_number","$timezone",\
            "$email_marketing","$sms_marketing","$language","$email_address"],"identifiers":["installation_ids",\
            "custom_id"]},"completion_date":"2024-02-28T16:28:48Z","start_date":"2024-02-28T16:28:48Z","files":[{"id":\
            "file_%d","part":1,"size":592752,"url":"https://api.batch.com/2.4/exports/download?id=file_%d"}]}""";

    private static RawServer server(int size) {
        return new RawServer(request -> {
            long offset = ExportsServer.offset(
                    HttpUrl.get("http://localhost" + request.target()).queryParameter("from"));
            StringBuilder exports = new StringBuilder();
            for (long i = offset; i < Math.min(offset + 100, size); i++) {
                exports.append(i == offset ? "" : ",").append(String.format(LIKE_THE_APIS, i, i, i));
            }
            String next = offset + 100 < size ? ExportsServer.cursor(offset + 100) : null;
            return Fault.bytes(Fault.ok(ExportsServer.page(exports.toString(), next)), After.KEEP);
        });
    }

    private static BatchExportsClient client(RawServer server) {
        return BatchExportsClient.builder()
                .restApiKey(ExportsServer.KEY)
                .projectKey(ExportsServer.PROJECT)
                .baseUrl(server.baseUrl())
                .requestsPerSecond(0)
                .build();
    }

    @Test
    void allExportsArriveOnceAndInOrder() {
        AtomicLong next = new AtomicLong();
        try (RawServer server = server(EXPORTS);
                BatchExportsClient client = client(server)) {
            client.list()
                    .doOnNext(export -> assertThat(export.id()).isEqualTo(ExportsServer.id(next.getAndIncrement())))
                    .blockLast(Duration.ofMinutes(30));
            System.out.println("Listed " + next + " exports");
            assertThat(next).hasValue(EXPORTS);
            assertThat(server.calls()).isEqualTo((EXPORTS + 99) / 100);
        }
    }

    @Test
    void heldSubscribersKeepOnePageEach() throws InterruptedException {
        int held = 20;
        try (RawServer server = server(10_000);
                BatchExportsClient client = client(server)) {
            client.list().take(1_000).blockLast(Duration.ofMinutes(1));
            int callsBefore = server.calls();
            long before = usedBytes();
            CountDownLatch first = new CountDownLatch(held);
            List<BaseSubscriber<ExportRequest>> subscribers = new ArrayList<>();
            for (int i = 0; i < held; i++) {
                BaseSubscriber<ExportRequest> subscriber = new BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(Subscription subscription) {
                        request(1);
                    }

                    @Override
                    protected void hookOnNext(ExportRequest export) {
                        first.countDown();
                    }
                };
                subscribers.add(subscriber);
                client.list().subscribe(subscriber);
            }
            assertThat(first.await(1, TimeUnit.MINUTES)).isTrue();
            long kept = (usedBytes() - before) / held;
            System.out.println("Kept for each held subscriber: " + kept / 1024 + " KiB");
            assertThat(server.calls() - callsBefore).isEqualTo(held);
            assertThat(kept).isLessThan(200 * 1024);
            subscribers.forEach(BaseSubscriber::cancel);
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
