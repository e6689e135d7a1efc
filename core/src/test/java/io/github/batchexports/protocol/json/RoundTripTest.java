package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchexports.ExportChange;
import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and written again is the same JSON tree, by the model's writer and by the mappers of Jackson 2 and 3. */
class RoundTripTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, null);
    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(com.fasterxml.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private final PageDecoder decoder = new PageDecoder(16 * 1024 * 1024);
    private final ObjectMapper jackson2 = TREES;
    private final tools.jackson.databind.ObjectMapper jackson3 = tools.jackson.databind.json.JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = RoundTripTest.class.getResourceAsStream("/fixtures/" + name + ".json")) {
            return in.readAllBytes();
        }
    }

    private ExportRequest decoded(ObjectNode export) {
        byte[] page = ("{\"exports\":[" + export + "]}").getBytes(StandardCharsets.UTF_8);
        return decoder.decodePage(page, CALL).exports().get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-created", "list-success"})
    void documentedExamplesRoundTrip(String name) throws IOException {
        byte[] json = fixture(name);
        ExportPage page = decoder.decodePage(json, CALL);
        JsonNode sent = TREES.readTree(json);
        assertThat(page.exports()).hasSize(1);
        assertThat(TREES.readTree(page.exports().get(0).toJson()))
                .isEqualTo(sent.get("exports").get(0));
        assertThat(page.count()).isEqualTo(sent.get("count").asInt());
        assertThat(page.hasMore()).isTrue();
        assertThat(page.nextFrom()).isEqualTo(sent.get("next_from").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-created", "list-success"})
    void modelKnowsEveryMemberOfTheExamples(String name) throws IOException {
        ExportRequest export = decoder.decodePage(fixture(name), CALL).exports().get(0);
        assertThat(export.otherMembers()).isEmpty();
        assertThat(export.files()).allMatch(file -> file.otherMembers().isEmpty());
        assertThat(export.request().otherMembers()).isEmpty();
        if (export.request().filter() != null) {
            assertThat(export.request().filter().otherMembers()).isEmpty();
        }
    }

    @Test
    void randomExportsRoundTrip() throws IOException {
        RandomJson random = new RandomJson(99);
        for (int i = 0; i < 1_000; i++) {
            ObjectNode sent = random.export();
            ExportRequest export = decoded(sent);
            JsonNode expected = TREES.readTree(sent.toString());
            assertThat(TREES.readTree(export.toJson())).isEqualTo(expected);
            assertThat(TREES.readTree(jackson2.writeValueAsString(export))).isEqualTo(expected);
            assertThat(TREES.readTree(jackson3.writeValueAsString(export))).isEqualTo(expected);
            assertThat(TREES.readTree(jackson2.readValue(export.toJson(), ExportRequest.class)
                            .toJson()))
                    .isEqualTo(expected);
            assertThat(TREES.readTree(jackson3.readValue(export.toJson(), ExportRequest.class)
                            .toJson()))
                    .isEqualTo(expected);
        }
    }

    private static ObjectMapper upperCamelCase() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build();
    }

    @Test
    void namingStrategyDoesNotChangeAnExport() throws IOException {
        String sent = "{\"id\":\"x\",\"request_date\":\"2024-02-28T16:28:42Z\",\"status\":\"SUCCESS\",\"files\":[]}";
        ExportRequest export = decoded((ObjectNode) TREES.readTree(sent));
        assertThat(TREES.readTree(new ObjectMapper().writeValueAsString(export)))
                .isEqualTo(TREES.readTree(sent));
        assertThat(TREES.readTree(upperCamelCase().writeValueAsString(export))).isEqualTo(TREES.readTree(sent));
    }

    @Test
    void changesRoundTripByEveryWriter() throws IOException {
        RandomJson random = new RandomJson(7);
        for (int i = 0; i < 100; i++) {
            ObjectNode sent = random.export();
            ExportRequest export = decoded(sent);
            for (ExportChange change : List.of(
                    ExportChange.builder()
                            .kind(ExportChange.Kind.DISCOVERED)
                            .export(export)
                            .build(),
                    ExportChange.builder()
                            .previous(ExportStatus.of("PAUSED"))
                            .kind(ExportChange.Kind.STATUS)
                            .export(export)
                            .build())) {
                ObjectNode expected = JsonNodeFactory.instance.objectNode();
                expected.put(
                        "previous",
                        change.previous() == null ? null : change.previous().text());
                expected.put("kind", change.kind().name());
                expected.set("export", TREES.readTree(sent.toString()));
                for (String written : List.of(
                        change.toJson(), jackson2.writeValueAsString(change), jackson3.writeValueAsString(change))) {
                    JsonNode tree = TREES.readTree(written);
                    assertThat(tree).isEqualTo(expected);
                    assertThat(tree.fieldNames()).toIterable().containsExactly("previous", "kind", "export");
                }
                assertThat(jackson2.readValue(change.toJson(), ExportChange.class))
                        .isEqualTo(change);
                assertThat(jackson3.readValue(change.toJson(), ExportChange.class))
                        .isEqualTo(change);
            }
        }
    }

    @Test
    void namingStrategyDoesNotChangeAChange() throws IOException {
        ExportRequest export =
                ExportRequest.builder().id("x").status(ExportStatus.RUNNING).build();
        ExportChange change = ExportChange.builder()
                .kind(ExportChange.Kind.DISCOVERED)
                .export(export)
                .build();
        assertThat(TREES.readTree(upperCamelCase().writeValueAsString(change)))
                .isEqualTo(TREES.readTree(change.toJson()));
    }

    @Test
    void absentAndEmptyMembersStayDistinct() throws IOException {
        for (String request : new String[] {
            "{}",
            "{\"attributes\":[]}",
            "{\"identifiers\":[],\"attributes\":[]}",
            "{\"filter\":{}}",
            "{\"filter\":{\"segment\":\"\"}}",
            "{\"export_type\":\"\"}"
        }) {
            ObjectNode sent = (ObjectNode) TREES.readTree(
                    "{\"id\":\"\",\"status\":\"\",\"files\":[{}],\"request\":" + request + ",\"o\":{},\"p\":[]}");
            assertThat(TREES.readTree(decoded(sent).toJson())).isEqualTo(sent);
        }
    }

    @Test
    void absentOrNullFilesAreWrittenAsAnEmptyArray() {
        String expected = "{\"id\":\"x\",\"status\":\"ERROR\",\"files\":[]}";
        for (String json : new String[] {
            "{\"id\":\"x\",\"status\":\"ERROR\"}", "{\"id\":\"x\",\"status\":\"ERROR\",\"files\":null,\"scope\":null}"
        }) {
            byte[] page = ("{\"exports\":[" + json + "]}").getBytes(StandardCharsets.UTF_8);
            assertThat(decoder.decodePage(page, CALL).exports().get(0).toJson()).isEqualTo(expected);
        }
    }
}
