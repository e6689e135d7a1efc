package io.github.batchexports.reactor.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.Operation;
import io.github.batchexports.reactor.LogWatch;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What is logged of failing polls if a watcher has no listener. */
class PollReportsTest extends WatchTestSupport {

    private final LogWatch log = LogWatch.open();

    @AfterEach
    void close() {
        log.close();
    }

    private void everyPollFails() {
        list.fault(call -> Mono.error(transientFailure()));
    }

    @Test
    void failuresAreLoggedAtGrowingDistancesAndRecoveryOnce() {
        everyPollFails();
        view(WatchOptions.builder(), Long.MAX_VALUE);
        assertThat(log.take()).singleElement().asString().startsWith("WARN a poll failed, 1 in a row;");
        clock.advanceTimeBy(INTERVAL.multipliedBy(9));
        assertThat(log.take()).hasSize(3).allMatch(line -> line.matches("WARN a poll failed, [248] in a row; .*"));
        clock.advanceTimeBy(INTERVAL.multipliedBy(500));
        assertThat(log.take())
                .extracting(line -> line.replaceAll("\\D+", ""))
                .containsExactly("16", "32", "64", "128", "256", "384");
        list.fault(call -> null);
        clock.advanceTimeBy(INTERVAL.multipliedBy(2));
        assertThat(log.take()).containsExactly("WARN polls succeed again, after 510 that failed");
        everyPollFails();
        clock.advanceTimeBy(INTERVAL);
        assertThat(log.take()).hasSize(1);
    }

    @Test
    void watchersWithoutListenerShareOneLogLine() {
        everyPollFails();
        for (int i = 0; i < 10; i++) {
            view(WatchOptions.builder(), Long.MAX_VALUE);
        }
        view();
        log.take();
        clock.advanceTimeBy(INTERVAL);
        assertThat(log.take()).hasSize(1);
    }

    @Test
    void nothingIsLoggedIfAllWatchersHaveListeners() {
        everyPollFails();
        view();
        list.fault(call -> null);
        clock.advanceTimeBy(INTERVAL);
        assertThat(polls).hasSize(2);
        assertThat(log.take()).isEmpty();
    }

    @Test
    void fatalFailureIsNotLogged() {
        list.fault(call -> Mono.error(
                new AuthenticationException(CallContext.of(Operation.LIST, null), new ErrorResponse(401, null, null))));
        Viewer viewer = view(WatchOptions.builder().interval(Duration.ofSeconds(1)), 1);
        assertThat(viewer.error).isInstanceOf(AuthenticationException.class);
        assertThat(log.take()).isEmpty();
    }
}
