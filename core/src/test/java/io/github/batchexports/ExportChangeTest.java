package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportChange.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts as a change, and its JSON. */
class ExportChangeTest {

    private static final ExportRequest RUNNING =
            ExportRequest.builder().id("a").status(ExportStatus.RUNNING).build();
    private static final ExportRequest ENDED =
            RUNNING.toBuilder().status(ExportStatus.SUCCESS).build();

    @Test
    void newExportIsDiscovered() {
        assertThat(ExportChange.between(null, ENDED))
                .isEqualTo(ExportChange.builder()
                        .kind(Kind.DISCOVERED)
                        .export(ENDED)
                        .build());
    }

    @Test
    void newStatusIsStatusChangeWhateverElseChanged() {
        ExportRequest later =
                ENDED.toBuilder().scope(ExportScope.of("PROFILE_ATTRIBUTES")).build();
        assertThat(ExportChange.between(RUNNING, later))
                .isEqualTo(ExportChange.builder()
                        .previous(ExportStatus.RUNNING)
                        .kind(Kind.STATUS)
                        .export(later)
                        .build());
    }

    @Test
    void otherChangesAreUpdatesAndEqualExportsGiveNull() {
        ExportRequest later =
                RUNNING.toBuilder().scope(ExportScope.of("PROFILE_ATTRIBUTES")).build();
        assertThat(ExportChange.between(RUNNING, later))
                .isEqualTo(ExportChange.builder()
                        .previous(ExportStatus.RUNNING)
                        .kind(Kind.UPDATED)
                        .export(later)
                        .build());
        assertThat(ExportChange.between(RUNNING, RUNNING.toBuilder().build())).isNull();
    }

    @Test
    void toJsonWritesOneLine() {
        assertThat(ExportChange.between(null, RUNNING).toJson())
                .isEqualTo("{\"previous\":null,\"kind\":\"DISCOVERED\",\"export\":" + RUNNING.toJson() + "}");
        assertThat(ExportChange.between(RUNNING, ENDED).toJson())
                .isEqualTo("{\"previous\":\"RUNNING\",\"kind\":\"STATUS\",\"export\":" + ENDED.toJson() + "}");
    }

    @ParameterizedTest
    @EnumSource
    void everyKindRoundTripsByName(Kind kind) {
        ExportChange change = ExportChange.builder().kind(kind).export(ENDED).build();
        assertThat(change.toMap()).containsEntry("kind", kind.name());
        assertThat(ExportChange.of(change.toMap())).isEqualTo(change);
    }
}
