package io.github.batchexports;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the members of an {@link ExportRequest} made by hand; its id and its status are required. */
public final class ExportRequestBuilder {

    private @Nullable String id;
    private @Nullable ExportStatus status;
    private @Nullable Instant requestDate;
    private @Nullable Instant startDate;
    private @Nullable Instant completionDate;
    private @Nullable ExportScope scope;
    private List<ExportFile> files = List.of();
    private @Nullable ExportDefinition request;
    private Map<String, @Nullable Object> otherMembers = Map.of();

    ExportRequestBuilder() {}

    ExportRequestBuilder(ExportRequest export) {
        this.id = export.id();
        this.status = export.status();
        this.requestDate = export.requestDate();
        this.startDate = export.startDate();
        this.completionDate = export.completionDate();
        this.scope = export.scope();
        this.files = export.files();
        this.request = export.request();
        this.otherMembers = export.otherMembers();
    }

    /** What the export is viewed by. Required. */
    public ExportRequestBuilder id(String value) {
        this.id = value;
        return this;
    }

    /** How far the export is. Required. */
    public ExportRequestBuilder status(ExportStatus value) {
        this.status = value;
        return this;
    }

    /** When it was asked for. */
    public ExportRequestBuilder requestDate(@Nullable Instant value) {
        this.requestDate = value;
        return this;
    }

    /** When it started to run. */
    public ExportRequestBuilder startDate(@Nullable Instant value) {
        this.startDate = value;
        return this;
    }

    /** When it ended. */
    public ExportRequestBuilder completionDate(@Nullable Instant value) {
        this.completionDate = value;
        return this;
    }

    /** What it is about. */
    public ExportRequestBuilder scope(@Nullable ExportScope value) {
        this.scope = value;
        return this;
    }

    /** Its files; by default none. */
    public ExportRequestBuilder files(List<ExportFile> value) {
        this.files = value;
        return this;
    }

    /** What was asked for. */
    public ExportRequestBuilder request(@Nullable ExportDefinition value) {
        this.request = value;
        return this;
    }

    /** Members that the model does not know; by default none. */
    public ExportRequestBuilder otherMembers(Map<String, @Nullable Object> value) {
        this.otherMembers = value;
        return this;
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException when the id or the status is missing
     */
    public ExportRequest build() {
        if (id == null || status == null) {
            throw new IllegalArgumentException("an export request needs an id and a status");
        }
        return new ExportRequest(
                id, status, requestDate, startDate, completionDate, scope, files, request, otherMembers);
    }
}
