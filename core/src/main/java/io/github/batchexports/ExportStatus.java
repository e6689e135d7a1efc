package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * The status of an export request. The constants are the known statuses; other values that the API sends are kept as they
 * are. Statuses are equal and ordered by their text. Immutable.
 *
 * @param text the status as the API writes it
 */
public record ExportStatus(String text) implements Comparable<ExportStatus> {

    /** Created, not yet ready to run. */
    public static final ExportStatus CREATED = new ExportStatus("CREATED");

    /** Ready to run. */
    public static final ExportStatus PENDING = new ExportStatus("PENDING");

    /** Running. */
    public static final ExportStatus RUNNING = new ExportStatus("RUNNING");

    /** Ended with success: its files can be downloaded, if the export found any data. Final. */
    public static final ExportStatus SUCCESS = new ExportStatus("SUCCESS");

    /** Ended with an error. Final. */
    public static final ExportStatus ERROR = new ExportStatus("ERROR");

    /** Ended, and its files have been deleted. Final. Known only from older versions of the API's documentation. */
    public static final ExportStatus EXPIRED = new ExportStatus("EXPIRED");

    /** Creates a status; {@link #of} returns the constant of a known one. */
    public ExportStatus {
        Objects.requireNonNull(text, "text");
    }

    /** Returns the status with this text: its constant if it is a known one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportStatus of(String text) {
        return switch (text) {
            case "CREATED" -> CREATED;
            case "PENDING" -> PENDING;
            case "RUNNING" -> RUNNING;
            case "SUCCESS" -> SUCCESS;
            case "ERROR" -> ERROR;
            case "EXPIRED" -> EXPIRED;
            default -> new ExportStatus(text);
        };
    }

    /**
     * Returns whether the status is terminal: {@link #SUCCESS}, {@link #ERROR} or {@link #EXPIRED}. False for unknown
     * statuses.
     */
    public boolean isFinal() {
        return equals(SUCCESS) || equals(ERROR) || equals(EXPIRED);
    }

    /** Compares the texts, by {@link String#compareTo}. */
    @Override
    public int compareTo(ExportStatus other) {
        return text.compareTo(other.text);
    }

    /** Returns the text. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
