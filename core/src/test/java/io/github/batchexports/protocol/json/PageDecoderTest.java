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

    private String createdId(String json) {
        return decoder.decodeCreatedId(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), CALL);
    }

    @Test
    void createdIdIsReadAmongOtherMembers() {
        assertThat(createdId("{\"more\":[{\"id\":1}],\"id\":\"export_1\",\"status\":7}"))
                .isEqualTo("export_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"id\":null}",
                "{\"id\":7}",
                "{\"id\":\" \"}",
                "{\"id\":\"e\"",
                "{\"id\":\"e\"}1"
            })
    void creationResponseWithoutIdIsMalformed(String json) {
        assertThat(catchThrowableOfType(MalformedResponseException.class, () -> createdId(json)))
                .isNotNull();
    }

    private MalformedResponseException failureOf(byte[] json) {
        MalformedResponseException error =
                catchThrowableOfType(MalformedResponseException.class, () -> decoder.decodePage(json, CALL));
        assertThat(error).isNotNull().hasNoCause();
        assertThat(error.getMessage()).doesNotContain(SECRET);
        assertThat(error.resumeFrom()).isEqualTo("here");
        return error;
    }

    private MalformedResponseException failureOf(String json) {
        return failureOf(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|$|expected an object, found an array",
                "null|$|expected an object, found null",
                "5|$|expected an object, found a number",
                "{\"exports\":[null]}|$.exports[0]|expected an object, found null",
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\"},[]]}|$.exports[1]|expected an object, found an array",
                "{\"exports\":[{\"id\":5}]}|$.exports[0].id|expected a string, found a number",
                "{\"exports\":[{\"status\":\"PAYLOAD\"}]}|$.exports[0].id|missing, though every export has one",
                "{\"exports\":[{\"id\":\"PAYLOAD\"}]}|$.exports[0].status|missing, though every export has one",
                "{\"exports\":[{\"id\":null,\"status\":\"x\"}]}|$.exports[0].id|missing, though every export has one",
                "{\"exports\":[{\"id\":\"x\",\"status\":{}}]}|$.exports[0].status|expected a string, found an object",
                "{\"has_more\":\"true\"}|$.has_more|expected a boolean, found a string",
                "{\"next_from\":1}|$.next_from|expected a string, found a number",
                "{\"exports\":[],\"exports\":[]}|$.exports|duplicate member",
                "{\"has_more\":true,\"has_more\":true}|$.has_more|duplicate member",
                "{\"next_from\":\"PAYLOAD\",\"next_from\":null}|$.next_from|duplicate member",
                "{\"exports\":[{\"id\":\"PAYLOAD\",\"id\":\"b\"}]}|$.exports[0].id|duplicate member",
                "{\"exports\":[{\"status\":\"PAYLOAD\",\"status\":\"b\"}]}|$.exports[0].status|duplicate member",
                "{\"exports\":[]} {}|$|trailing content after the document",
                "{\"exports\":[{\"files\":[{\"id\":\"PAYLOAD\",\"size\":PAYLOAD}]}]}|$.exports[0].files[0].size|not valid JSON (line 1, column 46)",
                "{\"exports\":[{\"x\":{\"PAYLOAD\":[{\"id\":PAYLOAD}]}}]}|$.exports[0]|not valid JSON (line 1, column 36)"
            })
    void malformedPageIsReportedByPathAndReason(String json, String path, String reason) {
        MalformedResponseException error = failureOf(json);
        assertThat(error.path()).isEqualTo(path);
        assertThat(error.reason()).isEqualTo(reason);
        assertThat(error.getMessage()).contains(path).contains(reason).hasLineCount(1);
        assertThat(error.isTransient()).isFalse();
    }

    @Test
    void truncatedDocumentsAreRefused() {
        String whole =
                "{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"n\":1.5,\"files\":[{\"size\":1}]}],\"has_more\":false}";
        assertThat(page(whole).exports()).hasSize(1);
        for (int length = 0; length < whole.length(); length++) {
            failureOf(whole.substring(0, length));
        }
    }

    @Test
    void emptyBodyIsReportedAsEmpty() {
        assertThat(failureOf("").reason()).isEqualTo("empty response");
        assertThat(failureOf("  \n ").reason()).isEqualTo("empty response");
    }

    @Test
    void invalidUtf8IsRefused() {
        failureOf(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        failureOf(new byte[] {'{', '"', (byte) 0xFF, (byte) 0xFE, '"', ':', '1', '}'});
        failureOf(new byte[] {0, 0, 0, 0x10});
        failureOf("\u0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void unboundedNestingIsRefused(String open) {
        MalformedResponseException error = failureOf("{\"exports\":[{\"x\":" + open.repeat(100_000));
        assertThat(error.path()).isEqualTo("$.exports[0]");
        assertThat(error.reason()).contains("500 levels");
    }

    @Test
    void fourHundredLevelsOfNestingAreKept() {
        String deep = "[".repeat(400) + "]".repeat(400);
        ExportRequest export = page("{\"exports\":[{\"id\":\"x\",\"status\":\"y\",\"deep\":" + deep + "}]}")
                .exports()
                .get(0);
        assertThat(export.toJson()).contains("\"deep\":" + deep);
    }

    @Test
    void stringOverLimitIsRefused() {
        assertThat(failureOf("{\"exports\":[{\"id\":\"" + "x".repeat(5_000_000) + "\"}]}")
                        .reason())
                .contains("over a limit");
    }

    @Test
    void documentOverLimitIsRefused() {
        PageDecoder small = new PageDecoder(20_000);
        byte[] json = ("{\"exports\":[" + GOOD + "]" + " ".repeat(40_000) + "}").getBytes(StandardCharsets.UTF_8);
        MalformedResponseException error = catchThrowableOfType(
                MalformedResponseException.class, () -> small.decodePage(new ByteArrayInputStream(json), CALL));
        assertThat(error.reason()).contains("over a limit");
    }

    @Test
    void numbersAreKeptExactly() {
        List<Object> numbers =
                List.of(1, 12345678901L, new BigDecimal("1.50"), new BigDecimal("1E+400000"), new BigDecimal("-0.0"));
        ExportRequest export = page("{\"exports\":[{\"id\":\"x\",\"status\":\"y\","
                        + "\"n\":[1,12345678901,1.50,1e400000,-0.0]}]}")
                .exports()
                .get(0);
        assertThat(export.otherMembers()).containsEntry("n", numbers);
    }

    @Test
    void missingHasMoreIsDerivedFromNextFrom() {
        assertThat(page("{\"exports\":[],\"has_more\":false,\"next_from\":\"c\"}")
                        .hasMore())
                .isFalse();
        assertThat(page("{\"exports\":[],\"has_more\":true}").hasMore()).isTrue();
        assertThat(page("{\"exports\":[],\"next_from\":\"c\"}").hasMore()).isTrue();
        assertThat(page("{\"exports\":[],\"has_more\":null,\"next_from\":\"c\"}")
                        .hasMore())
                .isTrue();
        assertThat(page("{\"exports\":[],\"next_from\":\"\"}").hasMore()).isFalse();
        assertThat(page("{\"exports\":[]}").hasMore()).isFalse();
        assertThat(page("{\"exports\":[],\"next_from\":null}").nextFrom()).isNull();
    }

    @Test
    void missingCountIsTheNumberOfItems() {
        assertThat(page("{\"exports\":[" + GOOD + "],\"count\":25}").count()).isEqualTo(25);
        assertThat(page("{\"exports\":[" + GOOD + "],\"count\":0}").count()).isZero();
        assertThat(page("{\"exports\":[" + GOOD + "," + GOOD + "]}").count()).isEqualTo(2);
        assertThat(page("{\"exports\":[" + GOOD + "],\"count\":null}").count()).isEqualTo(1);
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertThat(page("\uFEFF{\"exports\":[" + GOOD + "]}").exports()).hasSize(1);
    }

    @Test
    void repeatedStringsAreInterned() {
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
    void singleExportIsRead() {
        byte[] json = GOOD.getBytes(StandardCharsets.UTF_8);
        assertThat(decoder.decodeExport(new ByteArrayInputStream(json), CALL).id())
                .isEqualTo("x");
    }
}
