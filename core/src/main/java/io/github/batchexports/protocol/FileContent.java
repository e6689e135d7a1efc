package io.github.batchexports.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a response's headers say about the bytes in its body and the file that they are part of. Immutable.
 *
 * @param offset position in the file of the first byte of the body, from 0
 * @param end position in the file after the last byte of the body; null if not stated
 * @param total size of the whole file in bytes; null if not stated
 * @param tag strong entity tag, which changes whenever the content does; null if there is none
 */
public record FileContent(
        long offset,
        @Nullable Long end,
        @Nullable Long total,
        @Nullable String tag) {

    /** Content of which nothing is known yet. */
    public static final FileContent UNKNOWN = new FileContent(0, null, null, null);

    /** Returns whether this may be the same file as {@code before}: neither total nor tag contradicts. */
    public boolean continues(FileContent before) {
        return (total == null || before.total == null || total.equals(before.total))
                && (tag == null || before.tag == null || tag.equals(before.tag));
    }

    /** Returns this content, with the total and the tag of {@code before}, a part of the same file, where it has none. */
    public FileContent after(FileContent before) {
        return new FileContent(offset, end, total == null ? before.total : total, tag == null ? before.tag : tag);
    }

    /** Returns whether the body ends at this position and the file goes on, or may go on, after it. */
    public boolean isFollowedAt(long position) {
        return end != null && position == end && (total == null || position < total);
    }

    /** Returns whether the file ends at this position, as far as the headers tell. */
    public boolean isComplete(long position) {
        return (end == null || position == end) && (total == null || position == total);
    }
}
