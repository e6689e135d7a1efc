package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of an export: its type, and which data of which profiles it exports. Immutable; two definitions are
 * equal if all their members are. Jackson 2 and 3 write it as the API does and read it back.
 *
 * <p>{@link #forAttributes}, {@link #forEvents} and {@link #forReachability} start a definition of each type. The
 * accessors are those of {@link ExportType#ATTRIBUTES}, the type that the
 * <a href="https://doc.batch.com/developer/api/cep/exports/list">API's documentation</a> shows. Members of other types
 * are in {@link #otherMembers()}; {@link #of} creates a definition from JSON with any members.
 */
public final class ExportDefinition extends JsonObject {

    private static final Set<String> NAMES = Set.of("export_type", "attributes", "identifiers", "filter");

    private final @Nullable ExportType exportType;
    private final @Nullable List<String> attributes;
    private final @Nullable List<String> identifiers;
    private final @Nullable Filter filter;

    private ExportDefinition(Builder builder) {
        super(builder.otherMembers);
        this.exportType = builder.exportType;
        this.attributes = builder.attributes;
        this.identifiers = builder.identifiers;
        this.filter = builder.filter;
        checkOtherMembers(NAMES);
    }

    /** Returns a builder with no member set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder for an export of these attributes, native ones with a leading {@code $}, or identifiers alone. */
    public static Builder forAttributes(String... names) {
        return builder().exportType(ExportType.ATTRIBUTES).attributes(List.of(names));
    }

    /**
     * Returns a builder for an export of these events. Set the start of the period with {@link Builder#from}; it ends now,
     * unless {@link Builder#to} is set.
     */
    public static Builder forEvents(String... names) {
        return builder()
                .exportType(ExportType.EVENTS)
                .with("events", List.of(names))
                .with("to", "now");
    }

    /**
     * Returns a builder for an export of the profiles that can be reached by these channels ({@code email}, {@code push},
     * {@code sms}). Set the start of the period with {@link Builder#from}; it ends now, unless {@link Builder#to} is set.
     */
    public static Builder forReachability(String... channels) {
        return builder()
                .exportType(ExportType.REACHABILITY)
                .with("channels", List.of(channels))
                .with("to", "now");
    }

    /**
     * Returns the definition that a JSON object of the API describes. A member that cannot be read is kept unchanged in
     * {@link #otherMembers()} of its object.
     *
     * @param json the members, keyed by the API's names, as for {@link ExportRequest#of}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportDefinition of(Map<String, ?> json) {
        MemberReader members = new MemberReader(json);
        return builder()
                .exportType(members.read("export_type", MemberReader.string(ExportType::of)))
                .attributes(members.read("attributes", MemberReader.list(MemberReader::string)))
                .identifiers(members.read("identifiers", MemberReader.list(MemberReader::string)))
                .filter(members.read("filter", MemberReader.object(Filter::of)))
                .otherMembers(members.others())
                .build();
    }

    /** Returns a builder with the members of this definition. */
    public Builder toBuilder() {
        return builder()
                .exportType(exportType)
                .attributes(attributes)
                .identifiers(identifiers)
                .filter(filter)
                .otherMembers(otherMembers());
    }

    /** Returns the type; null if the API did not send it. */
    public @Nullable ExportType exportType() {
        return exportType;
    }

    /**
     * Returns the names of the exported attributes, native ones with a leading {@code $}; an unmodifiable list, null if
     * the API did not send it, empty if it sent an empty one.
     */
    public @Nullable List<String> attributes() {
        return attributes;
    }

    /**
     * Returns the names of the exported identifiers, such as {@code custom_id}; an unmodifiable list, null if the API did
     * not send it, empty if it sent an empty one.
     */
    public @Nullable List<String> identifiers() {
        return identifiers;
    }

    /** Returns the filter on profiles; null if there is none. */
    public @Nullable Filter filter() {
        return filter;
    }

    @Override
    MemberMap known() {
        return new MemberMap()
                .putString("export_type", exportType)
                .put("attributes", attributes)
                .put("identifiers", identifiers)
                .put("filter", filter == null ? null : filter.toMap());
    }

    @Override
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {exportType, attributes, identifiers, filter};
    }

    /** Builds an {@link ExportDefinition}. Every member is null by default. Not thread-safe. */
    public static final class Builder {

        private @Nullable ExportType exportType;
        private @Nullable List<String> attributes;
        private @Nullable List<String> identifiers;
        private @Nullable Filter filter;
        private Map<String, @Nullable Object> otherMembers = Map.of();

        private Builder() {}

        /** Sets the type. */
        public Builder exportType(@Nullable ExportType exportType) {
            this.exportType = exportType;
            return this;
        }

        /** Sets the names of the attributes to export, native ones with a leading {@code $}. The list is copied. */
        public Builder attributes(@Nullable List<String> attributes) {
            this.attributes = attributes == null ? null : List.copyOf(attributes);
            return this;
        }

        /** Sets the names of the identifiers to export. The list is copied. */
        public Builder identifiers(@Nullable List<String> identifiers) {
            this.identifiers = identifiers == null ? null : List.copyOf(identifiers);
            return this;
        }

        /** Sets the filter on profiles. */
        public Builder filter(@Nullable Filter filter) {
            this.filter = filter;
            return this;
        }

        /**
         * Sets the start of the period of events or reachability, truncated to seconds. Other clients report that the API
         * looks back at most 90 days.
         */
        public Builder from(Instant from) {
            return with("from", from.truncatedTo(ChronoUnit.SECONDS).toString());
        }

        /** Sets the end of the period of events or reachability, truncated to seconds. */
        public Builder to(Instant to) {
            return with("to", to.truncatedTo(ChronoUnit.SECONDS).toString());
        }

        private Builder with(String name, Object value) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>(otherMembers);
            members.put(name, value);
            this.otherMembers = members;
            return this;
        }

        /**
         * Sets the members without an accessor; see {@link ExportRequest.Builder#otherMembers}. Replaces all that were set
         * before, {@code events}, {@code channels}, {@code from} and {@code to} included.
         */
        public Builder otherMembers(Map<String, @Nullable Object> otherMembers) {
            this.otherMembers = Objects.requireNonNull(otherMembers, "otherMembers");
            return this;
        }

        /**
         * Builds the definition. The builder can be used again.
         *
         * @throws IllegalArgumentException if {@code otherMembers} contain a member that is also set
         */
        public ExportDefinition build() {
            return new ExportDefinition(this);
        }
    }

    /** The filter of an {@link ExportDefinition}: which profiles are exported. Immutable; equal by all members. */
    public static final class Filter extends JsonObject {

        private static final Set<String> NAMES = Set.of("segment");

        private final @Nullable String segment;

        private Filter(Builder builder) {
            super(builder.otherMembers);
            this.segment = builder.segment;
            checkOtherMembers(NAMES);
        }

        /** Returns a builder with no member set. */
        public static Builder builder() {
            return new Builder();
        }

        /**
         * Returns the filter that a JSON object of the API describes, read as by {@link ExportDefinition#of}.
         *
         * @param json the members, keyed by the API's names
         */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Filter of(Map<String, ?> json) {
            MemberReader members = new MemberReader(json);
            return builder()
                    .segment(members.read("segment", MemberReader::string))
                    .otherMembers(members.others())
                    .build();
        }

        /** Returns a builder with the members of this filter. */
        public Builder toBuilder() {
            return builder().segment(segment).otherMembers(otherMembers());
        }

        /** Returns the code of the segment that the profiles are in; null if the API did not send it. */
        public @Nullable String segment() {
            return segment;
        }

        @Override
        MemberMap known() {
            return new MemberMap().put("segment", segment);
        }

        @Override
        @Nullable
        Object[] values() {
            return new @Nullable Object[] {segment};
        }

        /** Builds a {@link Filter}. Every member is null by default. Not thread-safe. */
        public static final class Builder {

            private @Nullable String segment;
            private Map<String, @Nullable Object> otherMembers = Map.of();

            private Builder() {}

            /** Sets the code of the segment that the profiles are in. */
            public Builder segment(@Nullable String segment) {
                this.segment = segment;
                return this;
            }

            /** Sets the members without an accessor; see {@link ExportRequest.Builder#otherMembers}. */
            public Builder otherMembers(Map<String, @Nullable Object> otherMembers) {
                this.otherMembers = Objects.requireNonNull(otherMembers, "otherMembers");
                return this;
            }

            /**
             * Builds the filter. The builder can be used again.
             *
             * @throws IllegalArgumentException if {@code otherMembers} contain a member that is also set
             */
            public Filter build() {
                return new Filter(this);
            }
        }
    }
}
