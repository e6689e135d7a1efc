package io.github.batchexports.sandbox.internal.storage;

import java.io.InputStream;
import java.util.Objects;

/** Reads what a file contains. */
public final class FileContentStream extends InputStream {

    private final FileContent content;
    private long position;

    public FileContentStream(FileContent content) {
        this.content = content;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int start, int length) {
        Objects.checkFromIndexSize(start, length, target.length);
        if (length == 0) {
            return 0;
        }
        int part = (int) Math.min(length, content.size() - position);
        if (part == 0) {
            return -1;
        }
        content.read(position, target, start, part);
        position += part;
        return part;
    }

    @Override
    public long skip(long bytes) {
        long skipped = Math.max(0, Math.min(bytes, content.size() - position));
        position += skipped;
        return skipped;
    }
}
