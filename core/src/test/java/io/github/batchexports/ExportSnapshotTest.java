package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A project's exports at one time: their order, the lookup by id, their JSON. */
class ExportSnapshotTest {

    private static final ExportRequest OLD = export("old", 1L);
    private static final ExportRequest NEW = export("new", 2L);
    private static final ExportRequest UNDATED = export("undated", null);

    private static ExportRequest export(String id, @Nullable Long second) {
        return ExportRequest.builder()
                .id(id)
                .status(ExportStatus.RUNNING)
                .requestDate(second == null ? null : Instant.ofEpochSecond(second))
                .build();
    }

    @Test
    void exportsAreSortedNewestFirstAndUndatedLast() {
        List<ExportRequest> given = new ArrayList<>(List.of(UNDATED, OLD, NEW));
        ExportSnapshot snapshot = ExportSnapshot.of(given);
        given.clear();
        assertThat(snapshot.exports()).containsExactly(NEW, OLD, UNDATED);
        assertThatThrownBy(() -> snapshot.exports().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void exportsAreFoundById() {
        ExportSnapshot snapshot = ExportSnapshot.of(List.of(OLD, NEW));
        assertThat(snapshot.find("old")).isSameAs(OLD);
        assertThat(snapshot.find("undated")).isNull();
    }

    @Test
    void filterKeepsMatchingExports() {
        ExportSnapshot snapshot = ExportSnapshot.of(List.of(OLD, NEW, UNDATED));
        ExportSnapshot dated = snapshot.filter(export -> export.requestDate() != null);
        assertThat(dated.exports()).containsExactly(NEW, OLD);
        assertThat(dated.find("undated")).isNull();
        assertThat(snapshot.filter(ExportFilters.any())).isSameAs(snapshot);
        assertThat(dated)
                .isEqualTo(ExportSnapshot.of(List.of(OLD, NEW)))
                .hasSameHashCodeAs(ExportSnapshot.of(List.of(OLD, NEW)))
                .isNotEqualTo(snapshot);
        assertThat(dated).hasToString("ExportSnapshot[2 exports]");
    }

    @Test
    void jsonRoundTrips() throws IOException {
        ExportSnapshot snapshot = ExportSnapshot.of(List.of(OLD, UNDATED));
        assertThat(snapshot.toJson()).isEqualTo("{\"exports\":[" + OLD.toJson() + "," + UNDATED.toJson() + "]}");
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readValue(mapper.writeValueAsString(snapshot), ExportSnapshot.class))
                .isEqualTo(snapshot);
        assertThat(ExportSnapshot.of(snapshot.toMap())).isEqualTo(snapshot);
        assertThatThrownBy(() -> ExportSnapshot.of(Map.of("exports", "none")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
