package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorHistoryTest {

    private final CursorHistory history = new CursorHistory();

    /** The index of the cursor at which a listing of tail + cycle + cycle + ... is stopped, or the limit. */
    private static int foundAt(int tail, int length, int limit) {
        CursorHistory history = new CursorHistory();
        for (int i = 0; i < limit; i++) {
            int place = i < tail ? i : tail + (i - tail) % length;
            if (!history.add("cursor-" + place)) {
                return i;
            }
        }
        return limit;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 13})
    void cycleOfUpTo1024IsFoundAtItsFirstRepeat(int tail) {
        for (int length = 1; length <= CursorHistory.RECENT; length++) {
            assertThat(foundAt(tail, length, 10_000)).as("cycle of %d", length).isEqualTo(tail + length);
        }
    }

    @ParameterizedTest
    @CsvSource({"1023, 1024", "1024, 1024", "1025, 1", "2047, 1023", "5000, 1", "5000, 2", "5000, 1024"})
    void shortCycleFarIntoAListingIsFoundAtItsFirstRepeat(int tail, int length) {
        assertThat(foundAt(tail, length, 20_000)).isEqualTo(tail + length);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1025",
        "0, 1500",
        "0, 2048",
        "0, 2049",
        "0, 5000",
        "0, 100000",
        "1, 1025",
        "1, 5000",
        "300, 1500",
        "1024, 1025",
        "4096, 4096",
        "4097, 1500",
        "20000, 5000",
        "70000, 1025"
    })
    void longerCycleIsFoundWithinABoundedNumberOfPages(int tail, int length) {
        int bound = 2 * Math.max(tail, length) + length;

        assertThat(foundAt(tail, length, 2 * bound)).isBetween(tail + length, bound);
    }

    @Test
    void millionDistinctCursorsRaiseNoAlarm() {
        for (int i = 0; i < 1_000_000; i++) {
            if (!history.add(Integer.toString(i))) {
                throw new AssertionError("false alarm at cursor " + i);
            }
        }
    }

    @Test
    void similarCursorsAreDistinguished() {
        List<IntFunction<String>> families = List.of(
                i -> Character.toString(i + 1),
                i -> "a".repeat(i),
                i -> "\0".repeat(i + 1_100),
                i -> "a".repeat(i) + "b" + "a".repeat(1_023 - i),
                i -> (char) ('a' + i / 32) + "x" + (char) ('a' + i % 32),
                i -> (char) ('a' + i % 32) + "y" + (char) ('a' + i / 32));
        Set<String> different = new HashSet<>();
        for (IntFunction<String> family : families) {
            CursorHistory alike = new CursorHistory();
            for (int i = 0; i < CursorHistory.RECENT; i++) {
                String cursor = family.apply(i);
                different.add(cursor);
                assertThat(alike.add(cursor)).as("%d of %s", i, cursor).isTrue();
            }
        }
        assertThat(different).hasSizeGreaterThan(5 * CursorHistory.RECENT);
    }

    @Test
    void emptyStringIsAnOrdinaryCursor() {
        assertThat(history.add("")).isTrue();
        assertThat(history.add("a")).isTrue();
        assertThat(history.add("")).isFalse();
    }

    @Test
    void repeatedCursorIsRefusedEveryTime() {
        history.add("a");

        assertThat(history.add("a")).isFalse();
        assertThat(history.add("a")).isFalse();
        assertThat(history.add("b")).isTrue();
    }

    @Test
    void memoryDoesNotGrowWithTheListing() {
        List<String> cursors =
                IntStream.range(0, 50_000).mapToObj(i -> "cursor-" + i).toList();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (String cursor : cursors) {
            history.add(cursor);
        }
        // 1,024 hashes, and the smaller arrays before them. All hashes would take 400,000 bytes and more.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }
}
