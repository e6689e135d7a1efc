package io.github.batchexports.error;

/** HTTP 404: the export, the file or the route does not exist. Not transient. */
public final class NotFoundException extends BatchExportsException {

    private static final long serialVersionUID = 1;
    private static final int MAX_ID = 100;

    /** Creates the error of a response with status 404. */
    public NotFoundException(CallContext call, ErrorResponse response) {
        super(call, response, response.describe(), advice(call), null);
    }

    private static String advice(CallContext call) {
        String id = call.id() == null ? "" : "the id " + LogText.of(call.id(), MAX_ID) + ", ";
        return "check " + id + "the base URL and the API version";
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
