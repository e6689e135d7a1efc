package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing. Immutable; two pages are equal if all their members are. Jackson 2 and 3 write it as the API
 * does and read it back, without {@link #from()}, which is not part of the API's JSON.
 */
public final class ExportPage extends JsonObject {

    private static final Set<String> NAMES = Set.of("exports", "count", "has_more", "next_from");

    private final List<ExportRequest> exports;
    private final @Nullable Integer count;
    private final boolean hasMore;
    private final @Nullable String nextFrom;
    private final @Nullable String from;

    private ExportPage(Builder builder) {
        super(builder.otherMembers);
        this.exports = builder.exports;
        this.count = builder.count;
        this.nextFrom = builder.nextFrom;
        this.hasMore = builder.hasMore == null ? nextFrom != null && !nextFrom.isEmpty() : builder.hasMore;
        this.from = builder.from;
        checkOtherMembers(NAMES);
    }

    /** Returns a builder with no export requests and no other member set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the page that a JSON object of the API describes. A {@code count} that cannot be read is kept unchanged in
     * {@link #otherMembers()}.
     *
     * @param json the members, keyed by the API's names, as for {@link ExportRequest#of}
     * @throws IllegalArgumentException if {@code exports} is not an array of export requests that each have an id and a
     *     status, or if {@code has_more} or {@code next_from}, which paging depends on, cannot be read
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportPage of(Map<String, ?> json) {
        MemberReader members = new MemberReader(json);
        return builder()
                .exports(members.require(
                        "exports",
                        MemberReader.list(MemberReader.object(ExportRequest::of)),
                        "an array of export requests"))
                .count(members.read("count", MemberReader::integer))
                .hasMore(members.readOrRefuse("has_more", MemberReader::bool, "a boolean"))
                .nextFrom(members.readOrRefuse("next_from", MemberReader::string, "a string"))
                .otherMembers(members.others())
                .build();
    }

    /** Returns a builder with the members of this page. */
    public Builder toBuilder() {
        return builder()
                .exports(exports)
                .count(count)
                .hasMore(hasMore)
                .nextFrom(nextFrom)
                .from(from)
                .otherMembers(otherMembers());
    }

    /**
     * Returns the export requests, in the API's order; an unmodifiable list. It may be empty although more pages follow.
     */
    public List<ExportRequest> exports() {
        return exports;
    }

    /**
     * Returns the number of items on this page according to the API; the size of {@link #exports()} if the API did not
     * send it. It may be wrong: an example of the <a href="https://doc.batch.com/developer/api/cep/exports/list">API's
     * documentation</a> has 25 for one item.
     */
    public int count() {
        return count == null ? exports.size() : count;
    }

    /** Returns whether another page follows. If the API did not send it, one follows if there is a {@link #nextFrom()}. */
    public boolean hasMore() {
        return hasMore;
    }

    /** Returns the cursor of the next page; null if the API did not send one. */
    public @Nullable String nextFrom() {
        return nextFrom;
    }

    /** Returns the cursor with which this page was requested; null for the first page. */
    public @Nullable String from() {
        return from;
    }

    @Override
    MemberMap known() {
        return new MemberMap()
                .putList("exports", exports, ExportRequest::toMap)
                .put("count", count)
                .put("has_more", hasMore)
                .put("next_from", nextFrom);
    }

    @Override
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {exports, count, hasMore, nextFrom, from};
    }

    /** Builds an {@link ExportPage}. Not thread-safe. */
    public static final class Builder {

        private List<ExportRequest> exports = List.of();
        private @Nullable Integer count;
        private @Nullable Boolean hasMore;
        private @Nullable String nextFrom;
        private @Nullable String from;
        private Map<String, @Nullable Object> otherMembers = Map.of();

        private Builder() {}

        /** Sets the export requests; the list is copied. None by default. */
        public Builder exports(List<ExportRequest> exports) {
            this.exports = List.copyOf(exports);
            return this;
        }

        /** Sets the number of items according to the API; null, the default, if it was not sent. */
        public Builder count(@Nullable Integer count) {
            this.count = count;
            return this;
        }

        /** Sets whether another page follows; null, the default, to derive it from {@code nextFrom}. */
        public Builder hasMore(@Nullable Boolean hasMore) {
            this.hasMore = hasMore;
            return this;
        }

        /** Sets the cursor of the next page; null, the default, if there is none. */
        public Builder nextFrom(@Nullable String nextFrom) {
            this.nextFrom = nextFrom;
            return this;
        }

        /** Sets the cursor with which the page was requested; null, the default, for the first page. */
        public Builder from(@Nullable String from) {
            this.from = from;
            return this;
        }

        /** Sets the members without an accessor; see {@link ExportRequest.Builder#otherMembers}. */
        public Builder otherMembers(Map<String, @Nullable Object> otherMembers) {
            this.otherMembers = Objects.requireNonNull(otherMembers, "otherMembers");
            return this;
        }

        /**
         * Builds the page. The builder can be used again.
         *
         * @throws IllegalArgumentException if {@code otherMembers} contain a member that is also set
         */
        public ExportPage build() {
            return new ExportPage(this);
        }
    }
}
