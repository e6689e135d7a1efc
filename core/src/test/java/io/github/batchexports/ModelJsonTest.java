package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON that the model and the mappers of Jackson 2 and 3 write is the API's tree, odd members included. */
class ModelJsonTest {

    /** Refuses duplicate members, so that every reading below shows that none is written. */
    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    private static final List<Codec> CODECS = codecs();

    private interface Codec {
        String write(Object value) throws IOException;

        <T> T read(String json, Class<T> type) throws IOException;
    }

    private static Codec jackson2(ObjectMapper mapper) {
        return new Codec() {
            @Override
            public String write(Object value) throws IOException {
                return mapper.writeValueAsString(value);
            }

            @Override
            public <T> T read(String json, Class<T> type) throws IOException {
                return mapper.readValue(json, type);
            }
        };
    }

    private static Codec jackson3(tools.jackson.databind.ObjectMapper mapper) {
        return new Codec() {
            @Override
            public String write(Object value) {
                return mapper.writeValueAsString(value);
            }

            @Override
            public <T> T read(String json, Class<T> type) {
                return mapper.readValue(json, type);
            }
        };
    }

    /** Mappers of both major versions, with and without a naming strategy. */
    private static List<Codec> codecs() {
        List<Codec> codecs = new ArrayList<>();
        codecs.add(jackson2(TREES));
        codecs.add(jackson2(TREES.copy().setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)));
        codecs.add(jackson2(TREES.copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)));
        for (tools.jackson.databind.PropertyNamingStrategy naming : List.of(
                tools.jackson.databind.PropertyNamingStrategies.LOWER_CAMEL_CASE,
                tools.jackson.databind.PropertyNamingStrategies.KEBAB_CASE)) {
            codecs.add(jackson3(tools.jackson.databind.json.JsonMapper.builder()
                    .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .propertyNamingStrategy(naming)
                    .build()));
        }
        return codecs;
    }

    private static JsonNode fixture(String name) throws IOException {
        try (InputStream in = ModelJsonTest.class.getResourceAsStream("/fixtures/" + name + ".json")) {
            return TREES.readTree(in);
        }
    }

    private static ExportRequest parsed(String json) throws IOException {
        return TREES.readValue(json, ExportRequest.class);
    }

    private static Map<String, Object> members(String json) throws IOException {
        return TREES.readValue(json, new TypeReference<>() {});
    }

    private static void assertRoundTrips(Object value, Class<?> type, JsonNode expected) throws IOException {
        for (Codec codec : CODECS) {
            String written = codec.write(value);
            assertThat(TREES.readTree(written)).isEqualTo(expected);
            assertThat(codec.read(written, type)).isEqualTo(value).hasSameHashCodeAs(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-created", "list-success"})
    void documentedPagesRoundTrip(String name) throws IOException {
        JsonNode sent = fixture(name);
        ExportPage page = TREES.treeToValue(sent, ExportPage.class);
        assertThat(TREES.readTree(page.toJson())).isEqualTo(sent);
        assertThat(page.exports().get(0).otherMembers()).isEmpty();
        assertThat(page.count()).isEqualTo(sent.get("count").asInt());
        assertRoundTrips(page, ExportPage.class, sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request_date     | \"\"",
                "request_date     | \"yesterday\"",
                "request_date     | 1709137722",
                "completion_date  | \"2024-02-30T00:00:00Z\"",
                "start_date       | {}",
                "scope            | {\"name\":\"PROFILE_ATTRIBUTES\"}",
                "files            | {\"id\":\"file_1\"}",
                "files            | [{\"id\":\"file_1\"},\"file_2\"]",
                "files            | [null]",
                "files            | \"none\"",
                "request          | \"ATTRIBUTES\"",
                "request          | [1.50,{\"a\":null}]",
            })
    void oddExportMemberIsKeptUnchanged(String name, String value) throws IOException {
        String json = "{\"id\":\"a\",\"status\":\"SUCCESS\",\"" + name + "\":" + value + "}";
        ExportRequest export = parsed(json);
        assertThat(export.otherMembers()).containsOnlyKeys(name);
        assertThat(export.requestDate()).isNull();
        assertThat(export.completionDate()).isNull();
        assertThat(export.startDate()).isNull();
        assertThat(export.scope()).isNull();
        assertThat(export.files()).isEmpty();
        assertThat(export.request()).isNull();
        ObjectNode expected = (ObjectNode) TREES.readTree(json);
        if (!name.equals("files")) {
            expected.putArray("files");
        }
        assertThat(TREES.readTree(export.toJson())).isEqualTo(expected);
        assertRoundTrips(export, ExportRequest.class, expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":5,\"part\":\"1\",\"size\":1.0,\"url\":[]}",
                "{\"part\":2147483648,\"size\":9223372036854775808}",
                "{\"part\":1.5,\"size\":true,\"checksum\":null}",
            })
    void oddFileMemberIsKeptInTheFile(String file) throws IOException {
        String json = "{\"id\":\"a\",\"status\":\"SUCCESS\",\"files\":[{\"id\":\"first\"}," + file + "]}";
        ExportRequest export = parsed(json);
        assertThat(export.otherMembers()).isEmpty();
        assertThat(export.files().get(0))
                .isEqualTo(ExportFile.builder().id("first").build());
        ExportFile odd = export.files().get(1);
        assertThat(odd.id()).isNull();
        assertThat(odd.part()).isNull();
        assertThat(odd.size()).isNull();
        assertThat(odd.url()).isNull();
        assertThat(TREES.readTree(odd.toJson())).isEqualTo(TREES.readTree(file));
        assertThat(TREES.readTree(export.toJson())).isEqualTo(TREES.readTree(json));
        assertRoundTrips(export, ExportRequest.class, TREES.readTree(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"export_type\":{},\"attributes\":\"$region\",\"identifiers\":[\"custom_id\",7],\"filter\":\"segment\"}",
                "{\"export_type\":1,\"attributes\":[null],\"identifiers\":{},\"filter\":[]}",
                "{\"filter\":{\"segment\":{\"code\":\"x\"},\"other\":[1.10]}}",
                "{\"filter\":{\"segment\":3}}",
            })
    void oddDefinitionMemberIsKeptInItsObject(String definition) throws IOException {
        String json = "{\"id\":\"a\",\"status\":\"SUCCESS\",\"files\":[],\"request\":" + definition + "}";
        ExportRequest export = parsed(json);
        assertThat(export.otherMembers()).isEmpty();
        assertThat(export.request().exportType()).isNull();
        assertThat(export.request().attributes()).isNull();
        assertThat(export.request().identifiers()).isNull();
        if (export.request().filter() != null) {
            assertThat(export.request().filter().segment()).isNull();
            assertThat(export.request().otherMembers()).isEmpty();
        }
        assertThat(TREES.readTree(export.request().toJson())).isEqualTo(TREES.readTree(definition));
        assertThat(TREES.readTree(export.toJson())).isEqualTo(TREES.readTree(json));
        assertRoundTrips(export, ExportRequest.class, TREES.readTree(json));
        assertRoundTrips(export.request(), ExportDefinition.class, TREES.readTree(definition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"SUCCESS\"}            | id is missing",
                "{\"id\":null,\"status\":\"SUCCESS\"} | id is missing",
                "{\"id\":7,\"status\":\"SUCCESS\"}    | id is not a string",
                "{\"id\":\"a\"}                       | status is missing",
                "{\"id\":\"a\",\"status\":[\"secret\"]} | status is not a string",
            })
    void exportWithoutIdOrStatusIsRefused(String json, String message) throws IOException {
        Map<String, Object> members = members(json);
        assertThatThrownBy(() -> ExportRequest.of(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> parsed(json)).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                      | exports is missing",
                "{\"exports\":null}                                      | exports is missing",
                "{\"exports\":{}}                                        | exports is not an array of export requests",
                "{\"exports\":[1]}                                       | exports is not an array of export requests",
                "{\"exports\":[{\"id\":\"a\"}]}                          | status is missing",
                "{\"exports\":[],\"has_more\":\"no\"}                    | has_more is not a boolean",
                "{\"exports\":[],\"has_more\":true,\"next_from\":{}}     | next_from is not a string",
            })
    void pageWithInvalidFrameIsRefused(String json, String message) throws IOException {
        Map<String, Object> members = members(json);
        assertThatThrownBy(() -> ExportPage.of(members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void oddCountAndUnknownPageMembersAreKept() throws IOException {
        String json = "{\"exports\":[],\"count\":\"none\",\"has_more\":false,\"took\":1.20}";
        ExportPage page = TREES.readValue(json, ExportPage.class);
        assertThat(page.count()).isZero();
        assertThat(page.otherMembers()).containsOnlyKeys("count", "took");
        assertRoundTrips(page, ExportPage.class, TREES.readTree(json));
    }

    @Test
    void missingHasMoreIsDerivedFromNextFrom() {
        assertThat(ExportPage.of(Map.of("exports", List.of())).hasMore()).isFalse();
        assertThat(ExportPage.of(Map.of("exports", List.of(), "next_from", "")).hasMore())
                .isFalse();
        ExportPage page = ExportPage.of(Map.of("exports", List.of(), "next_from", "c"));
        assertThat(page.hasMore()).isTrue();
        ExportPage asked = page.toBuilder().from("b").build();
        assertThat(asked.toJson()).isEqualTo(page.toJson());
        assertThat(asked).isNotEqualTo(page);
    }

    @Test
    void changeWithoutPreviousStatusRoundTrips() throws IOException {
        ExportRequest export = parsed("{\"id\":\"a\",\"status\":\"S\",\"scope\":5,\"new\":{\"n\":[null]}}");
        ExportChange found = ExportChange.between(null, export);
        JsonNode expected =
                TREES.readTree("{\"previous\":null,\"kind\":\"DISCOVERED\",\"export\":" + export.toJson() + "}");
        assertThat(TREES.readTree(found.toJson())).isEqualTo(expected);
        assertRoundTrips(found, ExportChange.class, expected);
        assertThat(found.toBuilder().build()).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"STATUS\"}",
                "{\"kind\":\"OTHER\",\"export\":{\"id\":\"a\",\"status\":\"S\"}}",
                "{\"export\":{\"id\":\"a\",\"status\":\"S\"}}",
                "{\"previous\":1,\"kind\":\"STATUS\",\"export\":{\"id\":\"a\",\"status\":\"S\"}}"
            })
    void invalidChangeIsRefused(String json) throws IOException {
        Map<String, Object> members = members(json);
        assertThatThrownBy(() -> ExportChange.of(members)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void definitionsOfOtherTypesRoundTrip() throws IOException {
        String json =
                "{\"export_type\":\"EVENTS\",\"from\":\"2024-02-01T00:00:00Z\",\"to\":\"now\",\"events\":[\"$ad\"],"
                        + "\"identifiers\":[\"custom_id\"]}";
        ExportDefinition definition = TREES.readValue(json, ExportDefinition.class);
        assertThat(definition.exportType()).isEqualTo(ExportType.of("EVENTS"));
        assertThat(definition.identifiers()).containsExactly("custom_id");
        assertThat(definition.otherMembers()).containsOnlyKeys("from", "to", "events");
        assertThat(definition.toBuilder().build()).isEqualTo(definition);
        assertThat(TREES.readTree(definition.toJson())).isEqualTo(TREES.readTree(json));
        assertRoundTrips(definition, ExportDefinition.class, TREES.readTree(json));
    }

    @Test
    void valuesReadFromAMapAreCopied() {
        List<Object> list = new ArrayList<>(List.of(1));
        ExportFile file = ExportFile.of(Map.of("tags", list));
        list.add(2);
        assertThat(file.otherMembers()).containsEntry("tags", List.of(1));
        assertThatThrownBy(() -> file.toMap().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
