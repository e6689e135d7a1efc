package io.github.batchexports;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Predicates on export requests, for {@code filter} on a listing and for {@link WatchOptions.Builder#filter}. The API
 * itself does not filter, so a filtered listing costs as many calls as an unfiltered one. An export request without the
 * tested member does not match. A predicate for no values matches nothing. Null, or a null among the values, is refused
 * with an {@link IllegalArgumentException} that names the parameter. Predicates are immutable and thread-safe.
 */
public final class ExportFilters {

    private ExportFilters() {}

    /** Matches every export request; a start for composing predicates with {@code and}. */
    public static Predicate<ExportRequest> any() {
        return export -> true;
    }

    /** Matches any of these statuses. */
    public static Predicate<ExportRequest> status(ExportStatus... statuses) {
        return status(list("statuses", statuses));
    }

    /** Matches any of these statuses, given as the API writes them. */
    public static Predicate<ExportRequest> status(String... statuses) {
        return status(list("statuses", statuses).stream().map(ExportStatus::of).toList());
    }

    /** Matches any of these statuses. */
    public static Predicate<ExportRequest> status(Collection<ExportStatus> statuses) {
        return oneOf("statuses", statuses, ExportRequest::status);
    }

    /** Matches any of these scopes. */
    public static Predicate<ExportRequest> scope(ExportScope... scopes) {
        return scope(list("scopes", scopes));
    }

    /** Matches any of these scopes, given as the API writes them. */
    public static Predicate<ExportRequest> scope(String... scopes) {
        return scope(list("scopes", scopes).stream().map(ExportScope::of).toList());
    }

    /** Matches any of these scopes. */
    public static Predicate<ExportRequest> scope(Collection<ExportScope> scopes) {
        return oneOf("scopes", scopes, ExportRequest::scope);
    }

    /** Matches any of these types of {@link ExportRequest#request()}. */
    public static Predicate<ExportRequest> exportType(ExportType... types) {
        return exportType(list("types", types));
    }

    /** Matches any of these types of {@link ExportRequest#request()}, given as the API writes them. */
    public static Predicate<ExportRequest> exportType(String... types) {
        return exportType(list("types", types).stream().map(ExportType::of).toList());
    }

    /** Matches any of these types of {@link ExportRequest#request()}. */
    public static Predicate<ExportRequest> exportType(Collection<ExportType> types) {
        return oneOf("types", types, export -> {
            ExportDefinition request = export.request();
            return request == null ? null : request.exportType();
        });
    }

    /** Matches a {@link ExportRequest#requestDate()} at or after an instant. */
    public static Predicate<ExportRequest> requestedSince(Instant fromInclusive) {
        Arguments.notNull("fromInclusive", fromInclusive);
        return export -> {
            Instant date = export.requestDate();
            return date != null && !date.isBefore(fromInclusive);
        };
    }

    /** Matches a {@link ExportRequest#requestDate()} at or after one instant and before another. */
    public static Predicate<ExportRequest> requestedBetween(Instant fromInclusive, Instant untilExclusive) {
        Arguments.notNull("untilExclusive", untilExclusive);
        return requestedSince(fromInclusive).and(export -> {
            Instant date = export.requestDate();
            return date != null && date.isBefore(untilExclusive);
        });
    }

    private static <T> Predicate<ExportRequest> oneOf(
            String name, Collection<T> values, Function<ExportRequest, @Nullable T> member) {
        Set<T> wanted = Set.copyOf(noNulls(name, values));
        return export -> {
            T value = member.apply(export);
            return value != null && wanted.contains(value);
        };
    }

    private static <T> List<T> list(String name, T[] values) {
        return noNulls(name, Arrays.asList(Arguments.notNull(name, values)));
    }

    private static <T, C extends Collection<T>> C noNulls(String name, C values) {
        for (T value : Arguments.notNull(name, values)) {
            Arguments.notNull("a value of " + name, value);
        }
        return values;
    }
}
