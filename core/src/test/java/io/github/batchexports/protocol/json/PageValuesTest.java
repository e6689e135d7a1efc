package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that the decoder does not leave to Jackson: whole numbers, dates and the names of known members. */
class PageValuesTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, null);

    private final PageDecoder decoder = new PageDecoder(1_000_000);

    private ExportPage page(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return decoder.decodePage(bytes, CALL);
    }

    private ExportRequest export(String member) {
        return page("{\"exports\":[{\"id\":\"x\",\"status\":\"y\"," + member + "}]}")
                .exports()
                .get(0);
    }

    private String failure(String json) {
        MalformedResponseException error = catchThrowableOfType(MalformedResponseException.class, () -> page(json));
        assertThat(error).as(json).isNotNull();
        return error.path() + ": " + error.reason();
    }

    private String failureOf(String member) {
        return failure("{\"exports\":[{\"id\":\"x\",\"status\":\"y\"," + member + "}]}");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                9,
                10,
                99_999_999,
                123_456_789_012_345_678L,
                1_234_567_890_123_456_789L,
                Long.MAX_VALUE,
                -1,
                -10,
                Long.MIN_VALUE
            })
    void sizesAreReadExactly(long size) {
        assertThat(export("\"files\":[{\"size\":" + size + "},{\"size\": " + size + " }]")
                        .files())
                .extracting(file -> file.size())
                .containsExactly(size, size);
    }

    @Test
    void negativeZeroIsZero() {
        assertThat(export("\"files\":[{\"size\":-0}]").files().get(0).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "-", "-01", "1.", "1e", "1x"})
    void invalidJsonNumbersAreRefused(String number) {
        assertThat(failureOf("\"files\":[{\"size\":" + number + "}]")).contains("not valid JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-28T16:28:42Z, 2024-02-28T16:28:42Z",
        "2024-02-28t16:28:42z, 2024-02-28T16:28:42Z",
        "2024-02-28T16:28:42\\u005a, 2024-02-28T16:28:42Z",
        "2024-02-28T16:28:42.5Z, 2024-02-28T16:28:42.5Z",
        "2024-02-28T16:28:42+01:00, 2024-02-28T15:28:42Z",
        "2016-12-31T23:59:60Z, 2016-12-31T23:59:59Z"
    })
    void everyFormOfADateIsRead(String written, Instant date) {
        assertThat(export("\"request_date\":\"" + written + "\"").requestDate()).isEqualTo(date);
        assertThat(export("\"request_date\" :\n\t \"" + written + "\" ").requestDate())
                .isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-28T16:28:42",
                "2024-02-28T16:28:4Z",
                "2024-02-28T16:28:42\"",
                "2024-02-30T16:28:42Z",
                "2024-02-28T16:28:42Zx",
                "2024/02/28T16:28:42Z",
                "2024-02-28 16:28:42Z",
                "",
                "2024-02-28T25:00:00Z",
                "2024-02-28T16:28:é2Z"
            })
    void invalidDateIsKeptAmongOtherMembers(String written) {
        ExportRequest export = export("\"request_date\":\"" + written.replace("\"", "\\\"") + "\"");
        assertThat(export.requestDate()).isNull();
        assertThat(export.otherMembers()).isEqualTo(Map.of("request_date", written));
    }

    @Test
    void dateWithAnyWrongCharacterIsNotRead() {
        String date = "2024-02-28T16:28:42Z";
        for (int place = 0; place < date.length(); place++) {
            boolean digit = Character.isDigit(date.charAt(place));
            for (char character = ' '; character <= 'ÿ'; character++) {
                boolean fits = digit
                        ? character >= '0' && character <= '9'
                        : Character.toUpperCase(character) == date.charAt(place);
                if (!fits && character != '"' && character != '\\') {
                    String other = date.substring(0, place) + character + date.substring(place + 1);
                    assertThat(export("\"start_date\":\"" + other + "\"").startDate())
                            .as(other)
                            .isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exports\":[{\"id\":\"x\",\"status\":\"RUNNING|\"}]}",
                "{\"exports\":[{\"id\":\"x\",\"status|\":\"y\"}]}",
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\"},{\"id|\":\"x\",\"status\":\"y\"}]}",
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\"},{\"id\"|:\"x\",\"status\":\"y\"}]}",
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"start_date\":\"2024-02-28T16:28:42Z|\"}]}",
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"files\":[{\"size\":12|34}]}]}",
                "{\"exports\":[],\"count\":12|}",
                "{\"exports\":[],\"has_more\":tr|ue}"
            })
    void staleBytesBehindTheEndAreNotRead(String json) {
        int length = json.indexOf('|');
        byte[] bytes = (json.replace("|", "") + " ".repeat(64)).getBytes(StandardCharsets.UTF_8);
        // The decoder reads the second document into the array where the first one was.
        assertThat(decoder.decodePage(new ByteArrayInputStream(bytes), CALL)).isNotNull();
        MalformedResponseException error = catchThrowableOfType(
                MalformedResponseException.class,
                () -> decoder.decodePage(new ByteArrayInputStream(bytes, 0, length), CALL));
        assertThat(error).isNotNull();
        MalformedResponseException cut = catchThrowableOfType(
                MalformedResponseException.class, () -> decoder.decodePage(Arrays.copyOf(bytes, length), CALL));
        assertThat(error.getMessage()).isEqualTo(cut.getMessage());
    }

    @Test
    void failurePathDoesNotDependOnMemberOrder() {
        String good = "{\"id\":\"x\",\"status\":\"y\"}";
        assertThat(failure("{\"exports\":[" + good + "," + good + ",{\"id\":\"x\",\"status\":5}]}"))
                .startsWith("$.exports[2].status: ");
        assertThat(failure("{\"exports\":[" + good + ",{\"status\":\"y\",\"id\":5}]}"))
                .startsWith("$.exports[1].id: ");
        assertThat(failure("{\"exports\":[" + good + ",{\"\\u0069d\":5}]}")).startsWith("$.exports[1].id: ");
        assertThat(failure("{\"exports\":[" + good + ",{\"secret\":5x}]}")).startsWith("$.exports[1]: ");
    }
}
