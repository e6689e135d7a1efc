package io.github.batchexports.sandbox.internal.storage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import reactor.core.publisher.Flux;

/** The bytes of a file, of which any part can be read. */
public interface FileContent {

    /** How much is read at once. */
    int CHUNK = 64 * 1024;

    long size();

    /** Writes the bytes from an offset on, all of which the file must have. */
    void read(long offset, byte[] target, int start, int length);

    /** A part of it in pooled buffers, each of which is made when it is asked for. */
    default Flux<ByteBuf> buffers(ByteRange range, ByteBufAllocator allocator) {
        return Flux.defer(() -> {
            byte[] chunk = new byte[(int) Math.min(CHUNK, range.length())];
            return Flux.generate(range::first, (offset, sink) -> {
                if (offset >= range.end()) {
                    sink.complete();
                    return offset;
                }
                int length = (int) Math.min(CHUNK, range.end() - offset);
                read(offset, chunk, 0, length);
                sink.next(allocator.buffer(length).writeBytes(chunk, 0, length));
                return offset + length;
            });
        });
    }
}
