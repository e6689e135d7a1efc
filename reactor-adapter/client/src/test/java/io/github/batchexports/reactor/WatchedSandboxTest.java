package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportChange.Kind;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.PollResult;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Watches of the sandbox, which counts the calls, on a clock that a test advances from poll to poll. */
class WatchedSandboxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(clock);
    private final BlockingQueue<PollResult> polls = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        clock.dispose();
    }

    private BatchExportsClientBuilder client(String baseUrl) {
        return BatchExportsClient.builder()
                .restApiKey(Sandbox.REST_API_KEY)
                .projectKey(Sandbox.PROJECT_KEY)
                .baseUrl(baseUrl)
                .requestsPerSecond(0)
                .responseTimeout(Duration.ofHours(1))
                .scheduler(timers);
    }

    /** Makes all exports final; returns their ids, newest first. */
    private static List<String> endAll(Sandbox sandbox) {
        List<String> ids =
                sandbox.exports().stream().map(WatchedSandboxTest::id).toList();
        ids.forEach(id -> sandbox.setStatus(id, "SUCCESS"));
        return ids;
    }

    private static String id(String json) {
        try {
            return JSON.readTree(json).get("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PollResult endOfPoll() throws InterruptedException {
        PollResult poll = polls.poll(60, TimeUnit.SECONDS);
        assertThat(poll).isNotNull();
        assertThat(poll.failure()).isNull();
        return poll;
    }

    private PollResult nextPoll() throws InterruptedException {
        // A poll is reported before the timer of the next one is set; the other timer is that of the response timeout.
        Flux.interval(Duration.ofMillis(1))
                .takeUntil(tick -> timers.pending() == 2)
                .blockLast(PATIENCE);
        clock.advanceTimeBy(Duration.ofSeconds(30));
        return endOfPoll();
    }

    @Test
    void stragglerOnPageFiveCostsOneCallPerPollAndLosesNoChange() throws InterruptedException {
        List<String> asked = new CopyOnWriteArrayList<>();
        PollCache passing = (page, maxAge, fetch) -> {
            asked.add(page);
            return fetch;
        };
        try (Sandbox sandbox = Sandbox.builder().exports(500).start();
                BatchExportsClient client =
                        client(sandbox.baseUrl()).pollCache(project -> passing).build()) {
            List<String> ids = endAll(sandbox);
            List.of(3, 50, 450).forEach(index -> sandbox.setStatus(ids.get(index), "RUNNING"));
            List<ExportChange> changes = new CopyOnWriteArrayList<>();
            client.watch(WatchOptions.builder().onPoll(polls::add).build()).subscribe(changes::add);

            int told = endOfPoll().calls();
            for (int poll = 2; poll <= 20; poll++) {
                if (poll == 5) {
                    sandbox.setStatus(ids.get(3), "ERROR");
                }
                if (poll == 20) {
                    sandbox.setStatus(ids.get(50), "SUCCESS");
                    sandbox.setStatus(ids.get(450), "ERROR");
                }
                told += nextPoll().calls();
            }

            assertThat(sandbox.calls()).isEqualTo(5 + 19 * 2).isEqualTo(told).isLessThanOrEqualTo(45);
            assertThat(sandbox.viewCalls()).isEqualTo(19);
            // Processes that share a cache share the views of their polls too.
            assertThat(asked).filteredOn(("id=" + ids.get(450))::equals).hasSize(19);
            assertThat(changes.subList(0, 500)).allMatch(change -> change.kind() == Kind.INITIAL);
            assertThat(changes.subList(500, changes.size()))
                    .extracting(change -> change.kind() + " " + change.export().id() + " "
                            + change.export().status().text())
                    .containsExactly(
                            "STATUS " + ids.get(3) + " ERROR",
                            "STATUS " + ids.get(50) + " SUCCESS",
                            "STATUS " + ids.get(450) + " ERROR");

            int before = sandbox.calls();
            nextPoll();
            assertThat(sandbox.calls() - before).isEqualTo(1);
        }
    }

    @Test
    void twoHundredSnapshotSubscribersCostTheCallsOfOne() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().exports(470).start();
                BatchExportsClient client = client(sandbox.baseUrl()).build()) {
            endAll(sandbox);
            List<ExportSnapshot> seen = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 199; i++) {
                client.snapshots().subscribe(seen::add);
            }
            client.snapshots(WatchOptions.builder().onPoll(polls::add).build()).subscribe(seen::add);
            endOfPoll();
            String added = sandbox.addExport();
            nextPoll();
            assertThat(sandbox.calls()).isEqualTo(5 + 2);
            assertThat(seen).hasSize(400);
            assertThat(seen.subList(200, 400)).allMatch(snapshot -> snapshot.find(added) != null);
            assertThat(client.snapshots().blockFirst(PATIENCE)).isSameAs(seen.get(399));
            assertThat(sandbox.calls()).isEqualTo(5 + 2);
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void outageAndRecoveryAreLogged() throws Exception {
        int port = closedPort();
        // Advances continuously, for the retries.
        Disposable ticks =
                Flux.interval(Duration.ofMillis(2)).subscribe(tick -> clock.advanceTimeBy(Duration.ofSeconds(1)));
        try (LogWatch log = LogWatch.open();
                BatchExportsClient client = client("http://127.0.0.1:" + port).build()) {
            client.watch().subscribe();
            assertThat(log.next("a poll failed, 1 in a row")).startsWith("WARN").doesNotContain(Sandbox.REST_API_KEY);
            log.next("a poll failed, 2 in a row");
            log.next("a poll failed, 4 in a row");
            try (Sandbox sandbox = Sandbox.builder().port(port).start()) {
                log.next("polls succeed again");
                assertThat(sandbox.listCalls()).isPositive();
            }
        } finally {
            ticks.dispose();
        }
    }
}
