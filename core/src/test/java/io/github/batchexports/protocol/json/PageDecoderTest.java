package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchexports.ExportPage;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageDecoderTest {

    private static final String SECRET = "PAYLOAD";
    private static final CallContext CALL = CallContext.of(Operation.LIST, "here");
    private static final String GOOD = "{\"id\":\"x\",\"status\":\"ERROR\"}";

    private final PageDecoder decoder = new PageDecoder(16 * 1024 * 1024);

    private ExportPage page(String json) {
        return decoder.decodePage(json.getBytes(StandardCharsets.UTF_8), CALL);
    }

    private MalformedResponseException refusal(byte[] json) {
        MalformedResponseException error =
                catchThrowableOfType(MalformedResponseException.class, () -> decoder.decodePage(json, CALL));
        assertThat(error).isNotNull().hasNoCause();
        assertThat(error.getMessage()).doesNotContain(SECRET);
        assertThat(error.resumeFrom()).isEqualTo("here");
        return error;
    }

    private MalformedResponseException refusal(String json) {
        return refusal(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|$|expected an object, found an array",
                "null|$|expected an object, found null",
                "5|$|expected an object, found a number of another kind",
                "{\"exports\":{}}|$.exports|expected an array, found an object",
                "{\"exports\":[null]}|$.exports[0]|expected an object, found null",
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\"},[]]}|$.exports[1]|expected an object, found an array",
                "{\"exports\":[{\"id\":5}]}|$.exports[0].id|expected a string, found a number of another kind",
                "{\"exports\":[{\"status\":\"PAYLOAD\"}]}|$.exports[0].id|missing, though every export has one",
                "{\"exports\":[{\"id\":\"PAYLOAD\"}]}|$.exports[0].status|missing, though every export has one",
                "{\"exports\":[{\"id\":null,\"status\":\"x\"}]}|$.exports[0].id|missing, though every export has one",
                "{\"exports\":[{\"request_date\":\"PAYLOAD\"}]}|$.exports[0].request_date|not an RFC 3339 date",
                "{\"exports\":[{\"request_date\":17}]}|$.exports[0].request_date|expected a string, found a number of another kind",
                "{\"exports\":[{\"start_date\":\"2024-02-30T00:00:00Z\"}]}|$.exports[0].start_date|not an RFC 3339 date",
                "{\"exports\":[{\"completion_date\":true}]}|$.exports[0].completion_date|expected a string, found true or false",
                "{\"exports\":[{\"scope\":[]}]}|$.exports[0].scope|expected a string, found an array",
                "{\"exports\":[{\"files\":{}}]}|$.exports[0].files|expected an array, found an object",
                "{\"exports\":[{\"files\":[{},null]}]}|$.exports[0].files[1]|expected an object, found null",
                "{\"exports\":[{\"files\":[{\"part\":\"1\"}]}]}|$.exports[0].files[0].part|expected a whole number, found a string",
                "{\"exports\":[{\"files\":[{\"part\":2147483648}]}]}|$.exports[0].files[0].part|a number out of range",
                "{\"exports\":[{\"files\":[{\"size\":2048.0}]}]}|$.exports[0].files[0].size|expected a whole number, found a number of another kind",
                "{\"exports\":[{\"files\":[{\"size\":9223372036854775808}]}]}|$.exports[0].files[0].size|a number out of range",
                "{\"exports\":[{\"files\":[{\"url\":1}]}]}|$.exports[0].files[0].url|expected a string, found a number of another kind",
                "{\"exports\":[{\"request\":\"PAYLOAD\"}]}|$.exports[0].request|expected an object, found a string",
                "{\"exports\":[{\"request\":{\"export_type\":1}}]}|$.exports[0].request.export_type|expected a string, found a number of another kind",
                "{\"exports\":[{\"request\":{\"attributes\":\"a\"}}]}|$.exports[0].request.attributes|expected an array, found a string",
                "{\"exports\":[{\"request\":{\"attributes\":[\"a\",\"b\",null]}}]}|$.exports[0].request.attributes[2]|expected a string, found null",
                "{\"exports\":[{\"request\":{\"identifiers\":[{}]}}]}|$.exports[0].request.identifiers[0]|expected a string, found an object",
                "{\"exports\":[{\"request\":{\"filter\":[]}}]}|$.exports[0].request.filter|expected an object, found an array",
                "{\"exports\":[{\"request\":{\"filter\":{\"segment\":1}}}]}|$.exports[0].request.filter.segment|expected a string, found a number of another kind",
                "{\"count\":\"3\"}|$.count|expected a whole number, found a string",
                "{\"count\":3000000000}|$.count|a number out of range",
                "{\"has_more\":\"true\"}|$.has_more|expected true or false, found a string",
                "{\"next_from\":1}|$.next_from|expected a string, found a number of another kind",
                "{} {}|$|something follows the document",
                "{\"exports\":[{\"x\":{\"PAYLOAD\":[{\"id\":PAYLOAD}]}}]}|$.exports[0]|not valid JSON (line 1, column 36)"
            })
    void whatIsMalformedIsNamedByItsPathAndReason(String json, String path, String reason) {
        MalformedResponseException error = refusal(json);
        assertThat(error.path()).isEqualTo(path);
        assertThat(error.reason()).isEqualTo(reason);
        assertThat(error.getMessage()).contains(path).contains(reason).hasLineCount(1);
        assertThat(error.isTransient()).isFalse();
    }

    @Test
    void everyTruncationOfADocumentIsRefused() {
        String whole =
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"n\":1.5,\"files\":[{\"size\":1}]}],\"has_more\":false}";
        assertThat(page(whole).exports()).hasSize(1);
        for (int length = 0; length < whole.length(); length++) {
            refusal(whole.substring(0, length));
        }
    }

    @Test
    void anEmptyAnswerIsCalledThat() {
        assertThat(refusal("").reason()).isEqualTo("empty answer");
        assertThat(refusal("  \n ").reason()).isEqualTo("empty answer");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        refusal(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        refusal(new byte[] {'{', '"', (byte) 0xFF, (byte) 0xFE, '"', ':', '1', '}'});
        refusal(new byte[] {0, 0, 0, 0x10});
        refusal("\u0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void nestingWithoutEndIsRefused(String open) {
        MalformedResponseException error = refusal("{\"exports\":[{\"x\":" + open.repeat(100_000));
        assertThat(error.path()).isEqualTo("$.exports[0]");
        assertThat(error.reason()).contains("500 levels");
    }

    @Test
    void fourHundredLevelsAreKept() {
        String deep = "[".repeat(400) + "]".repeat(400);
        ExportRequest export = page("{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"deep\":" + deep + "}]}")
                .exports()
                .get(0);
        assertThat(export.toJson()).contains("\"deep\":" + deep);
    }

    @Test
    void aTextWithoutEndIsRefused() {
        assertThat(refusal("{\"exports\":[{\"id\":\"" + "x".repeat(5_000_000) + "\"}]}")
                        .reason())
                .contains("over a limit");
    }

    @Test
    void aDocumentOverItsLimitIsRefused() {
        PageDecoder small = new PageDecoder(20_000);
        byte[] json = ("{\"exports\":[" + GOOD + "]" + " ".repeat(40_000) + "}").getBytes(StandardCharsets.UTF_8);
        MalformedResponseException error = catchThrowableOfType(
                MalformedResponseException.class, () -> small.decodePage(new ByteArrayInputStream(json), CALL));
        assertThat(error.reason()).contains("over a limit");
    }

    @Test
    void numbersAreKeptExactlyAndHugeOnesCostNothing() {
        List<Object> numbers =
                List.of(1, 12345678901L, new BigDecimal("1.50"), new BigDecimal("1E+400000"), new BigDecimal("-0.0"));
        ExportRequest export = page("{\"exports\":[{\"id\":\"x\",\"status\":\"y\","
                        + "\"n\":[1,12345678901,1.50,1e400000,-0.0]}]}")
                .exports()
                .get(0);
        assertThat(export.otherMembers()).containsEntry("n", numbers);
        refusal("{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"n\":1e99999999999}]}");
        refusal("{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"n\":" + "9".repeat(2_000) + "}]}");
    }

    @Test
    void whatTheServerSaysOfMoreIsTakenAndElseTheCursorDecides() {
        assertThat(page("{\"has_more\":false,\"next_from\":\"c\"}").hasMore()).isFalse();
        assertThat(page("{\"has_more\":true}").hasMore()).isTrue();
        assertThat(page("{\"next_from\":\"c\"}").hasMore()).isTrue();
        assertThat(page("{\"has_more\":null,\"next_from\":\"c\"}").hasMore()).isTrue();
        assertThat(page("{\"next_from\":\"\"}").hasMore()).isFalse();
        assertThat(page("{}").hasMore()).isFalse();
        assertThat(page("{\"next_from\":null}").nextFrom()).isNull();
    }

    @Test
    void theCountIsTheServersWordOrTheNumberOfItems() {
        assertThat(page("{\"exports\":[" + GOOD + "],\"count\":25}").count()).isEqualTo(25);
        assertThat(page("{\"exports\":[" + GOOD + "],\"count\":0}").count()).isZero();
        assertThat(page("{\"exports\":[" + GOOD + "," + GOOD + "]}").count()).isEqualTo(2);
        assertThat(page("{\"exports\":[" + GOOD + "],\"count\":null}").count()).isEqualTo(1);
    }

    @Test
    void absentAndNullExportsReadAsNone() {
        assertThat(page("{}").exports()).isEmpty();
        assertThat(page("{\"exports\":null}").exports()).isEmpty();
        assertThat(page("{}").from()).isEqualTo("here");
    }

    @Test
    void theLastOfTwoMembersWins() {
        ExportPage page =
                page("{\"exports\":[" + GOOD + "],\"exports\":[{\"id\":\"a\",\"id\":\"b\",\"status\":\"y\"}]}");
        assertThat(page.exports()).extracting(ExportRequest::id).containsExactly("b");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(page("\uFEFF{\"exports\":[" + GOOD + "]}").exports()).hasSize(1);
    }

    @Test
    void namesThatComeAgainAreOneText() {
        String export = "{\"id\":\"%s\",\"status\":\"NEW\",\"request\":{\"attributes\":[\"$email\",\"" + "n".repeat(65)
                + "\"]}}";
        List<ExportRequest> exports = page("{\"exports\":[" + export.formatted("a") + "," + export.formatted("b")
                        + "]}")
                .exports();
        List<String> first = exports.get(0).request().attributes();
        List<String> second = exports.get(1).request().attributes();
        assertThat(second).isEqualTo(first);
        assertThat(second.get(0)).isSameAs(first.get(0));
    }

    @Test
    void oneExportByItselfIsRead() {
        byte[] json = GOOD.getBytes(StandardCharsets.UTF_8);
        assertThat(decoder.decodeExport(new ByteArrayInputStream(json), CALL).id())
                .isEqualTo("x");
    }
}
