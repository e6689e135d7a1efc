package io.github.batchexports.error;

/** A page says where the next one is in a way that cannot be followed: no cursor, or one that came before. */
public final class PagingException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /**
     * A page that leads nowhere. It was not delivered: {@link #resumeFrom()} asks for it again.
     *
     * @param reason what is wrong with the cursor
     */
    public PagingException(CallContext call, String reason) {
        super(
                call,
                null,
                reason,
                "the listing would never end or not be whole: list again, and report it if it stays",
                null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
