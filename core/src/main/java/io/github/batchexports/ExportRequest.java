package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One export request of a project: its definition, status and files. Immutable; two export requests are equal if all
 * their members are.
 *
 * <p>Only {@code id} and {@code status} are always present. The
 * <a href="https://doc.batch.com/developer/api/cep/exports/list">API's documentation</a> says that some members are sent
 * only with the status {@link ExportStatus#SUCCESS}. Members that this version of the library does not know or cannot
 * read are in {@link #otherMembers()}, so that nothing that the API sent is lost.
 *
 * <p>Jackson mappers, 2 and 3, write an export request as the API does and read it back, whatever their naming strategy.
 * To read numbers in {@code otherMembers} back exactly, a mapper needs {@code USE_BIG_DECIMAL_FOR_FLOATS}. A mapper that
 * is configured to omit null or empty values omits them from export requests as well. A cache whose mapper writes types
 * cannot read them back: let it keep {@link #toJson()}.
 */
public final class ExportRequest extends JsonObject {

    private static final Set<String> NAMES =
            Set.of("id", "request_date", "completion_date", "start_date", "scope", "status", "files", "request");

    private final String id;
    private final ExportStatus status;
    private final @Nullable Instant requestDate;
    private final @Nullable Instant startDate;
    private final @Nullable Instant completionDate;
    private final @Nullable ExportScope scope;
    private final List<ExportFile> files;
    private final @Nullable ExportDefinition request;

    private ExportRequest(Builder builder) {
        super(builder.otherMembers);
        if (builder.id == null || builder.status == null) {
            throw new IllegalArgumentException(
                    "an export request needs " + (builder.id == null ? "an id" : "a status"));
        }
        this.id = builder.id;
        this.status = builder.status;
        this.requestDate = builder.requestDate;
        this.startDate = builder.startDate;
        this.completionDate = builder.completionDate;
        this.scope = builder.scope;
        this.files = builder.files;
        this.request = builder.request;
        checkOtherMembers(NAMES);
    }

    /** Returns a builder with no member set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the export request that a JSON object of the API describes. A member that cannot be read, such as a
     * {@code request_date} that is not a date, is kept unchanged in {@link #otherMembers()} of its object.
     *
     * @param json the members, keyed by the API's names; values as a JSON parser gives them: {@link String},
     *     {@link Boolean}, {@link Number}, {@link List}, {@link Map} or null, which is the same as an absent member
     * @throws IllegalArgumentException if {@code id} or {@code status} is missing or not a string
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportRequest of(Map<String, ?> json) {
        MemberReader members = new MemberReader(json);
        return builder()
                .id(members.require("id", MemberReader::string, "a string"))
                .status(members.require("status", MemberReader.string(ExportStatus::of), "a string"))
                .requestDate(members.read("request_date", MemberReader::date))
                .startDate(members.read("start_date", MemberReader::date))
                .completionDate(members.read("completion_date", MemberReader::date))
                .scope(members.read("scope", MemberReader.string(ExportScope::of)))
                .files(members.read("files", MemberReader.list(MemberReader.object(ExportFile::of))))
                .request(members.read("request", MemberReader.object(ExportDefinition::of)))
                .otherMembers(members.others())
                .build();
    }

    /** Returns a builder with the members of this export request. */
    public Builder toBuilder() {
        return builder()
                .id(id)
                .status(status)
                .requestDate(requestDate)
                .startDate(startDate)
                .completionDate(completionDate)
                .scope(scope)
                .files(files)
                .request(request)
                .otherMembers(otherMembers());
    }

    /** Returns the id, with which {@code view} asks for this export request. */
    public String id() {
        return id;
    }

    /** Returns the status. */
    public ExportStatus status() {
        return status;
    }

    /** Returns whether the status is terminal: {@code status().isFinal()}. */
    public boolean isFinal() {
        return status.isFinal();
    }

    /** Returns when the export was requested; null if the API did not send it. */
    public @Nullable Instant requestDate() {
        return requestDate;
    }

    /** Returns when the export began to run; null if the API did not send it. */
    public @Nullable Instant startDate() {
        return startDate;
    }

    /** Returns when the export ended; null if the API did not send it. */
    public @Nullable Instant completionDate() {
        return completionDate;
    }

    /** Returns the scope; null if the API did not send it. */
    public @Nullable ExportScope scope() {
        return scope;
    }

    /**
     * Returns the files, in the API's order; an unmodifiable list, empty if the API sent none, as for an export that
     * found no data.
     */
    public List<ExportFile> files() {
        return files;
    }

    /** Returns the definition of the export; null if the API did not send it. */
    public @Nullable ExportDefinition request() {
        return request;
    }

    @Override
    MemberMap known() {
        MemberMap json = new MemberMap()
                .put("id", id)
                .putString("request_date", requestDate)
                .putString("completion_date", completionDate)
                .putString("start_date", startDate)
                .putString("scope", scope)
                .putString("status", status);
        if (!files.isEmpty() || !otherMembers().containsKey("files")) {
            json.putList("files", files, ExportFile::toMap);
        }
        return json.put("request", request == null ? null : request.toMap());
    }

    @Override
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {id, status, requestDate, startDate, completionDate, scope, files, request};
    }

    /** Builds an {@link ExportRequest}; {@code id} and {@code status} are required. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable ExportStatus status;
        private @Nullable Instant requestDate;
        private @Nullable Instant startDate;
        private @Nullable Instant completionDate;
        private @Nullable ExportScope scope;
        private List<ExportFile> files = List.of();
        private @Nullable ExportDefinition request;
        private Map<String, @Nullable Object> otherMembers = Map.of();

        private Builder() {}

        /** Sets the id. Required. */
        public Builder id(String id) {
            this.id = Objects.requireNonNull(id, "id");
            return this;
        }

        /** Sets the status. Required. */
        public Builder status(ExportStatus status) {
            this.status = Objects.requireNonNull(status, "status");
            return this;
        }

        /** Sets when the export was requested; null, the default, if it is unknown. */
        public Builder requestDate(@Nullable Instant requestDate) {
            this.requestDate = requestDate;
            return this;
        }

        /** Sets when the export began to run; null, the default, if it is unknown. */
        public Builder startDate(@Nullable Instant startDate) {
            this.startDate = startDate;
            return this;
        }

        /** Sets when the export ended; null, the default, if it is unknown. */
        public Builder completionDate(@Nullable Instant completionDate) {
            this.completionDate = completionDate;
            return this;
        }

        /** Sets the scope; null, the default, if it is unknown. */
        public Builder scope(@Nullable ExportScope scope) {
            this.scope = scope;
            return this;
        }

        /** Sets the files; the list is copied. Null is the same as an empty list, the default. */
        public Builder files(@Nullable List<ExportFile> files) {
            this.files = files == null ? List.of() : List.copyOf(files);
            return this;
        }

        /** Sets the definition of the export; null, the default, if it is unknown. */
        public Builder request(@Nullable ExportDefinition request) {
            this.request = request;
            return this;
        }

        /**
         * Sets the members without an accessor; none by default. The map is copied when the export request is built, its
         * values are not. It may contain a member with an accessor as long as the accessor is null, or empty for
         * {@code files}: this is how a member that cannot be read is kept.
         */
        public Builder otherMembers(Map<String, @Nullable Object> otherMembers) {
            this.otherMembers = Objects.requireNonNull(otherMembers, "otherMembers");
            return this;
        }

        /**
         * Builds the export request. The builder can be used again.
         *
         * @throws IllegalArgumentException if the id or the status is not set, or if {@code otherMembers} hold a member
         *     that is set, too
         */
        public ExportRequest build() {
            return new ExportRequest(this);
        }
    }
}
