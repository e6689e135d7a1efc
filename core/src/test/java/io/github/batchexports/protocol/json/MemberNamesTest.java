package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of the objects of an array, whichever of them was expected. */
class MemberNamesTest {

    private final MemberNames kind = new MemberNames(List.of("id", "status", "files"));

    private List<List<String>> names(String json) throws IOException {
        List<List<String>> all = new ArrayList<>();
        // A stream, so that a name may stand across the border of two buffers.
        try (JsonParser parser = JsonFactory.builder()
                .build()
                .createParser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                List<String> names = new ArrayList<>();
                for (String name = kind.next(parser); name != null; name = kind.next(parser)) {
                    names.add(name);
                    parser.nextToken();
                    parser.skipChildren();
                }
                all.add(names);
            }
        }
        return all;
    }

    @Test
    void namesComeInTheOrderOfTheObjectWhateverCameBefore() throws IOException {
        assertThat(names(
                        "[{'id':1,'status':2},{'id':1,'status':2},{'status':1,'id':2},{'id':1},{},{'status':1},{'id':2,'x':1},"
                                        .replace('\'', '"')
                                + "{\"id\":1,\"status\":2},{\"id2\":1,\"statu\":2},{ \"id\" : 1 , \"status\" :2}]"))
                .containsExactly(
                        List.of("id", "status"),
                        List.of("id", "status"),
                        List.of("status", "id"),
                        List.of("id"),
                        List.of(),
                        List.of("status"),
                        List.of("id", "x"),
                        List.of("id", "status"),
                        List.of("id2", "statu"),
                        List.of("id", "status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\\":1,\\\"b", "a\\\\", "é", "日本", "a\\n", "?", "\\u0069d2", "", "id\\u0000"})
    void anUnknownNameIsReadEachTimeHoweverItIsWritten(String written) throws IOException {
        List<String> once = names("[{\"" + written + "\":1}]").get(0);
        assertThat(once).hasSize(1).isNotEqualTo(List.of("id"));
        assertThat(names("[{\"" + written + "\":1},{\"" + written + "\":1},{\"id\":1}]"))
                .containsExactly(once, once, List.of("id"));
    }

    @Test
    void aKnownNameIsTheModelsStringHoweverItIsWritten() throws IOException {
        assertThat(names("[{\"id\":1,\"st\\u0061tus\":1}]").get(0).get(1)).isSameAs("status");
    }

    @Test
    void namesAcrossTheBordersOfBuffersAreWhole() throws IOException {
        String object = "{\"id\":1,\"status\":2,\"files\":[3]}";
        assertThat(names("[" + (object + ",").repeat(3_000) + object + "]"))
                .hasSize(3_001)
                .containsOnly(List.of("id", "status", "files"));
    }
}
