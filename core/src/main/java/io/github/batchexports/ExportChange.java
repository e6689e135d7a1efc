package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of an export request since a watcher last saw it. Immutable; two changes are equal if all their members are.
 *
 * <p>Its JSON is {@code {"previous":…,"kind":…,"export":{…}}}: the previous status or null, the name of the kind, and the
 * export request as the API writes it. Jackson 2 and 3 write and read the same.
 */
public final class ExportChange {

    private final @Nullable ExportStatus previous;
    private final Kind kind;
    private final ExportRequest export;

    private ExportChange(Builder builder) {
        if (builder.kind == null || builder.export == null) {
            throw new IllegalArgumentException("a change needs " + (builder.kind == null ? "a kind" : "an export"));
        }
        this.previous = builder.previous;
        this.kind = builder.kind;
        this.export = builder.export;
    }

    /** What changed. Kinds may be added: a {@code switch} over them needs a {@code default}. */
    public enum Kind {
        /** The export request existed when the watch began. */
        INITIAL,
        /** The export request is new. */
        DISCOVERED,
        /** Its status changed, and perhaps other members. */
        STATUS,
        /** Members other than its status changed. */
        UPDATED,
        /** The API no longer lists it; the change has it as it was last seen. */
        REMOVED
    }

    /** Returns a builder with no member set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the change that a JSON object describes, as {@link #toMap()} gives it. Unknown members are
     * ignored.
     *
     * @throws IllegalArgumentException if {@code kind} is missing or unknown, {@code previous} is neither null nor a
     *     string, or {@code export} is not an export request with an id and a status
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportChange of(Map<String, ?> json) {
        MemberReader members = new MemberReader(json);
        return builder()
                .previous(members.readOrRefuse("previous", MemberReader.string(ExportStatus::of), "a string"))
                .kind(members.require("kind", MemberReader.string(Kind::valueOf), "a string"))
                .export(members.require("export", MemberReader.object(ExportRequest::of), "an object"))
                .build();
    }

    /**
     * Returns the change from the last seen state of an export request to its current one; null if they are equal.
     *
     * @param seen the last seen state; null if there is none, which gives {@link Kind#DISCOVERED}
     * @param now the current state
     */
    public static @Nullable ExportChange between(@Nullable ExportRequest seen, ExportRequest now) {
        if (now.equals(seen)) {
            return null;
        }
        if (seen == null) {
            return builder().kind(Kind.DISCOVERED).export(now).build();
        }
        return builder()
                .previous(seen.status())
                .kind(seen.status().equals(now.status()) ? Kind.UPDATED : Kind.STATUS)
                .export(now)
                .build();
    }

    /** Returns a builder with the members of this change. */
    public Builder toBuilder() {
        return new Builder().previous(previous).kind(kind).export(export);
    }

    /** Returns the status that the watcher last saw; null if it had not seen the export request before. */
    public @Nullable ExportStatus previous() {
        return previous;
    }

    /** Returns what changed. */
    public Kind kind() {
        return kind;
    }

    /** Returns the export request as it is now, or as it was last seen if it was removed. */
    public ExportRequest export() {
        return export;
    }

    /** Returns the JSON object of this change as an unmodifiable map; {@link #of} reads it back. */
    @JsonValue
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("previous", previous == null ? null : previous.text());
        json.put("kind", kind.name());
        json.put("export", export.toMap());
        return Collections.unmodifiableMap(json);
    }

    /**
     * Returns {@link #toMap()} as one line of JSON.
     *
     * @throws IllegalArgumentException if {@code otherMembers} contain a value that JSON cannot express
     */
    public String toJson() {
        return JsonWriter.of(toMap());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ExportChange that
                        && Objects.equals(previous, that.previous)
                        && kind == that.kind
                        && export.equals(that.export));
    }

    @Override
    public int hashCode() {
        return Objects.hash(previous, kind, export);
    }

    @Override
    public String toString() {
        return "ExportChange" + toMap();
    }

    /** Builds an {@link ExportChange}; {@code kind} and {@code export} are required. Not thread-safe. */
    public static final class Builder {

        private @Nullable ExportStatus previous;
        private @Nullable Kind kind;
        private @Nullable ExportRequest export;

        private Builder() {}

        /** Sets the last seen status; null, the default, if there is none. */
        public Builder previous(@Nullable ExportStatus previous) {
            this.previous = previous;
            return this;
        }

        /** Sets what changed. Required. */
        public Builder kind(Kind kind) {
            this.kind = Objects.requireNonNull(kind, "kind");
            return this;
        }

        /** Sets the export request as it is now. Required. */
        public Builder export(ExportRequest export) {
            this.export = Objects.requireNonNull(export, "export");
            return this;
        }

        /**
         * Builds the change. The builder can be used again.
         *
         * @throws IllegalArgumentException if the kind or the export is not set
         */
        public ExportChange build() {
            return new ExportChange(this);
        }
    }
}
