package io.github.batchexports.cli;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.cli.terminal.Terminal;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which exports are wanted. */
final class FilterOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** What a shell offers to complete. */
    static final class KnownStatuses implements Iterable<String> {

        private static final List<String> NAMES = Stream.of(
                        ExportStatus.CREATED,
                        ExportStatus.PENDING,
                        ExportStatus.RUNNING,
                        ExportStatus.SUCCESS,
                        ExportStatus.ERROR,
                        ExportStatus.EXPIRED)
                .map(ExportStatus::text)
                .toList();

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "S",
            completionCandidates = KnownStatuses.class,
            description = "Only these statuses, such as SUCCESS, in any case.")
    private @Nullable List<String> statuses;

    @Option(names = "--scope", split = ",", paramLabel = "S", description = "Only these scopes.")
    private @Nullable List<String> scopes;

    Predicate<ExportRequest> filter() {
        Predicate<ExportRequest> filter = ExportFilters.any();
        if (statuses != null) {
            filter = filter.and(anyStatus(statuses));
        }
        if (scopes != null) {
            filter = filter.and(ExportFilters.scope(
                    named("--scope", scopes).map(ExportScope::of).toList()));
        }
        return filter;
    }

    /** In any case. New statuses may come, so one that is not known is taken, with a word. */
    private Predicate<ExportRequest> anyStatus(List<String> statuses) {
        Set<String> wanted = named("--status", statuses)
                .map(status -> status.toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String status : wanted) {
            if (!KnownStatuses.NAMES.contains(status)) {
                System.err.println("exports: the status " + Terminal.oneLine(status) + " is not known; known are "
                        + String.join(", ", KnownStatuses.NAMES));
            }
        }
        return export -> wanted.contains(export.status().text().toUpperCase(Locale.ROOT));
    }

    private Stream<String> named(String option, List<String> values) {
        List<String> names = values.stream().map(String::strip).toList();
        if (names.isEmpty() || names.contains("")) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    option + " has an empty value: write it as " + option + " A,B");
        }
        return names.stream();
    }
}
