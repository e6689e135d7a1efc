package io.github.batchexports.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code GET /exports/changes}: one watch of the API, and what each browser gets of it. */
class ChangesIT {

    /** The id of what was before all events, whenever the page with this one was opened. */
    private static String beginning(String eventId) {
        return eventId.replaceFirst("-\\d+$", "-0");
    }

    @Test
    void twoHundredOpenPagesCostOneStreamOfPolls() {
        try (Sandbox sandbox = Sandbox.builder().exports(50).start();
                Monitor monitor = Monitor.start(sandbox)) {
            List<OpenPage> pages = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                pages.add(OpenPage.open(monitor));
            }
            pages.forEach(page -> page.next("reload"));

            for (int change = 0; change < 3; change++) {
                String id = sandbox.addExport();
                pages.forEach(page -> page.readUntil(id, "CREATED"));
            }

            // A few polls for each change; if every page polled, it would be 200 for the first one alone.
            assertThat(sandbox.listCalls()).isBetween(4, 40);
            pages.forEach(OpenPage::close);
        }
    }

    @Test
    void aPageThatComesBackGetsWhatItMissedOnce() {
        try (Sandbox sandbox = Sandbox.builder().exports(150).start();
                Monitor monitor = Monitor.start(sandbox);
                OpenPage other = OpenPage.open(monitor)) {
            other.next("reload");
            String first = sandbox.addExport();
            other.readUntil(first, "CREATED");
            // New after something was said, so that the first poll is over when it comes.
            String second = sandbox.addExport();
            other.readUntil(second, "CREATED");
            String lastEventId;
            try (OpenPage page = OpenPage.open(monitor)) {
                lastEventId = page.next("reload").id();
            }

            String third = sandbox.addExport();
            sandbox.setStatus(first, "RUNNING");
            other.readUntil(first, "RUNNING");
            sandbox.setStatus(first, "ERROR");
            sandbox.setStatus(second, "RUNNING");
            other.readUntil(first, "ERROR");

            try (OpenPage page = OpenPage.resume(monitor, lastEventId)) {
                List<String> missed = page.readUntil(first, "ERROR");
                String sentinel = sandbox.addExport();
                missed.addAll(page.readUntil(sentinel, "CREATED"));

                assertThat(missed)
                        .containsExactlyInAnyOrder(
                                third + " CREATED", first + " ERROR", second + " RUNNING", sentinel + " CREATED");
                assertThat(page.lastEventId()).isNotEqualTo(lastEventId);
            }
        }
    }

    @Test
    void nothingIsLostWhileNobodyLooks() {
        try (Sandbox sandbox = Sandbox.builder().exports(20).start();
                Monitor monitor = Monitor.start(sandbox, "monitor.linger=0s")) {
            OpenPage before = OpenPage.open(monitor);
            before.next("reload");
            String id = sandbox.addExport();
            before.readUntil(id, "CREATED");
            String sentinel = sandbox.addExport();
            before.readUntil(sentinel, "CREATED");
            before.close();
            sandbox.setStatus(id, "SUCCESS");

            try (OpenPage after = OpenPage.resume(monitor, before.lastEventId())) {
                assertThat(after.readUntil(id, "SUCCESS")).containsExactly(id + " SUCCESS");
            }
        }
    }

    @Test
    void aPageThatCannotGoOnIsToldToReload() {
        try (Sandbox sandbox = Sandbox.builder().exports(30).start();
                Monitor monitor = Monitor.start(sandbox, "monitor.remembered=10", "monitor.heartbeat=200ms")) {
            OpenPage first = OpenPage.open(monitor);
            String lastEventId = beginning(first.next("reload").id());
            // By the second poll, the first one has filled the log.
            first.nextHeartbeat(data -> sandbox.listCalls() > 1);
            first.close();

            for (String unknown : List.of(lastEventId, "another-process-1", "nonsense")) {
                try (OpenPage page = OpenPage.resume(monitor, unknown)) {
                    String next = sandbox.addExport();
                    assertThat(page.readUntil(next, "CREATED")).containsExactly("reload", next + " CREATED");
                }
            }
        }
    }

    @Test
    void aSlowPageHoldsUpNobodyAndGetsEachExportOnce() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().exports(600).start();
                Monitor monitor = Monitor.startWithSmallBuffers(sandbox);
                OpenPage quick = OpenPage.open(monitor)) {
            String beginning = beginning(quick.next("reload").id());
            quick.passFirstPoll(sandbox);
            SlowReader slow = new SlowReader(monitor, "/exports/changes?lastEventId=" + beginning);
            slow.read(1, line -> line.equals("event:export"));

            String id = sandbox.addExport();
            for (String status : List.of("CREATED", "PENDING", "RUNNING", "SUCCESS")) {
                sandbox.setStatus(id, status);
                quick.readUntil(id, status);
            }

            int[] heard = {0};
            slow.read(1, line -> {
                heard[0] += line.contains(id) ? 1 : 0;
                return line.contains(id) && line.contains("\"SUCCESS\"");
            });
            assertThat(heard[0]).isEqualTo(1);
            slow.close();
        }
    }

    @Test
    void aFailureOfAPollIsToldWithTheHeartbeatUntilAnExportChanges() {
        try (Sandbox sandbox = Sandbox.builder().exports(5).start();
                Relay api = new Relay(URI.create(sandbox.baseUrl()).getPort());
                Monitor monitor = Monitor.start(
                        sandbox,
                        "batch.exports.base-url=" + api.url(),
                        "batch.exports.retry.max-attempts=1",
                        "monitor.heartbeat=200ms");
                OpenPage page = OpenPage.open(monitor)) {
            page.next("reload");
            assertThat(page.next("heartbeat").data()).contains("\"failure\":null", "\"nextAfterMillis\":200");
            page.readUntil(sandbox.addExport(), "CREATED");

            api.cut();
            String data = page.nextHeartbeat(failure -> !failure.contains("\"failure\":null"));
            api.heal();
            page.readUntil(sandbox.addExport(), "CREATED");
            page.nextHeartbeat(health -> health.contains("\"failure\":null"));

            assertThat(data).contains("\"failure\":\"list exports failed: ").doesNotContain(Sandbox.REST_API_KEY);
        }
    }
}
