package io.github.batchexports.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What the headers say about the bytes of a file that follow.
 *
 * @param offset the position in the file of the first byte that follows, from 0
 * @param end the position after the last byte that follows; null if not stated
 * @param total the size of the whole file in bytes; null if not stated
 * @param tag the strong entity tag, which stays the same as long as the content does; null if there is none
 */
public record FileContent(
        long offset,
        @Nullable Long end,
        @Nullable Long total,
        @Nullable String tag) {

    /** Nothing is known yet. */
    public static final FileContent UNKNOWN = new FileContent(0, null, null, null);

    /** Returns whether this can be the same file as {@code before}, as far as both say. */
    public boolean continues(FileContent before) {
        return (total == null || before.total == null || total.equals(before.total))
                && (tag == null || before.tag == null || tag.equals(before.tag));
    }

    /** Returns this content with the total and the tag of {@code before}, a part of the same file, where it has none. */
    public FileContent after(FileContent before) {
        return new FileContent(offset, end, total == null ? before.total : total, tag == null ? before.tag : tag);
    }

    /** Returns whether all that was announced has come, and the file goes on after it or may do so. */
    public boolean isFollowedAt(long position) {
        return end != null && position == end && (total == null || position < total);
    }

    /** Returns whether this is the end of the file, as far as the headers say. */
    public boolean isComplete(long position) {
        return (end == null || position == end) && (total == null || position == total);
    }
}
