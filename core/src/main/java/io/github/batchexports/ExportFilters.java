package io.github.batchexports;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Predicates over export requests, to filter a listing while it streams: the API itself filters nothing, so that every
 * page is read all the same. They compose by {@code and}, {@code or} and {@code negate}. An export that lacks the member
 * does not match.
 */
public final class ExportFilters {

    private ExportFilters() {}

    /** Exports in one of these statuses. */
    public static Predicate<ExportRequest> status(ExportStatus... statuses) {
        return status(List.of(statuses));
    }

    /** Exports in one of these statuses. */
    public static Predicate<ExportRequest> status(Collection<ExportStatus> statuses) {
        Set<ExportStatus> wanted = Set.copyOf(statuses);
        return export -> wanted.contains(export.status());
    }

    /** Exports of one of these scopes, by the text that the API writes. */
    public static Predicate<ExportRequest> scope(String... scopes) {
        return scope(List.of(scopes).stream().map(ExportScope::of).toList());
    }

    /** Exports of one of these scopes. */
    public static Predicate<ExportRequest> scope(ExportScope first, ExportScope... more) {
        return scope(first.text()).or(scope(List.of(more)));
    }

    /** Exports of one of these scopes. */
    public static Predicate<ExportRequest> scope(Collection<ExportScope> scopes) {
        Set<ExportScope> wanted = Set.copyOf(scopes);
        return export -> export.scope() != null && wanted.contains(export.scope());
    }

    /** Exports of one of these types. */
    public static Predicate<ExportRequest> exportType(ExportType... types) {
        Set<ExportType> wanted = Set.copyOf(List.of(types));
        return export -> {
            ExportDefinition request = export.request();
            return request != null && request.exportType() != null && wanted.contains(request.exportType());
        };
    }

    /** Exports that were asked for from one instant on, and before another. */
    public static Predicate<ExportRequest> requestedBetween(Instant fromInclusive, Instant untilExclusive) {
        return export -> {
            Instant date = export.requestDate();
            return date != null && !date.isBefore(fromInclusive) && date.isBefore(untilExclusive);
        };
    }
}
