package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of the objects of an array, read as those of one kind. */
class MemberNamesTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, null);

    private final MemberNames kind = new MemberNames(List.of("id", "status"));

    private List<List<String>> names(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonReader reader = new JsonReader(bytes, bytes.length, CALL, new SharedTexts());
        List<List<String>> all = new ArrayList<>();
        reader.start();
        reader.beginArray();
        while (reader.nextElement()) {
            List<String> names = new ArrayList<>();
            reader.beginObject();
            for (String name = reader.nextName(kind); name != null; name = reader.nextName(kind)) {
                names.add(name);
                OtherValue.read(reader);
            }
            all.add(names);
        }
        reader.end();
        return all;
    }

    @Test
    void namesComeOutAsTheyStandWhateverCameBefore() {
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

    @Test
    void namesOfAnyLengthAreToldFromThoseThatDifferAtOnePlace() {
        for (int length = 1; length < 40; length++) {
            String name = "0123456789".repeat(4).substring(0, length);
            for (int place = 0; place < length; place++) {
                String other = name.substring(0, place) + "x" + name.substring(place + 1);
                String object = "{\"" + name + "\":1}";
                String changed = "{\"" + other + "\":1}";
                assertThat(names("[" + object + "," + object + "," + changed + "," + changed + "," + object + "]"))
                        .containsExactly(List.of(name), List.of(name), List.of(other), List.of(other), List.of(name));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\\":1,\\\"b", "a\\\\", "é", "日本", "a\\n", "?", "\\u0069d", ""})
    void aNameThatIsWrittenInAnotherWayIsReadEachTime(String written) {
        List<String> once = names("[{\"" + written + "\":1}]").get(0);
        assertThat(once).hasSize(1);
        assertThat(names("[{\"" + written + "\":1},{\"" + written + "\":1},{\"a\":1,\"b\":2},{\"?\":1},{\"??\":1}]"))
                .containsExactly(once, once, List.of("a", "b"), List.of("?"), List.of("??"));
    }

    @ParameterizedTest
    @CsvSource({"é, ?", "日本, ??", "'a\",\"b', a"})
    void aNameIsNotTakenForOneThatLooksLikeIt(String name, String other) {
        String escaped = name.replace("\"", "\\\"");
        assertThat(names("[{\"p\":1,\"" + escaped + "\":2},{\"p\":1,\"" + other + "\":2}]"))
                .containsExactly(List.of("p", name), List.of("p", other));
    }

    @Test
    void moreNamesThanAreKeptAreStillRead() {
        StringBuilder json = new StringBuilder("[");
        List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\":1,\"name_")
                    .append(i % 70)
                    .append("\":2,\"status\":3}");
            expected.add(List.of("id", "name_" + i % 70, "status"));
        }
        assertThat(names(json.append("]").toString())).isEqualTo(expected);
    }

    @Test
    void aNameOfTheModelIsTheModelsText() {
        assertThat(names("[{\"id\":1}]").get(0).get(0)).isSameAs("id");
    }
}
