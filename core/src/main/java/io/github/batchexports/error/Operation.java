package io.github.batchexports.error;

/** What a call does, with its name in errors and logs and its name in metrics. */
public enum Operation {
    /** Lists one page of the project's export requests. */
    LIST("list exports", "list"),
    /** Views one export request by its id. */
    VIEW("view export", "view"),
    /** Awaits one export request by polling it. */
    AWAIT("await export", "view"),
    /** Creates an export. */
    CREATE("create export", "create"),
    /** Watches a project's exports by polling their list. */
    WATCH("watch exports", "list"),
    /** Requests a file of the API, which responds with a link to its storage or with the file itself. */
    DOWNLOAD("download file", "download"),
    /** Transfers the content of a file from its storage. */
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

    /** Returns the value of the key {@code operation} in metrics and traces, such as {@code list}. */
    public String metricName() {
        return metricName;
    }

    /** Returns {@link #label()}. */
    @Override
    public String toString() {
        return label;
    }
}
