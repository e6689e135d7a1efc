package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file of an export. Immutable; two files are equal if all their members are. Jackson 2 and 3 write it as the API does
 * and read it back.
 */
public final class ExportFile extends JsonObject {

    private static final Set<String> NAMES = Set.of("id", "part", "size", "url");

    private final @Nullable String id;
    private final @Nullable Integer part;
    private final @Nullable Long size;
    private final @Nullable String url;

    private ExportFile(Builder builder) {
        super(builder.otherMembers);
        this.id = builder.id;
        this.part = builder.part;
        this.size = builder.size;
        this.url = builder.url;
        checkOtherMembers(NAMES);
    }

    /** Returns a builder with no member set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the file that a JSON object of the API describes. A member that cannot be read is kept unchanged in
     * {@link #otherMembers()}.
     *
     * @param json the members, keyed by the API's names, as for {@link ExportRequest#of}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportFile of(Map<String, ?> json) {
        MemberReader members = new MemberReader(json);
        return builder()
                .id(members.read("id", MemberReader::string))
                .part(members.read("part", MemberReader::integer))
                .size(members.read("size", MemberReader::wholeNumber))
                .url(members.read("url", MemberReader::string))
                .otherMembers(members.others())
                .build();
    }

    /** Returns a builder with the members of this file. */
    public Builder toBuilder() {
        return builder().id(id).part(part).size(size).url(url).otherMembers(otherMembers());
    }

    /** Returns the id, which a download requests; null if the API did not send it. */
    public @Nullable String id() {
        return id;
    }

    /**
     * Returns the number of this part of the export, 1 in the examples of the API's documentation; null if it was not
     * sent.
     */
    public @Nullable Integer part() {
        return part;
    }

    /** Returns the size in bytes; null if the API did not send it. */
    public @Nullable Long size() {
        return size;
    }

    /**
     * Returns the API's URL that redirects to the content; null if the API did not send it. It requires the REST API key,
     * and its API version may differ from the listing's.
     */
    public @Nullable String url() {
        return url;
    }

    @Override
    MemberMap known() {
        return new MemberMap().put("id", id).put("part", part).put("size", size).put("url", url);
    }

    @Override
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {id, part, size, url};
    }

    /** Builds an {@link ExportFile}. Every member is null by default. Not thread-safe. */
    public static final class Builder {

        private @Nullable String id;
        private @Nullable Integer part;
        private @Nullable Long size;
        private @Nullable String url;
        private Map<String, @Nullable Object> otherMembers = Map.of();

        private Builder() {}

        /** Sets the id. A file without one cannot be downloaded. */
        public Builder id(@Nullable String id) {
            this.id = id;
            return this;
        }

        /** Sets the number of this part of the export. */
        public Builder part(@Nullable Integer part) {
            this.part = part;
            return this;
        }

        /** Sets the size in bytes. */
        public Builder size(@Nullable Long size) {
            this.size = size;
            return this;
        }

        /** Sets the API's URL that redirects to the content. */
        public Builder url(@Nullable String url) {
            this.url = url;
            return this;
        }

        /** Sets the members without an accessor; see {@link ExportRequest.Builder#otherMembers}. */
        public Builder otherMembers(Map<String, @Nullable Object> otherMembers) {
            this.otherMembers = Objects.requireNonNull(otherMembers, "otherMembers");
            return this;
        }

        /**
         * Builds the file. The builder can be used again.
         *
         * @throws IllegalArgumentException if {@code otherMembers} contain a member that is also set
         */
        public ExportFile build() {
            return new ExportFile(this);
        }
    }
}
