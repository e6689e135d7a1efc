package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All export requests of a project at one time, sorted by {@code requestDate}, newest first; those without one come last.
 * Immutable; two snapshots are equal if their export requests are.
 *
 * <p>Its JSON is {@code {"exports":[…]}}, each export request as the API writes it. Jackson 2 and 3 write and read the
 * same.
 */
public final class ExportSnapshot {

    private static final Comparator<ExportRequest> NEWEST_FIRST =
            Comparator.comparing(ExportRequest::requestDate, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));

    private final List<ExportRequest> exports;
    private final Map<String, ExportRequest> byId;

    /** Takes ownership of a sorted list. */
    private ExportSnapshot(List<ExportRequest> exports) {
        this.exports = Collections.unmodifiableList(exports);
        this.byId = new LinkedHashMap<>(exports.size() * 2);
        exports.forEach(export -> byId.put(export.id(), export));
    }

    /** Returns the snapshot of these export requests, given in any order, each id once. */
    public static ExportSnapshot of(Collection<ExportRequest> exports) {
        List<ExportRequest> sorted = new ArrayList<>(exports);
        sorted.sort(NEWEST_FIRST);
        return new ExportSnapshot(sorted);
    }

    /**
     * Returns the snapshot that a JSON object describes, as {@link #toMap()} gives it. Unknown members are
     * ignored.
     *
     * @throws IllegalArgumentException if {@code exports} is not an array of export requests that each have an id and a
     *     status, both strings
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportSnapshot of(Map<String, ?> json) {
        return of(new MemberReader(json)
                .require(
                        "exports",
                        MemberReader.list(MemberReader.object(ExportRequest::of)),
                        "an array of export requests"));
    }

    /** Returns the export requests, newest first; an unmodifiable list. */
    public List<ExportRequest> exports() {
        return exports;
    }

    /** Returns the export request with this id, in constant time; null if there is none. */
    public @Nullable ExportRequest find(String id) {
        return byId.get(id);
    }

    /** Returns the snapshot of the export requests that match, for instance by {@link ExportFilters#status}. */
    public ExportSnapshot filter(Predicate<? super ExportRequest> predicate) {
        List<ExportRequest> matching = new ArrayList<>();
        for (ExportRequest export : exports) {
            if (predicate.test(export)) {
                matching.add(export);
            }
        }
        return matching.size() == exports.size() ? this : new ExportSnapshot(matching);
    }

    /** Returns the JSON object of this snapshot as an unmodifiable map; {@link #of(Map)} reads it back. */
    @JsonValue
    public Map<String, @Nullable Object> toMap() {
        return Map.of("exports", exports.stream().map(ExportRequest::toMap).toList());
    }

    /**
     * Returns {@link #toMap()} as one line of JSON.
     *
     * @throws IllegalArgumentException if {@code otherMembers} of an export contain a value that JSON cannot express
     */
    public String toJson() {
        return JsonWriter.of(toMap());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof ExportSnapshot that && exports.equals(that.exports));
    }

    @Override
    public int hashCode() {
        return exports.hashCode();
    }

    @Override
    public String toString() {
        return "ExportSnapshot[" + exports.size() + " exports]";
    }
}
