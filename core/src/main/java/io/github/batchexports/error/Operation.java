package io.github.batchexports.error;

/** What a call does: the name that errors and logs use, and the one that metrics use. */
public enum Operation {
    /** A page of the project's export requests. */
    LIST("list exports", "list"),
    /** One export request by its id. */
    VIEW("view export", "view"),
    /** Waiting for one export request, which is polling it. */
    AWAIT("await export", "view"),
    /** The creation of an export. */
    CREATE("create export", "create"),
    /** Watching a project's exports, which is polling their list. */
    WATCH("watch exports", "list"),
    /** A link to a file, or the file itself. */
    DOWNLOAD("download file", "download"),
    /** The content of a file from the storage that a link points to. */
    TRANSFER("download file from its storage", "transfer");

    private final String label;
    private final String metricName;

    Operation(String label, String metricName) {
        this.label = label;
        this.metricName = metricName;
    }

    /** Returns the name in errors and logs, such as {@code list exports}. */
    public String label() {
        return label;
    }

    /** Returns the value of the key {@code operation} of metrics and traces, such as {@code list}. */
    public String metricName() {
        return metricName;
    }

    /** Returns {@link #label()}. */
    @Override
    public String toString() {
        return label;
    }
}
