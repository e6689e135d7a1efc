package io.github.batchexports;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Predicates on export requests, for {@code filter} on a listing and for {@link WatchOptions.Builder#filter}. The API
 * filters nothing itself, so a filtered listing costs the same calls. An export request without the member that is asked
 * about does not match. Predicates for no value at all match nothing. They are immutable and thread-safe.
 */
public final class ExportFilters {

    private ExportFilters() {}

    /** Matches every export request; a start for predicates composed by {@code and}. */
    public static Predicate<ExportRequest> any() {
        return export -> true;
    }

    /** Matches one of these statuses. */
    public static Predicate<ExportRequest> status(ExportStatus... statuses) {
        return status(List.of(statuses));
    }

    /** Matches one of these statuses, given as the API writes them. */
    public static Predicate<ExportRequest> status(String... statuses) {
        return status(values(ExportStatus::of, statuses));
    }

    /** Matches one of these statuses. */
    public static Predicate<ExportRequest> status(Collection<ExportStatus> statuses) {
        return oneOf(statuses, ExportRequest::status);
    }

    /** Matches one of these scopes. */
    public static Predicate<ExportRequest> scope(ExportScope... scopes) {
        return scope(List.of(scopes));
    }

    /** Matches one of these scopes, given as the API writes them. */
    public static Predicate<ExportRequest> scope(String... scopes) {
        return scope(values(ExportScope::of, scopes));
    }

    /** Matches one of these scopes. */
    public static Predicate<ExportRequest> scope(Collection<ExportScope> scopes) {
        return oneOf(scopes, ExportRequest::scope);
    }

    /** Matches one of these types of {@link ExportRequest#request()}. */
    public static Predicate<ExportRequest> exportType(ExportType... types) {
        return exportType(List.of(types));
    }

    /** Matches one of these types of {@link ExportRequest#request()}, given as the API writes them. */
    public static Predicate<ExportRequest> exportType(String... types) {
        return exportType(values(ExportType::of, types));
    }

    /** Matches one of these types of {@link ExportRequest#request()}. */
    public static Predicate<ExportRequest> exportType(Collection<ExportType> types) {
        return oneOf(types, export -> {
            ExportDefinition request = export.request();
            return request == null ? null : request.exportType();
        });
    }

    /** Matches a {@link ExportRequest#requestDate()} at or after an instant. */
    public static Predicate<ExportRequest> requestedSince(Instant fromInclusive) {
        Objects.requireNonNull(fromInclusive, "fromInclusive");
        return export -> {
            Instant date = export.requestDate();
            return date != null && !date.isBefore(fromInclusive);
        };
    }

    /** Matches a {@link ExportRequest#requestDate()} at or after one instant and before another. */
    public static Predicate<ExportRequest> requestedBetween(Instant fromInclusive, Instant untilExclusive) {
        Objects.requireNonNull(untilExclusive, "untilExclusive");
        return requestedSince(fromInclusive).and(export -> {
            Instant date = export.requestDate();
            return date != null && date.isBefore(untilExclusive);
        });
    }

    private static <T> List<T> values(Function<String, T> of, String... names) {
        return Stream.of(names).map(of).toList();
    }

    private static <T> Predicate<ExportRequest> oneOf(
            Collection<T> values, Function<ExportRequest, @Nullable T> member) {
        Set<T> wanted = Set.copyOf(values);
        return export -> {
            T value = member.apply(export);
            return value != null && wanted.contains(value);
        };
    }
}
