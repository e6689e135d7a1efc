package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelTest {

    @Test
    void exportNeedsOnlyIdAndStatus() {
        ExportRequest export =
                ExportRequest.builder().id("x").status(ExportStatus.RUNNING).build();
        assertThat(export.files()).isEmpty();
        assertThat(export.otherMembers()).isEmpty();
        assertThat(export.requestDate()).isNull();
        assertThat(export.isFinal()).isFalse();
        assertThat(export.toJson()).isEqualTo("{\"id\":\"x\",\"status\":\"RUNNING\",\"files\":[]}");
    }

    @Test
    void exportWithoutIdOrStatusIsRefused() {
        assertThatThrownBy(() -> ExportRequest.builder().id("x").build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> ExportRequest.builder().status(ExportStatus.ERROR).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toBuilderKeepsAllMembers() {
        ExportRequest export = ExportRequest.builder()
                .id("x")
                .status(ExportStatus.RUNNING)
                .requestDate(Instant.EPOCH)
                .startDate(Instant.EPOCH.plusSeconds(1))
                .completionDate(Instant.EPOCH.plusSeconds(2))
                .scope(ExportScope.PROFILE_ATTRIBUTES)
                .files(List.of(
                        ExportFile.builder().id("f").part(1).size(2L).url("u").build()))
                .request(ExportDefinition.builder()
                        .attributes(List.of("a"))
                        .identifiers(List.of())
                        .build())
                .otherMembers(Map.of("k", 1))
                .build();
        assertThat(export.toBuilder().build()).isEqualTo(export);
        assertThat(export.toBuilder().status(ExportStatus.SUCCESS).build())
                .isNotEqualTo(export)
                .matches(ExportRequest::isFinal);
    }

    @Test
    void builderArgumentsAreCopied() {
        Map<String, Object> others = new LinkedHashMap<>(Map.of("k", 1));
        List<ExportFile> files = new ArrayList<>();
        ExportRequest export = ExportRequest.builder()
                .id("x")
                .status(ExportStatus.ERROR)
                .files(files)
                .otherMembers(others)
                .build();
        others.put("l", 2);
        files.add(ExportFile.builder().id("f").build());
        assertThat(export.otherMembers()).containsOnlyKeys("k");
        assertThat(export.files()).isEmpty();
        assertThatThrownBy(() -> export.otherMembers().put("m", 3)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void otherMembersMayNotRepeatASetMember() {
        ExportRequest.Builder builder =
                ExportRequest.builder().id("x").status(ExportStatus.ERROR).otherMembers(Map.of("scope", 5));
        assertThat(builder.build().toJson()).isEqualTo("{\"id\":\"x\",\"status\":\"ERROR\",\"files\":[],\"scope\":5}");
        builder.scope(ExportScope.PROFILE_ATTRIBUTES);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scope");
    }

    @Test
    void toJsonRefusesValuesThatJsonCannotExpress() {
        ExportRequest export = ExportRequest.builder()
                .id("x")
                .status(ExportStatus.ERROR)
                .otherMembers(Map.of("k", Double.NaN))
                .build();
        assertThatThrownBy(export::toJson).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valueTypesAreEqualByTextAndConstantsAreShared() {
        assertThat(ExportStatus.of("SUCCESS")).isSameAs(ExportStatus.SUCCESS);
        assertThat(ExportStatus.of("CREATED")).isSameAs(ExportStatus.CREATED);
        assertThat(ExportStatus.of("PENDING")).isSameAs(ExportStatus.PENDING);
        assertThat(ExportStatus.of("RUNNING")).isSameAs(ExportStatus.RUNNING);
        assertThat(ExportStatus.of("ERROR")).isSameAs(ExportStatus.ERROR);
        assertThat(ExportStatus.of("EXPIRED")).isSameAs(ExportStatus.EXPIRED);
        assertThat(ExportStatus.of("PAUSED"))
                .isEqualTo(new ExportStatus("PAUSED"))
                .hasToString("PAUSED");
        assertThat(ExportScope.of("PROFILE_ATTRIBUTES")).isSameAs(ExportScope.PROFILE_ATTRIBUTES);
        assertThat(ExportScope.of("X")).isEqualTo(ExportScope.of("X")).hasToString("X");
        assertThat(ExportType.of("ATTRIBUTES")).isSameAs(ExportType.ATTRIBUTES);
        assertThat(ExportType.of("EVENTS")).isEqualTo(ExportType.of("EVENTS")).hasToString("EVENTS");
    }

    @Test
    void valueTypesAreOrderedByText() {
        assertThat(Stream.of("SUCCESS", "CREATED", "PAUSED")
                        .map(ExportStatus::of)
                        .sorted())
                .extracting(ExportStatus::text)
                .containsExactly("CREATED", "PAUSED", "SUCCESS");
        assertThat(ExportScope.of("B")).isGreaterThan(ExportScope.of("A"));
        assertThat(ExportType.of("A")).isLessThan(ExportType.of("B")).isEqualByComparingTo(ExportType.of("A"));
    }

    @Test
    void successErrorAndExpiredAreFinal() {
        assertThat(List.of("SUCCESS", "ERROR", "EXPIRED"))
                .allMatch(text -> ExportStatus.of(text).isFinal());
        assertThat(List.of("CREATED", "PENDING", "RUNNING", "success", "DONE"))
                .noneMatch(text -> ExportStatus.of(text).isFinal());
    }
}
