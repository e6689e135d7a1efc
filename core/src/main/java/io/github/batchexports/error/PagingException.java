package io.github.batchexports.error;

/**
 * A page has no valid cursor of the next page: none although more pages follow, or one that was used before. Not
 * transient. The page was not delivered; {@link #resumeFrom()} requests it again.
 */
public final class PagingException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the error of such a page.
     *
     * @param reason what is wrong with the cursor
     */
    public PagingException(CallContext call, String reason) {
        super(
                call,
                null,
                reason,
                "the listing would be endless or incomplete: list again, and report it if it persists",
                null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
