package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one export request since a watcher last saw it.
 *
 * @param previous the status that the watcher last saw; null when it sees the export for the first time
 * @param export the export as it is now
 * @param kind what changed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({"previous", "kind", "export"})
public record ExportChange(
        @JsonProperty("previous") @Nullable ExportStatus previous,
        @JsonProperty("export") ExportRequest export,
        @JsonProperty("kind") Kind kind) {

    /** What changed. */
    public enum Kind {
        /** The export was not known before. */
        DISCOVERED,
        /** Its status changed. */
        STATUS,
        /** Something else of it changed. */
        UPDATED
    }

    public ExportChange {
        Objects.requireNonNull(export, "export");
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * The change between what was last seen of an export and what is seen now; null when there is none.
     *
     * @param seen null when nothing was
     */
    public static @Nullable ExportChange between(@Nullable ExportRequest seen, ExportRequest now) {
        if (seen == null) {
            return new ExportChange(null, now, Kind.DISCOVERED);
        }
        if (!seen.status().equals(now.status())) {
            return new ExportChange(seen.status(), now, Kind.STATUS);
        }
        return seen.equals(now) ? null : new ExportChange(seen.status(), now, Kind.UPDATED);
    }

    /** One line of JSON: {@code {"previous":…,"kind":…,"export":{…}}}, the export as {@link ExportRequest#toJson()}. */
    public String toJson() {
        return ExportWriter.write(this);
    }
}
