package io.github.batchexports.error;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import org.jspecify.annotations.Nullable;

/** An awaited export ended with a status other than {@link ExportStatus#SUCCESS}. Not transient: the status is final. */
public final class ExportFailedException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable ExportRequest export;
    private final String exportId;
    private final String exportStatus;

    /** Creates the error of an export that did not succeed. */
    public ExportFailedException(ExportRequest export) {
        super(
                CallContext.ofId(Operation.AWAIT, export.id()),
                null,
                export.id() + " ended with the status " + export.status(),
                "create it again, or look it up in the dashboard",
                null);
        this.export = export;
        this.exportId = export.id();
        this.exportStatus = export.status().text();
    }

    /** Returns the export request; null after Java serialization. */
    public @Nullable ExportRequest export() {
        return export;
    }

    /** Returns the id of the export request. */
    public String exportId() {
        return exportId;
    }

    /** Returns the status with which it ended. */
    public ExportStatus exportStatus() {
        return ExportStatus.of(exportStatus);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
