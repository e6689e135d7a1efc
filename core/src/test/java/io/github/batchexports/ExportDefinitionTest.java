package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExportDefinitionTest {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00.999Z");

    @Test
    void forAttributesAddsIdentifiersAndSegment() {
        ExportDefinition definition = ExportDefinition.forAttributes("$region", "prénom")
                .identifiers(List.of("custom_id"))
                .filter(ExportDefinition.Filter.builder().segment("ACTIVE").build())
                .build();
        assertThat(definition.toJson())
                .isEqualTo("{\"export_type\":\"ATTRIBUTES\",\"attributes\":[\"$region\",\"prénom\"],"
                        + "\"identifiers\":[\"custom_id\"],\"filter\":{\"segment\":\"ACTIVE\"}}");
        assertThat(ExportDefinition.of(definition.toMap())).isEqualTo(definition);
    }

    @Test
    void forEventsEndsNowUnlessToIsSet() {
        ExportDefinition.Builder events = ExportDefinition.forEvents("purchase").from(FROM);
        assertThat(events.build().toJson())
                .isEqualTo("{\"export_type\":\"EVENTS\",\"events\":[\"purchase\"],\"to\":\"now\","
                        + "\"from\":\"2026-01-01T00:00:00Z\"}");
        ExportDefinition ended = events.to(FROM.plusSeconds(60)).build();
        assertThat(ended.otherMembers()).containsEntry("to", "2026-01-01T00:01:00Z");
        assertThat(ExportDefinition.of(ended.toMap())).isEqualTo(ended);
        assertThatNullPointerException().isThrownBy(() -> events.from(null));
    }

    @Test
    void forReachabilitySetsChannelsAndPeriod() {
        assertThat(ExportDefinition.forReachability("email", "sms")
                        .from(FROM)
                        .build()
                        .toMap())
                .containsEntry("export_type", "REACHABILITY")
                .containsEntry("channels", List.of("email", "sms"))
                .containsEntry("to", "now");
    }

    @Test
    void toBuilderDoesNotChangeTheOriginal() {
        ExportDefinition first = ExportDefinition.forEvents("a").build();
        ExportDefinition second = first.toBuilder().from(FROM).build();
        assertThat(first.otherMembers()).doesNotContainKey("from");
        assertThat(second.otherMembers()).containsKeys("events", "to", "from");
        Map<String, Object> mine = Map.of("k", 1);
        assertThat(second.toBuilder().otherMembers(mine).from(FROM).build().otherMembers())
                .containsOnlyKeys("k", "from");
    }
}
