package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.protocol.FileContent;
import java.net.URI;
import java.nio.ByteBuffer;

/** What one exchange for a file gives, in order: a link alone, or what the headers say and then the bytes. */
sealed interface FilePart {

    /** The file is elsewhere. */
    record Link(URI uri) implements FilePart {}

    /** Content follows, or nothing if the file ends before the range that was asked for. */
    record Start(FileContent content) implements FilePart {}

    /** The next bytes, which belong to the subscriber. */
    record Bytes(ByteBuffer bytes) implements FilePart {}
}
