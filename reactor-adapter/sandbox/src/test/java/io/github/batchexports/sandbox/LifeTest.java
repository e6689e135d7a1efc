package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.batchexports.sandbox.internal.storage.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How exports appear and move, on a clock that only the test moves. */
class LifeTest {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock();

    private SandboxBuilder living() {
        return Sandbox.builder().clock(clock).newExportEvery(PERIOD);
    }

    @Test
    void sandboxIsStillByDefault() {
        try (Sandbox still = Sandbox.builder().clock(clock).start()) {
            String before = String.join("\n", still.exports());
            byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
            assertThat(Sha256.of(new ByteArrayInputStream(bytes)))
                    .isEqualTo("232a037798ad0343ed37da877627febcbfff60b234ae61064ca7a819541ba0b1");
            clock.set(Duration.ofDays(365));
            assertThat(String.join("\n", still.exports())).isEqualTo(before);
        }
    }

    @Test
    void livingSandboxBeginsLikeStillOne() {
        try (Sandbox still = Sandbox.builder().clock(clock).start();
                Sandbox living = living().start()) {
            assertThat(living.exports()).isEqualTo(still.exports());
        }
    }

    @Test
    void everyPeriodANewExportAppearsInFront() {
        try (Sandbox sandbox = living().start()) {
            List<String> before = ids(sandbox);
            clock.set(PERIOD.minusNanos(1));
            assertThat(ids(sandbox)).isEqualTo(before);
            clock.set(PERIOD);
            String newest = sandbox.exports().get(0);
            assertThat(newest).contains("\"status\":\"CREATED\"", "\"request_date\":\"2026-02-03T04:05:16Z\"");
            clock.set(PERIOD.multipliedBy(3));
            List<String> after = ids(sandbox);
            assertThat(after).hasSize(before.size() + 3).doesNotHaveDuplicates();
            assertThat(after.get(2)).isEqualTo(Calls.id(newest));
            assertThat(after.subList(3, after.size())).isEqualTo(before);
        }
    }

    @Test
    void exportsMoveOneStatusAtATimeInStepsOfAboutAPeriod() {
        Map<String, Map<String, Integer>> seen = new LinkedHashMap<>();
        try (Sandbox sandbox = living().exports(0).start()) {
            for (int second = 0; second <= 400; second++) {
                clock.set(Duration.ofSeconds(second));
                for (String export : sandbox.exports()) {
                    seen.computeIfAbsent(Calls.id(export), id -> new LinkedHashMap<>())
                            .putIfAbsent(Calls.status(export), second);
                }
            }
        }
        List<String> ends = new ArrayList<>();
        new ArrayList<>(seen.values()).subList(0, 35).forEach(times -> {
            List<String> statuses = new ArrayList<>(times.keySet());
            assertThat(statuses.subList(0, 3)).containsExactly("CREATED", "PENDING", "RUNNING");
            assertThat(statuses).hasSize(4);
            ends.add(statuses.get(3));
            List<Integer> seconds = new ArrayList<>(times.values());
            for (int i = 1; i < seconds.size(); i++) {
                assertThat(seconds.get(i) - seconds.get(i - 1)).isBetween(2, 16);
            }
        });
        assertThat(ends).contains("SUCCESS", "ERROR").containsOnly("SUCCESS", "ERROR");
    }

    @Test
    void datesAndFilesComeWithTheStatusThatTheyBelongTo() {
        try (Sandbox sandbox = living().exports(0).start()) {
            Map<String, Integer> seen = new HashMap<>();
            for (int second = 0; second <= 400; second++) {
                clock.set(Duration.ofSeconds(second));
                for (String export : sandbox.exports()) {
                    String status = Calls.status(export);
                    boolean ended = List.of("SUCCESS", "ERROR").contains(status);
                    assertThat(export.contains("\"start_date\"")).isEqualTo(ended || status.equals("RUNNING"));
                    assertThat(export.contains("\"completion_date\"")).isEqualTo(ended);
                    assertThat(export.contains("\"files\":[]")).isEqualTo(!status.equals("SUCCESS"));
                    seen.merge(status, 1, Integer::sum);
                }
            }
            assertThat(seen).containsOnlyKeys("CREATED", "PENDING", "RUNNING", "SUCCESS", "ERROR");
        }
    }

    @Test
    void pendingExportsEndAndEndedOnesStay() {
        try (Sandbox sandbox = living().start()) {
            List<String> before = sandbox.exports();
            assertThat(Calls.statuses(sandbox)).contains("CREATED", "PENDING", "RUNNING");
            clock.set(PERIOD.multipliedBy(5));
            List<String> after = sandbox.exports().subList(5, before.size() + 5);
            for (int i = 0; i < before.size(); i++) {
                assertThat(Calls.id(after.get(i))).isEqualTo(Calls.id(before.get(i)));
                assertThat(Calls.status(after.get(i))).isIn("SUCCESS", "ERROR");
                if (before.get(i).contains("completion_date")) {
                    assertThat(after.get(i)).isEqualTo(before.get(i));
                }
            }
        }
    }

    @Test
    void exportsDependOnTimeOnly() {
        try (Sandbox watched = living().start();
                Sandbox unwatched = living().start();
                Sandbox other = living().seed(2).start()) {
            List<String> atTwoPeriods = new ArrayList<>();
            for (int second = 0; second <= 300; second++) {
                clock.set(Duration.ofSeconds(second));
                if (second == 20) {
                    atTwoPeriods.addAll(watched.exports());
                }
                watched.exports();
            }
            assertThat(watched.exports()).isEqualTo(unwatched.exports());
            assertThat(watched.exports()).isNotEqualTo(other.exports());
            clock.set(PERIOD.multipliedBy(2));
            assertThat(watched.exports()).isEqualTo(atTwoPeriods);
        }
    }

    @Test
    void oldestExportsLeaveAfterThousandMore() {
        try (Sandbox sandbox = living().exports(3).start()) {
            clock.set(PERIOD.multipliedBy(998));
            List<String> early = ids(sandbox);
            assertThat(early).hasSize(1_001);
            clock.set(PERIOD.multipliedBy(1_001));
            List<String> later = ids(sandbox);
            assertThat(later)
                    .hasSize(1_003)
                    .contains(early.get(0), early.get(999))
                    .doesNotContain(early.get(1_000));
            clock.set(PERIOD.multipliedBy(1_000_000));
            assertThat(ids(sandbox)).hasSize(1_003).doesNotHaveDuplicates().doesNotContainAnyElementsOf(later);
            assertThat(Calls.statuses(sandbox)).filteredOn("ERROR"::equals).hasSizeBetween(80, 170);
        }
    }

    @Test
    void addedExportMovesWithSetStatus() {
        try (Sandbox sandbox = Sandbox.builder().clock(clock).start()) {
            String id = sandbox.addExport();
            assertThat(sandbox.exports()).hasSize(254);
            assertThat(sandbox.exports().get(0)).contains(id, "\"status\":\"CREATED\"", "\"files\":[]");
            clock.set(Duration.ofMinutes(1));
            sandbox.setStatus(id, "RUNNING");
            assertThat(sandbox.exports().get(0))
                    .contains("\"status\":\"RUNNING\"", "\"start_date\":\"2026-02-03T04:06:06Z\"")
                    .doesNotContain("completion_date");
            assertThat(sandbox.fileIds(id)).isEmpty();
            clock.set(Duration.ofMinutes(2));
            sandbox.setStatus(id, "SUCCESS");
            assertThat(sandbox.exports().get(0))
                    .contains(
                            "\"start_date\":\"2026-02-03T04:06:06Z\"", "\"completion_date\":\"2026-02-03T04:07:06Z\"");
            assertThat(sandbox.fileIds(id)).isNotEmpty();
            sandbox.setStatus(id, "ERROR");
            assertThat(sandbox.fileIds(id)).isEmpty();
            assertThat(sandbox.addExport()).isNotEqualTo(id);
        }
    }

    @Test
    void inASandboxThatLivesWhatATestSaysStaysAndTheRestGoesOn() {
        try (Sandbox sandbox = living().start()) {
            String held = sandbox.addExport();
            String free = sandbox.addExport();
            sandbox.setStatus(held, "PENDING");
            clock.set(PERIOD.multipliedBy(5));
            List<String> exports = sandbox.exports();
            assertThat(Calls.id(exports.get(5))).isEqualTo(free);
            assertThat(Calls.status(exports.get(5))).isIn("SUCCESS", "ERROR");
            assertThat(Calls.id(exports.get(6))).isEqualTo(held);
            assertThat(Calls.status(exports.get(6))).isEqualTo("PENDING");
        }
    }

    @Test
    void unknownIdsAndInvalidOptionsAreRefused() {
        try (Sandbox sandbox = Sandbox.start()) {
            assertThatIllegalArgumentException().isThrownBy(() -> sandbox.setStatus("export_x", "ERROR"));
            assertThatIllegalArgumentException().isThrownBy(() -> sandbox.fileIds("export_x"));
            assertThatIllegalArgumentException().isThrownBy(() -> sandbox.fileContent("file_x"));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> living().newExportEvery(PERIOD.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> living().fileBytes(-1));
    }

    private static List<String> ids(Sandbox sandbox) {
        return sandbox.exports().stream().map(Calls::id).toList();
    }
}
