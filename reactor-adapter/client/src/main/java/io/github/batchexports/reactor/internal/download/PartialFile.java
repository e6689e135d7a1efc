package io.github.batchexports.reactor.internal.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is received: under a hidden name beside the target, to which it is moved once it is complete. Only the
 * owner may read it until then; afterwards it has the mode of the file that it replaces, if there was one. Its methods
 * block, so they run off the event loop; a cancel may abandon it from any thread.
 */
final class PartialFile {

    /** How much of the target's name the temporary name shows: at four bytes a character it is 123 bytes long. */
    private static final int SHOWN_CHARACTERS = 20;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path target;
    private final Path partial;
    private final boolean hasModes;
    private final boolean overwrite;
    private @Nullable FileChannel channel;
    private boolean abandoned;
    private long length;

    public PartialFile(Path target, boolean overwrite) {
        this.target = target;
        this.partial = target.resolveSibling("." + shown(target) + "." + UUID.randomUUID() + ".part");
        this.hasModes = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        this.overwrite = overwrite;
    }

    private static String shown(Path target) {
        String name = String.valueOf(target.getFileName());
        int characters = Math.min(name.codePointCount(0, name.length()), SHOWN_CHARACTERS);
        return name.substring(0, name.offsetByCodePoints(0, characters));
    }

    /** Fails, before any call to the API, if the target cannot be written. */
    public synchronized void open() throws IOException {
        if (abandoned) {
            return;
        }
        checkTarget();
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel = hasModes
                ? FileChannel.open(partial, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(partial, options);
    }

    private void checkTarget() throws FileAlreadyExistsException {
        if (!overwrite && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw alreadyExists();
        }
        if (Files.isDirectory(target)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "it is a directory, which a file cannot replace");
        }
    }

    private FileAlreadyExistsException alreadyExists() {
        return new FileAlreadyExistsException(target.toString(), null, "the file already exists");
    }

    /** Writes a chunk at its offset; returns where the file ends now. */
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

    /** Moves the complete file to its target, in one step. */
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
        if (hasModes && Files.exists(target)) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(target);
            // A file system with fixed modes has the same one for both files, and refuses to set it.
            if (!mode.equals(Files.getPosixFilePermissions(partial))) {
                Files.setPosixFilePermissions(partial, mode);
            }
        }
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A hard link is made only if the name is free, where an atomic move would replace a file created meanwhile. */
    private void moveToFreeName() throws IOException {
        try {
            Files.createLink(target, partial);
        } catch (FileAlreadyExistsException e) {
            throw alreadyExists();
        } catch (FileSystemException | UnsupportedOperationException e) {
            // A file system without hard links.
            Files.move(partial, target);
            return;
        }
        Files.delete(partial);
    }

    /** Deletes the file, unless it was moved to its target: even if it cannot be closed, as on some full disks. */
    public synchronized void abandon() throws IOException {
        abandoned = true;
        FileChannel out = channel;
        channel = null;
        try {
            if (out != null) {
                out.close();
            }
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
