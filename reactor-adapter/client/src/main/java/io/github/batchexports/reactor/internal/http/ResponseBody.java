package io.github.batchexports.reactor.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A body as it arrives, up to a limit. Large pieces are kept as they came; small ones are copied together, since a piece
 * keeps the whole buffer that it was received in.
 *
 * <p>A cancel releases it from any thread, even while the event loop adds to it or reads it: then the event loop releases
 * it when it is done.
 */
final class ResponseBody {

    /** Reads a body. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream body) throws IOException;
    }

    private enum State {
        IDLE,
        IN_USE,
        RELEASED
    }

    private static final int SMALL = 2 * 1024;
    private static final int TAIL = 16 * 1024;

    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final int maxBytes;
    private final CompositeByteBuf pieces;
    private ByteBuf tail = Unpooled.EMPTY_BUFFER;

    public ResponseBody(ByteBufAllocator allocator, int maxBytes) {
        this.maxBytes = maxBytes;
        this.pieces = allocator.compositeBuffer(Integer.MAX_VALUE);
    }

    /** Adds a piece without taking it over; false when the limit is reached, and then nothing is added. */
    public boolean add(ByteBuf piece) {
        if (!state.compareAndSet(State.IDLE, State.IN_USE)) {
            return true;
        }
        try {
            if (piece.readableBytes() > maxBytes - pieces.readableBytes() - tail.readableBytes()) {
                return false;
            }
            append(piece);
            return true;
        } finally {
            endUse();
        }
    }

    private void append(ByteBuf piece) {
        int size = piece.readableBytes();
        if (size >= SMALL) {
            endTail();
            pieces.addComponent(true, piece.retainedSlice());
        } else if (size > 0) {
            if (tail.writableBytes() < size) {
                endTail();
                tail = pieces.alloc().buffer(TAIL, TAIL);
            }
            tail.writeBytes(piece, piece.readerIndex(), size);
        }
    }

    private void endTail() {
        if (tail.isReadable()) {
            pieces.addComponent(true, tail);
        } else {
            tail.release();
        }
        tail = Unpooled.EMPTY_BUFFER;
    }

    /** Reads all that was added, once; null when it was released. */
    public <T> @Nullable T read(Reader<T> reader) throws IOException {
        if (!state.compareAndSet(State.IDLE, State.IN_USE)) {
            return null;
        }
        try {
            endTail();
            return reader.read(new ByteBufInputStream(pieces));
        } finally {
            endUse();
        }
    }

    private void endUse() {
        if (!state.compareAndSet(State.IN_USE, State.IDLE)) {
            free();
        }
    }

    /** Frees the buffers, now or when their use ends. To be called once. */
    public void release() {
        if (state.compareAndSet(State.IDLE, State.RELEASED)) {
            free();
        } else if (!state.compareAndSet(State.IN_USE, State.RELEASED)) {
            release();
        }
    }

    private void free() {
        tail.release();
        pieces.release();
    }
}
