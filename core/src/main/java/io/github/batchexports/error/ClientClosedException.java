package io.github.batchexports.error;

/** The client was closed before or during the call. Not transient. */
public final class ClientClosedException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Creates the error of a call that closing the client ended. */
    public ClientClosedException(CallContext call) {
        super(call, null, "the client is closed", "use a client that is open", null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
