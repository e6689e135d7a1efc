package io.github.batchexports.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The last bytes of a body that arrives in pieces, where the cursor is. */
final class BodyEnd {

    private static final String NAME = "\"next_from\":\"";

    private final byte[] last = new byte[256];
    private int size;

    void add(ByteBuf piece) {
        int taken = Math.min(piece.readableBytes(), last.length);
        int kept = Math.min(size, last.length - taken);
        System.arraycopy(last, size - kept, last, 0, kept);
        piece.getBytes(piece.writerIndex() - taken, last, kept, taken);
        size = kept + taken;
    }

    /** The cursor of the next page, or null at the end. */
    @Nullable
    String nextFrom() {
        String text = new String(last, 0, size, StandardCharsets.ISO_8859_1);
        int start = text.lastIndexOf(NAME);
        return start < 0 ? null : text.substring(start + NAME.length(), text.indexOf('"', start + NAME.length()));
    }
}
