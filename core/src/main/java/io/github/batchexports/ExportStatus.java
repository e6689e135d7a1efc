package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * How far an export request is. The constants are the statuses that Batch documents for a single request; a server may
 * send others, which are kept as they are. Two statuses are equal when their texts are.
 *
 * @param text the status as the API writes it
 */
public record ExportStatus(String text) {

    /** Made, but not ready to run yet. */
    public static final ExportStatus CREATED = new ExportStatus("CREATED");

    /** Ready to run. */
    public static final ExportStatus PENDING = new ExportStatus("PENDING");

    /** Running. */
    public static final ExportStatus RUNNING = new ExportStatus("RUNNING");

    /** Ended, and its files can be downloaded; there are none when the export found no data. */
    public static final ExportStatus SUCCESS = new ExportStatus("SUCCESS");

    /** Ended by an error. */
    public static final ExportStatus ERROR = new ExportStatus("ERROR");

    public ExportStatus {
        Objects.requireNonNull(text, "text");
    }

    /** The status of a text: the constant when it is a known one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportStatus of(String text) {
        return switch (text) {
            case "CREATED" -> CREATED;
            case "PENDING" -> PENDING;
            case "RUNNING" -> RUNNING;
            case "SUCCESS" -> SUCCESS;
            case "ERROR" -> ERROR;
            default -> new ExportStatus(text);
        };
    }

    /** Whether the request will not change any more: {@link #SUCCESS} or {@link #ERROR}. False for unknown statuses. */
    public boolean isFinal() {
        return equals(SUCCESS) || equals(ERROR);
    }

    /** The text. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
