package io.github.batchexports.cli;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
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

    @Option(names = "--status", split = ",", paramLabel = "S", description = "Only these statuses, such as SUCCESS.")
    private List<String> statuses = List.of();

    @Option(names = "--scope", split = ",", paramLabel = "S", description = "Only these scopes.")
    private List<String> scopes = List.of();

    Predicate<ExportRequest> filter() {
        Predicate<ExportRequest> filter = ExportFilters.any();
        if (!statuses.isEmpty()) {
            filter = filter.and(ExportFilters.status(
                    named("--status", statuses).map(ExportStatus::of).toList()));
        }
        if (!scopes.isEmpty()) {
            filter = filter.and(ExportFilters.scope(
                    named("--scope", scopes).map(ExportScope::of).toList()));
        }
        return filter;
    }

    private Stream<String> named(String option, List<String> values) {
        return values.stream().map(String::strip).peek(value -> {
            if (value.isEmpty()) {
                throw new ParameterException(
                        Objects.requireNonNull(command).commandLine(),
                        option + " has an empty value: write it as " + option + " A,B");
            }
        });
    }
}
