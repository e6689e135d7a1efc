package io.github.batchexports.reactor.internal.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is received: under a name of its own beside the target, where it is moved when it is whole. Blocks, so
 * it is used off the event loop; a cancel may abandon it from any thread.
 */
final class PartialFile {

    private final Path target;
    private final Path partial;
    private final boolean overwrite;
    private @Nullable FileChannel channel;
    private boolean abandoned;
    private long length;

    public PartialFile(Path target, boolean overwrite) {
        this.target = target;
        this.partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        this.overwrite = overwrite;
    }

    /** Fails before anything is asked of the API when the target could not be written. */
    public synchronized void open() throws IOException {
        if (abandoned) {
            return;
        }
        checkTarget();
        channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private void checkTarget() throws FileAlreadyExistsException {
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw alreadyExists();
        }
        if (Files.isDirectory(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is a directory, which no file replaces");
        }
    }

    private FileAlreadyExistsException alreadyExists() {
        return new FileAlreadyExistsException(target.toString(), null, "there is such a file already");
    }

    /** Writes a chunk where it belongs; returns where the file ends now. */
    public synchronized long write(Transfer.Chunk chunk) throws IOException {
        FileChannel out = channel;
        if (out != null) {
            length = chunk.offset();
            while (chunk.bytes().hasRemaining()) {
                length += out.write(chunk.bytes(), length);
            }
        }
        return length;
    }

    /** Moves the whole file to its place, in one step. */
    public synchronized Path commit() throws IOException {
        if (abandoned) {
            // Nobody waits for it any more.
            return target;
        }
        FileChannel out = Objects.requireNonNull(channel);
        out.truncate(length);
        out.force(true);
        out.close();
        channel = null;
        if (overwrite) {
            replace();
        } else {
            moveToFreeName();
        }
        return target;
    }

    private void replace() throws IOException {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A second name is given only if it is free, where an atomic move would replace what has come there meanwhile. */
    private void moveToFreeName() throws IOException {
        try {
            Files.createLink(target, partial);
        } catch (FileAlreadyExistsException e) {
            throw alreadyExists();
        } catch (FileSystemException | UnsupportedOperationException e) {
            // A file system without links.
            Files.move(partial, target);
            return;
        }
        Files.delete(partial);
    }

    /** Leaves nothing behind, unless the file is in its place. */
    public synchronized void abandon() {
        abandoned = true;
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
