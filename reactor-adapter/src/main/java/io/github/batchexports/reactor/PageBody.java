package io.github.batchexports.reactor;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A body as it arrives, in one array, up to a limit. It keeps none of the buffers that it came in, so that there is nothing
 * to release, whenever and wherever an exchange is cancelled.
 */
final class PageBody {

    /** An array that no body uses right now, so that most need no new one. */
    static final class Spare {

        private static final int LARGEST = 512 * 1024;

        private final int firstSize;
        private final AtomicReference<byte @Nullable []> array = new AtomicReference<>();

        /** Begins with arrays of such a size. */
        Spare(int firstSize) {
            this.firstSize = firstSize;
        }

        private byte[] take() {
            byte[] kept = array.getAndSet(null);
            return kept == null ? new byte[firstSize] : kept;
        }

        private void put(byte[] unused) {
            if (unused.length <= LARGEST) {
                array.set(unused);
            }
        }
    }

    /** Makes a value of the beginning of an array, which is used for something else afterwards. */
    @FunctionalInterface
    interface Reader<T> {
        T read(byte[] bytes, int length);
    }

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Spare spare;
    private final int limit;
    private byte[] bytes;
    private int length;

    PageBody(Spare spare, int limit) {
        this.spare = spare;
        this.limit = Math.min(limit, LARGEST_ARRAY);
        this.bytes = spare.take();
    }

    /** Adds a piece, without taking it over; false when it goes beyond the limit, and then only what does not is added. */
    boolean add(ByteBuf piece) {
        int size = Math.min(piece.readableBytes(), limit - length);
        if (size > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, (long) length + size), limit));
        }
        piece.getBytes(piece.readerIndex(), bytes, length, size);
        length += size;
        return size == piece.readableBytes();
    }

    /** Reads all that was added, once. */
    <T> T read(Reader<T> reader) {
        try {
            return reader.read(bytes, length);
        } finally {
            spare.put(bytes);
        }
    }
}
