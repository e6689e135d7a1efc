package io.github.batchexports.sandbox.internal.storage;

import io.github.batchexports.sandbox.internal.exports.ExportFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is in the files: a test's own lines, and else what is made up from a file's id. */
public final class Contents {

    private final Map<String, byte[]> own = new ConcurrentHashMap<>();

    public Contents() {}

    /** The bytes of lines, each with an end. */
    public static byte[] bytes(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    public void put(String fileId, byte[] bytes) {
        own.put(fileId, bytes);
    }

    public FileContent of(ExportFile file) {
        byte[] bytes = own.get(file.id());
        return bytes == null ? new MadeUpContent(file) : new OwnContent(bytes);
    }

    private static final class OwnContent implements FileContent {

        private final byte[] bytes;

        OwnContent(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long offset, byte[] target, int start, int length) {
            System.arraycopy(bytes, (int) offset, target, start, length);
        }
    }
}
