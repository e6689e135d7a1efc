package io.github.batchexports.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What the headers say of a file's content that follows.
 *
 * @param offset which byte of the file comes first, from 0
 * @param total how many bytes the whole file has; null when that is not said
 * @param tag a strong entity tag, which names this content as long as it does not change; null when there is none
 */
public record FileContent(
        long offset, @Nullable Long total, @Nullable String tag) {

    /** Whether it can be of the same file as what came before it, as far as both say. */
    public boolean continues(FileContent before) {
        return (total == null || before.total == null || total.equals(before.total))
                && (tag == null || before.tag == null || tag.equals(before.tag));
    }
}
