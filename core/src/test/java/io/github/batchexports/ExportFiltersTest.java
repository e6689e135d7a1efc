package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExportFiltersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ExportRequest success = ExportRequest.builder()
            .id("a")
            .status(ExportStatus.SUCCESS)
            .scope(ExportScope.PROFILE_ATTRIBUTES)
            .requestDate(NOON)
            .request(
                    ExportDefinition.builder().exportType(ExportType.ATTRIBUTES).build())
            .build();
    private final ExportRequest bare =
            ExportRequest.builder().id("b").status(ExportStatus.of("NEW")).build();

    @Test
    void statusMatchesAnyOfTheGiven() {
        assertThat(ExportFilters.status(ExportStatus.SUCCESS, ExportStatus.ERROR))
                .accepts(success)
                .rejects(bare);
        assertThat(ExportFilters.status(ExportStatus.of("NEW"))).accepts(bare).rejects(success);
        assertThat(ExportFilters.status("SUCCESS", "ERROR")).accepts(success).rejects(bare);
        assertThat(ExportFilters.status(List.of(ExportStatus.SUCCESS)))
                .accepts(success)
                .rejects(bare);
        assertThat(ExportFilters.status(List.of())).rejects(success, bare);
    }

    @Test
    void scopeMatchesAnyOfTheGiven() {
        assertThat(ExportFilters.scope("PROFILE_ATTRIBUTES")).accepts(success).rejects(bare);
        assertThat(ExportFilters.scope("OTHER")).rejects(success, bare);
        assertThat(ExportFilters.scope(ExportScope.of("OTHER"), ExportScope.PROFILE_ATTRIBUTES))
                .accepts(success)
                .rejects(bare);
        assertThat(ExportFilters.scope(List.of(ExportScope.PROFILE_ATTRIBUTES)))
                .accepts(success)
                .rejects(bare);
    }

    @Test
    void exportTypeMatchesAnyOfTheGiven() {
        assertThat(ExportFilters.exportType(ExportType.ATTRIBUTES))
                .accepts(success)
                .rejects(bare);
        assertThat(ExportFilters.exportType("EVENTS", "ATTRIBUTES"))
                .accepts(success)
                .rejects(bare);
        assertThat(ExportFilters.exportType(List.of(ExportType.ATTRIBUTES)))
                .accepts(success)
                .rejects(bare);
        assertThat(ExportFilters.exportType(ExportType.of("EVENTS"))).rejects(success, bare);
        ExportRequest untyped =
                bare.toBuilder().request(ExportDefinition.builder().build()).build();
        assertThat(ExportFilters.exportType(ExportType.ATTRIBUTES)).rejects(untyped);
    }

    @Test
    void requestedBetweenIncludesStartAndExcludesEnd() {
        assertThat(ExportFilters.requestedBetween(NOON, NOON.plusSeconds(1)))
                .accepts(success)
                .rejects(bare);
        assertThat(ExportFilters.requestedBetween(NOON.minusSeconds(9), NOON)).rejects(success);
        assertThat(ExportFilters.requestedBetween(NOON.plusNanos(1), NOON.plusSeconds(1)))
                .rejects(success);
    }

    @Test
    void requestedSinceIncludesTheInstant() {
        assertThat(ExportFilters.requestedSince(NOON)).accepts(success).rejects(bare);
        assertThat(ExportFilters.requestedSince(NOON.minusNanos(1))).accepts(success);
        assertThat(ExportFilters.requestedSince(NOON.plusNanos(1))).rejects(success);
    }

    @Test
    void anyMatchesEveryExport() {
        assertThat(ExportFilters.any()).accepts(success, bare);
    }

    @Test
    void filtersCompose() {
        Predicate<ExportRequest> both =
                ExportFilters.status(ExportStatus.SUCCESS).and(ExportFilters.scope("PROFILE_ATTRIBUTES"));
        assertThat(both).accepts(success).rejects(bare);
        assertThat(both.negate()).accepts(bare).rejects(success);
        assertThat(both.or(ExportFilters.status(List.of(ExportStatus.of("NEW")))))
                .accepts(success, bare);
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                nullOf("statuses", () -> ExportFilters.status((ExportStatus[]) null)),
                nullOf("statuses", () -> ExportFilters.status((String[]) null)),
                nullOf("statuses", () -> ExportFilters.status((Collection<ExportStatus>) null)),
                nullOf("a value of statuses", () -> ExportFilters.status(ExportStatus.SUCCESS, null)),
                nullOf("a value of statuses", () -> ExportFilters.status("SUCCESS", null)),
                nullOf("a value of statuses", () -> ExportFilters.status(Collections.singleton(null))),
                nullOf("scopes", () -> ExportFilters.scope((ExportScope[]) null)),
                nullOf("a value of scopes", () -> ExportFilters.scope("PROFILE", null)),
                nullOf("types", () -> ExportFilters.exportType((Collection<ExportType>) null)),
                nullOf("a value of types", () -> ExportFilters.exportType("ATTRIBUTES", null)),
                nullOf("fromInclusive", () -> ExportFilters.requestedSince(null)),
                nullOf("fromInclusive", () -> ExportFilters.requestedBetween(null, Instant.EPOCH)),
                nullOf("untilExclusive", () -> ExportFilters.requestedBetween(Instant.EPOCH, null)));
    }

    private static Arguments nullOf(String name, ThrowingCallable call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsRefusedByParameterName(String name, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(name + " is null");
    }
}
