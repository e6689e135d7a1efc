package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.monitor.PollStatus.Kind;
import io.github.batchexports.sandbox.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code GET /exports/changes}: one watch of the API, and what each page gets of it. */
class ChangesIT {

    private static final int LISTING = 3;
    private static final String ONE_POLL = "monitor.interval=1h";

    @Test
    void thirtyPagesCostTheOnePollThatWasMadeAnyway() {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(sandbox, ONE_POLL)) {
            List<OpenPage> pages = OpenPage.open(monitor, 30);
            pages.forEach(page -> assertThat(page.skipList()).isEqualTo(253));

            assertThat(sandbox.calls()).isEqualTo(LISTING);
            pages.forEach(OpenPage::close);
        }
    }

    @Test
    void twoHundredPagesThatComeBackAfterARestartCostTheOnePollOfTheStart() {
        try (Sandbox sandbox = Sandbox.start()) {
            Monitor before = Monitor.start(sandbox, ONE_POLL);
            List<OpenPage> pages = OpenPage.open(before, 200);
            pages.forEach(page -> assertThat(page.skipList()).isEqualTo(253));
            before.close();
            int calls = sandbox.calls();

            try (Monitor after = Monitor.start(sandbox, ONE_POLL, "server.port=" + before.port())) {
                pages.forEach(page -> assertThat(page.skipList()).isEqualTo(253));

                assertThat(after.port()).isEqualTo(before.port());
                assertThat(sandbox.calls() - calls).isEqualTo(LISTING);
                pages.forEach(OpenPage::close);
            }
        }
    }

    @Test
    void stopEndsStreamWithoutError() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            Monitor monitor = Monitor.start(sandbox, ONE_POLL);
            CountDownLatch listed = new CountDownLatch(1);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            monitor.bean(PageEvents.class).stream()
                    .subscribe(
                            event -> {
                                if ("listed".equals(event.event())) {
                                    listed.countDown();
                                }
                            },
                            failure::set);
            assertThat(listed.await(30, TimeUnit.SECONDS)).isTrue();
            monitor.close();
            assertThat(failure).hasNullValue();
        }
    }

    @Test
    void pageReceivesListThenChanges() {
        try (Sandbox sandbox = Sandbox.builder().exports(150).start();
                Monitor monitor = Monitor.start(sandbox);
                OpenPage first = OpenPage.open(monitor)) {
            assertThat(first.readList()).hasSize(150);

            String added = sandbox.addExport();
            assertThat(first.readList()).containsExactly("DISCOVERED " + added + " CREATED");
            sandbox.setStatus(added, "RUNNING");
            assertThat(first.readList()).containsExactly("STATUS " + added + " RUNNING");

            try (OpenPage second = OpenPage.open(monitor)) {
                assertThat(second.readList()).hasSize(151).contains("INITIAL " + added + " RUNNING");
                sandbox.setStatus(added, "ERROR");
                Stream.of(first, second)
                        .forEach(page -> assertThat(page.readList()).containsExactly("STATUS " + added + " ERROR"));
            }
        }
    }

    @Test
    void unlistedExportIsRemoved() {
        MovableClock clock = new MovableClock();
        try (Sandbox sandbox = Sandbox.builder()
                        .exports(5)
                        .clock(clock)
                        .newExportEvery(Duration.ofSeconds(1))
                        .start();
                Monitor monitor = Monitor.start(sandbox);
                OpenPage page = OpenPage.open(monitor)) {
            List<String> all = page.readList();
            // What is not final is looked for until it is found.
            String oldest = all.get(4).split(" ")[1];
            sandbox.setStatus(oldest, "RUNNING");
            page.readUntil("STATUS " + oldest + " RUNNING");

            // A thousand new ones later the oldest leaves.
            clock.move(Duration.ofSeconds(1_001));

            page.readUntil("REMOVED " + oldest + " RUNNING");
        }
    }

    @Test
    void slowPageDelaysNobodyAndGetsEachExportOnce() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().exports(3_000).start();
                Monitor monitor = Monitor.startWithSmallBuffers(sandbox);
                OpenPage quick = OpenPage.open(monitor)) {
            quick.readList();
            try (SlowReader slow = new SlowReader(monitor, "/exports/changes")) {
                slow.read(1, line -> line.equals("event:changes"));

                String id = sandbox.addExport();
                quick.readUntil("DISCOVERED " + id + " CREATED");
                for (String status : List.of("PENDING", "RUNNING", "SUCCESS")) {
                    sandbox.setStatus(id, status);
                    quick.readUntil("STATUS " + id + " " + status);
                }

                int[] heard = {0};
                slow.read(1, line -> {
                    heard[0] += line.contains(id) ? 1 : 0;
                    return line.contains(id) && line.contains("\"SUCCESS\"");
                });
                assertThat(heard[0]).isEqualTo(1);
            }
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void refusedKeyReachesEachPageAndIsLoggedOnce(CapturedOutput output) {
        try (Sandbox sandbox = Sandbox.start();
                Monitor monitor = Monitor.start(
                        sandbox, "batch.exports.rest-api-key=a-secret-that-is-wrong", "monitor.heartbeat=200ms");
                OpenPage page = OpenPage.open(monitor)) {
            assertThat(page.nextStatus(Kind.REFUSED))
                    .contains("\"failure\":\"list exports failed: HTTP 401")
                    .doesNotContain("secret");
            page.next("status", data -> sandbox.calls() > 2);

            assertThat(output.toString()).containsOnlyOnce("HTTP 401").doesNotContain("secret", "pages are live");
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void pollsThatFailAreToldAndLoggedOnceUntilOneSucceeds(CapturedOutput output) {
        try (Sandbox sandbox = Sandbox.builder().exports(5).start();
                Relay api = new Relay(URI.create(sandbox.baseUrl()).getPort());
                Monitor monitor = Monitor.start(
                        sandbox,
                        "batch.exports.base-url=" + api.url(),
                        "batch.exports.retry.max-attempts=3",
                        "batch.exports.retry.first-delay=1ms",
                        "monitor.heartbeat=200ms");
                OpenPage page = OpenPage.open(monitor)) {
            page.readList();
            page.nextStatus(Kind.LIVE);

            api.cut();
            assertThat(page.nextStatus(Kind.FAILING)).contains("\"failure\":\"list exports failed (attempt 3): ");
            try (OpenPage late = OpenPage.open(monitor)) {
                assertThat(late.readList()).as("the list as it was").hasSize(5);
                late.nextStatus(Kind.FAILING);
            }
            api.recover();

            page.nextStatus(Kind.LIVE);
            assertThat(output.toString())
                    .containsOnlyOnce("list exports failed")
                    .containsOnlyOnce("FAILING")
                    .doesNotContain("DELAYED");
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void holdIsShownWithItsEndAndLoggedOnce(CapturedOutput output) {
        try (Sandbox sandbox = Sandbox.builder().requestsPerSecond(0.5).start();
                Monitor monitor =
                        Monitor.start(sandbox, "batch.exports.retry.max-attempts=1", "monitor.heartbeat=200ms");
                OpenPage page = OpenPage.open(monitor)) {
            // The first page is given, and the second comes too soon.
            String status = page.nextStatus(Kind.HELD);

            String until = status.replaceFirst(".*\"heldUntil\":\"([^\"]*)\".*", "$1");
            assertThat(Instant.parse(until)).isAfter(Instant.now());
            assertThat(status).contains("\"listedAt\":null");
            page.next("status", data -> sandbox.calls() > 4 && data.contains("HELD"));
            assertThat(output.toString()).containsOnlyOnce("HTTP 429").doesNotContain("pages are live");
        }
    }
}
