package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageBodyTest {

    private final PageBody.Spare spare = new PageBody.Spare(16);

    private static ByteBuf piece(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }

    private static ByteBuf piece(int size) {
        return piece(new byte[size]);
    }

    @Test
    void piecesOfAnySizeComeOutAsOne() {
        byte[] whole = new byte[5_000];
        new Random(1).nextBytes(whole);
        for (int size : new int[] {1, 7, 16, 17, 1_000, 5_000}) {
            PageBody body = new PageBody(spare, 5_000);
            for (int start = 0; start < whole.length; start += size) {
                assertThat(body.add(piece(Arrays.copyOfRange(whole, start, Math.min(start + size, whole.length)))))
                        .isTrue();
            }
            assertThat(body.<byte[]>read(Arrays::copyOf)).isEqualTo(whole);
        }
    }

    @Test
    void aPieceIsNotTakenOver() {
        ByteBuf piece = piece(10);
        new PageBody(spare, 100).add(piece);
        assertThat(piece.refCnt()).isEqualTo(1);
        assertThat(piece.readableBytes()).isEqualTo(10);
    }

    @Test
    void theLimitIsTheLastByteThatGoesIn() {
        PageBody body = new PageBody(spare, 100);
        assertThat(body.add(piece(60))).isTrue();
        assertThat(body.add(piece(40))).isTrue();
        assertThat(body.add(piece(0))).isTrue();
        assertThat(body.add(piece(1))).isFalse();
        assertThat(body.<Integer>read((bytes, length) -> length)).isEqualTo(100);

        PageBody other = new PageBody(spare, 100);
        assertThat(other.add(piece(101))).isFalse();
        assertThat(other.<Integer>read((bytes, length) -> length)).isEqualTo(100);
    }

    @Test
    void anArrayIsUsedAgainOnceItWasRead() {
        PageBody first = new PageBody(spare, 100);
        byte[] array = first.read((bytes, length) -> bytes);
        PageBody second = new PageBody(spare, 100);
        PageBody meanwhile = new PageBody(spare, 100);
        assertThat(second.<byte[]>read((bytes, length) -> bytes)).isSameAs(array);
        assertThat(meanwhile.<byte[]>read((bytes, length) -> bytes)).isNotSameAs(array);
    }

    @Test
    void anArrayThatCouldNotBeReadIsUsedAgainToo() {
        PageBody broken = new PageBody(spare, 100);
        byte[][] array = new byte[1][];
        assertThatThrownBy(() -> broken.read((bytes, length) -> {
                    array[0] = bytes;
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(new PageBody(spare, 100).<byte[]>read((bytes, length) -> bytes))
                .isSameAs(array[0]);
    }

    @Test
    void aLargeArrayIsNotKept() {
        PageBody large = new PageBody(spare, 1_000_000);
        large.add(piece(1_000_000));
        byte[] array = large.read((bytes, length) -> bytes);
        assertThat(new PageBody(spare, 100).<byte[]>read((bytes, length) -> bytes))
                .isNotSameAs(array)
                .hasSize(16);
    }
}
