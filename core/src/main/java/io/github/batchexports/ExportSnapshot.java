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
 * All export requests of a project as they were at one time, by {@code requestDate}, newest first, those without one last.
 * Immutable; equal to another one if the export requests are.
 *
 * <p>Its JSON is {@code {"exports":[…]}}, each export request as the API writes it. Jackson, 2 or 3, writes and reads the
 * same.
 */
public final class ExportSnapshot {

    private static final Comparator<ExportRequest> NEWEST_FIRST =
            Comparator.comparing(ExportRequest::requestDate, Comparator.nullsLast(Comparator.<Instant>reverseOrder()));

    private final List<ExportRequest> exports;
    private final Map<String, ExportRequest> byId;

    /** Takes a list that is in order and changes no more. */
    private ExportSnapshot(List<ExportRequest> exports) {
        this.exports = Collections.unmodifiableList(exports);
        this.byId = new LinkedHashMap<>(exports.size() * 2);
        exports.forEach(export -> byId.put(export.id(), export));
    }

    /** Returns the snapshot of these export requests, in whichever order they come; each id should be there once. */
    public static ExportSnapshot of(Collection<ExportRequest> exports) {
        List<ExportRequest> sorted = new ArrayList<>(exports);
        sorted.sort(NEWEST_FIRST);
        return new ExportSnapshot(sorted);
    }

    /**
     * Returns the snapshot that a JSON object describes, as {@link #toMap()} gives it. Members that are not known are
     * ignored.
     *
     * @throws IllegalArgumentException if {@code exports} is not an array of export requests that each have an id and a
     *     status
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

    /** Returns the snapshot of those export requests that match, such as {@link ExportFilters#status}. */
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
     * @throws IllegalArgumentException if {@code otherMembers} of an export hold a value that JSON cannot express
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
