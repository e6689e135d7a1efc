package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.protocol.FileContent;
import java.net.URI;
import java.nio.ByteBuffer;

/** What one exchange for a file emits, in order: only a link, or what the headers say and then the bytes. */
sealed interface FilePart {

    /** The file is at another address. */
    record Link(URI uri) implements FilePart {

        /** The signature in it is a secret. */
        @Override
        public String toString() {
            return "Link[uri=***]";
        }
    }

    /** Content follows, or nothing if the file ends before the requested range. */
    record Start(FileContent content) implements FilePart {}

    /** The next bytes, which the subscriber may keep. */
    record Bytes(ByteBuffer bytes) implements FilePart {}
}
