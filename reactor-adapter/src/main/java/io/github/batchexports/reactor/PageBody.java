package io.github.batchexports.reactor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.io.InputStream;

/**
 * A body as it arrives, up to a limit. Large pieces are kept as they came; small ones are copied together, since a piece
 * keeps the whole buffer that it was received in.
 */
final class PageBody {

    private static final int SMALL = 2 * 1024;
    private static final int TAIL = 16 * 1024;

    private final int maxBytes;
    private final CompositeByteBuf pieces;
    private ByteBuf tail = Unpooled.EMPTY_BUFFER;

    PageBody(ByteBufAllocator allocator, int maxBytes) {
        this.maxBytes = maxBytes;
        this.pieces = allocator.compositeBuffer(Integer.MAX_VALUE);
    }

    /** Adds a piece without taking it over; false when the limit is reached, and then nothing is added. */
    boolean add(ByteBuf piece) {
        int size = piece.readableBytes();
        if (size > maxBytes - size()) {
            return false;
        }
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
        return true;
    }

    private int size() {
        return pieces.readableBytes() + tail.readableBytes();
    }

    private void endTail() {
        if (tail.isReadable()) {
            pieces.addComponent(true, tail);
        } else {
            tail.release();
        }
        tail = Unpooled.EMPTY_BUFFER;
    }

    /** All that was added, to be read once, before {@link #release()}. */
    InputStream read() {
        endTail();
        return new ByteBufInputStream(pieces);
    }

    void release() {
        tail.release();
        pieces.release();
    }
}
