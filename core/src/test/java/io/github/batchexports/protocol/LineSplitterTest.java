package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines from chunks of bytes. */
class LineSplitterTest {

    private static final CallContext CALL = CallContext.of(Operation.DOWNLOAD, null);
    private static final String ALPHABET = "ab\"\u0000\té日🙂\u2028\u0085";

    private final LineSplitter splitter = new LineSplitter(CALL, 10);

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void lineMaySpanChunks() {
        assertThat(splitter.accept(bytes("ab"))).isEmpty();
        assertThat(splitter.accept(bytes(""))).isEmpty();
        assertThat(splitter.accept(bytes("c\nd\n\nef"))).containsExactly("abc", "d", "");
        assertThat(splitter.end()).containsExactly("ef");
    }

    @Test
    void trailingLineFeedAddsNoLine() {
        assertThat(splitter.accept(bytes("ab\n"))).containsExactly("ab");
        assertThat(splitter.end()).isEmpty();
        assertThat(new LineSplitter(CALL, 10).end()).isEmpty();
    }

    @Test
    void carriageReturnIsStrippedAtLineEndsOnly() {
        assertThat(splitter.accept(bytes("a\rb\r"))).isEmpty();
        assertThat(splitter.accept(bytes("\n\r\n\r\r\nc\r"))).containsExactly("a\rb", "", "\r");
        assertThat(splitter.end()).containsExactly("c");
    }

    @Test
    void onlyBytesBetweenPositionAndLimitAreRead() {
        ByteBuffer chunk = ByteBuffer.wrap("x\nab\nc\nx".getBytes(StandardCharsets.UTF_8), 1, 6)
                .slice()
                .position(1)
                .limit(4);
        assertThat(splitter.accept(chunk)).containsExactly("ab");
        assertThat(splitter.end()).isEmpty();
    }

    @Test
    void invalidUtf8IsReplaced() {
        assertThat(splitter.accept(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, (byte) 0xc3, '\n'})))
                .containsExactly("a\ufffd\ufffd");
    }

    @Test
    void lineMayBeAsLongAsTheLimit() {
        assertThat(splitter.accept(bytes("1234567890\n12345"))).containsExactly("1234567890");
        assertThat(splitter.accept(bytes("67890\n1234567890"))).containsExactly("1234567890");
        assertThat(splitter.end()).containsExactly("1234567890");
    }

    @Test
    void lineOverLimitFailsAfterTheLinesBeforeIt() {
        assertThat(splitter.accept(bytes("a\nb\n12345678901\nc\n"))).containsExactly("a", "b");
        assertThatThrownBy(() -> splitter.accept(bytes("d\n")))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("cannot be read at line 3: longer than maxPageBytes, 10 bytes");
        assertThatThrownBy(splitter::end).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void limitAppliesToUnfinishedLines() {
        assertThat(splitter.accept(bytes("a\n123456"))).containsExactly("a");
        assertThat(splitter.accept(bytes("78901"))).isEmpty();
        assertThatThrownBy(() -> splitter.accept(bytes("\n")))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void chunkBoundariesDoNotMatter() {
        Random random = new Random(7);
        int[] alphabet = ALPHABET.codePoints().toArray();
        for (int round = 0; round < 2_000; round++) {
            List<String> expected = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int line = random.nextInt(8); line > 0; line--) {
                StringBuilder content = new StringBuilder();
                for (int i = random.nextInt(12); i > 0; i--) {
                    content.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
                }
                boolean isLastWithoutLineFeed = line == 1 && random.nextBoolean() && !content.isEmpty();
                expected.add(content.toString());
                text.append(content).append(isLastWithoutLineFeed ? "" : random.nextBoolean() ? "\n" : "\r\n");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            LineSplitter cut = new LineSplitter(CALL, 100);
            List<String> lines = new ArrayList<>();
            for (int from = 0; from < bytes.length; ) {
                int length = Math.min(bytes.length - from, random.nextInt(9));
                lines.addAll(cut.accept(ByteBuffer.wrap(bytes, from, length)));
                from += length;
            }
            lines.addAll(cut.end());
            assertThat(lines).as("round %d", round).isEqualTo(expected);
        }
    }
}
