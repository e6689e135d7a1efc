package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a poll reports. */
class PollResultTest {

    private static PollResult.Builder poll() {
        return PollResult.builder()
                .startedAt(Instant.EPOCH)
                .duration(Duration.ofSeconds(2))
                .calls(3)
                .pages(2)
                .changes(1);
    }

    @Test
    void pollWithoutFailureIsASuccess() {
        PollResult poll = poll().build();
        assertThat(poll.isSuccess()).isTrue();
        assertThat(poll.failure()).isNull();
        assertThat(poll.startedAt()).isEqualTo(Instant.EPOCH);
        assertThat(poll.duration()).isEqualTo(Duration.ofSeconds(2));
        assertThat(poll.calls()).isEqualTo(3);
        assertThat(poll.pages()).isEqualTo(2);
        assertThat(poll.changes()).isEqualTo(1);
        assertThat(poll)
                .hasToString("PollResult[startedAt=1970-01-01T00:00:00Z, duration=PT2S, calls=3, pages=2, changes=1,"
                        + " failure=null]");
    }

    @Test
    void failureIsPartOfEquality() {
        RuntimeException failure = new IllegalStateException("of the test");
        PollResult failed = poll().failure(failure).build();
        assertThat(failed.isSuccess()).isFalse();
        assertThat(failed.failure()).isSameAs(failure);
        assertThat(failed)
                .isEqualTo(poll().failure(failure).build())
                .hasSameHashCodeAs(poll().failure(failure).build())
                .isNotEqualTo(poll().build());
    }

    @Test
    void startedAtIsRequired() {
        assertThatThrownBy(() -> PollResult.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("startedAt");
    }
}
