package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JSON inside a member that the model does not know. What RFC 8259 allows is accepted and what it forbids is refused. Where
 * it leaves a choice, the choice is Jackson's, and the test says so.
 */
class UnknownValuesTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, null);
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final PageDecoder decoder = new PageDecoder(1 << 20);

    private static byte[] page(byte[] value) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(ascii("{\"exports\":[{\"id\":\"a\",\"status\":\"S\",\"new\":"));
        page.writeBytes(value);
        page.writeBytes(ascii("}]}"));
        return page.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ExportRequest export(byte[] page) {
        return decoder.decodePage(page, CALL).exports().get(0);
    }

    private @Nullable Object read(byte[] value) {
        ExportRequest export = export(page(value));
        assertThat(export(utf8("{\"exports\":[" + export.toJson() + "]}")))
                .as("read again after writing")
                .isEqualTo(export);
        return export.otherMembers().get("new");
    }

    private void assertRefused(byte[] page) {
        assertThatThrownBy(() -> decoder.decodePage(page, CALL)).isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-7",
                "2147483647",
                "2147483648",
                "-2147483648",
                "-2147483649",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775809",
                "123456789012345678901234567890",
                "1.50",
                "-0.0",
                "1e5",
                "1E+5",
                "1.5e-300",
                "0.1e1",
                "1e400000",
                "1e2147483647",
                "0e0",
                "true",
                "false",
                "null",
                "\"\"",
                "[]",
                "{}",
                " [ ] ",
                "\t{\r\n} ",
                "[[],[{}],{\"\":null}]",
                "{\"b\":1,\"a\":[true,false,null]}",
                "\"é日🙂\"",
                "\"\u007f\u2028\u2029\ufeff\uffff\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0041\\u00E9\\u65e5\"",
                "\"\\u0000\"",
                "\"\\ud83d\\ude42\"",
                "{\"\\ud83d\\ude42\":1,\"\\u0000\":2,\"\\\"\":3}",
                "\"/*x*/\"",
                "\"<!--\""
            })
    void validJsonIsReadLikeJacksonsMapperDoes(String json) throws Exception {
        Object expected = JACKSON.readValue(json, Object.class);
        assertThat(read(utf8(json))).isEqualTo(expected);
        if (expected != null) {
            assertThat(read(utf8(json)))
                    .hasSameClassAs(expected instanceof Map || expected instanceof List ? read(utf8(json)) : expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\U0041\"",
                "\"\\u",
                "\"\\",
                "\"a",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "01",
                "-01",
                "00",
                "-",
                "-a",
                "1.",
                ".5",
                "-.5",
                "+1",
                "1e",
                "1e+",
                "1.e1",
                "0x1",
                "1_0",
                "1f",
                "NaN",
                "-NaN",
                "Infinity",
                "-Infinity",
                "tru",
                "trues",
                "True",
                "nul",
                "nulL",
                "falsy",
                "undefined",
                "'a'",
                "a",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1,,2]",
                "[1:2]",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1,,\"b\":2}",
                "{a:1}",
                "{1:1}",
                "{'a':1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\"::1}",
                "[1}",
                "{\"a\":1]",
                "1 2",
                "\"a\"\"b\"",
                "// x\n1",
                "/* x */1",
                "# x\n1",
                "\u00A01",
                "\u000B1",
                "\u000C1",
                "--1",
                "]",
                "}",
                ":",
                ",",
                "[\"a\"",
                "{\"a\":1"
            })
    void invalidJsonIsRefused(String json) {
        assertRefused(page(utf8(json)));
    }

    /** RFC 8259, section 9: an implementation may set limits on ranges and precision. Kept, not rounded. */
    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1.5E+99999999999", "1e-99999999999", "0e99999999999"})
    void exponentBeyondBigDecimalIsKeptAsAString(String json) {
        assertThat(read(utf8(json))).hasToString(json);
    }

    /**
     * RFC 8259, section 8.2: unpaired surrogates make behaviour unpredictable. Jackson passes them on, except for those in
     * names that its byte parser reads: a second reading keeps these.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"\\ud800", "\\udc00", "a\\udbff", "\\ud83dx\\ude42", "\\ude42\\ud83d", "\\ud83d\\ud83d\\ude42"})
    void unpairedSurrogatesAreKeptInValuesAndNames(String written) {
        String expected = unescaped(written);
        assertThat(read(utf8("\"" + written + "\""))).isEqualTo(expected);
        assertThat(read(utf8("{\"" + written + "\":1}"))).isEqualTo(Map.of(expected, 1));
        ExportRequest named = export(utf8("{\"exports\":[{\"id\":\"a\",\"status\":\"S\",\"" + written + "\":[1]}]}"));
        assertThat(named.otherMembers()).containsExactly(Map.entry(expected, List.of(1)));
        assertThat(export(utf8("{\"exports\":[" + named.toJson() + "]}"))).isEqualTo(named);
    }

    private static String unescaped(String written) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == '\\') {
                text.append((char) Integer.parseInt(written.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                text.append(written.charAt(i));
            }
        }
        return text.toString();
    }

    /** RFC 8259, section 4: names should be unique. Jackson passes all of them on, and the last one wins. */
    @Test
    void lastOfDuplicateUnknownMembersWins() {
        assertThat(read(utf8("{\"a\":1,\"b\":2,\"a\":3}"))).isEqualTo(Map.of("a", 3, "b", 2));
    }

    static List<byte[]> notUtf8() {
        return List.of(
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xC3, 'a'},
                new byte[] {(byte) 0xE6, (byte) 0x97},
                new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x99},
                new byte[] {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xFE},
                new byte[] {(byte) 0xFF});
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void invalidUtf8IsRefusedAtEveryPosition(byte[] bytes) {
        for (int before = 0; before < 20; before++) {
            for (String form : List.of("\"%s*aaaaaaaa\"", "{\"%s*aaaaaaaa\":1}")) {
                String[] parts = form.formatted("b".repeat(before)).split("\\*");
                ByteArrayOutputStream value = new ByteArrayOutputStream();
                value.writeBytes(ascii(parts[0]));
                value.writeBytes(bytes);
                value.writeBytes(ascii(parts[1]));
                assertRefused(page(value.toByteArray()));
            }
        }
    }

    /** RFC 8259, section 8.1: UTF-8 between systems. Other encodings and a byte order mark may be read; Jackson does. */
    @ParameterizedTest
    @CsvSource({
        "UTF-8,false",
        "UTF-8,true",
        "UTF-16BE,false",
        "UTF-16BE,true",
        "UTF-16LE,false",
        "UTF-16LE,true",
        "UTF-32BE,false",
        "UTF-32BE,true",
        "UTF-32LE,false",
        "UTF-32LE,true"
    })
    void otherUnicodeEncodingsAreRead(String charset, boolean mark) {
        // One odd member, so that the tree is read as well.
        String json = "{\"exports\":[{\"id\":\"é日🙂\",\"status\":\"S\",\"scope\":5,\"日🙂\":\"é\"}]}";
        ExportRequest export = export(((mark ? "\uFEFF" : "") + json).getBytes(Charset.forName(charset)));
        assertThat(export.id()).isEqualTo("é日🙂");
        assertThat(export.otherMembers()).isEqualTo(Map.of("scope", 5, "日🙂", "é"));
    }

    @Test
    void invalidUtf16AndUtf32AreRefused() {
        byte[] utf16 = "{\"exports\":[]}".getBytes(StandardCharsets.UTF_16BE);
        assertRefused(Arrays.copyOf(utf16, utf16.length - 1));
        byte[] utf32 = "{\"exports\":[]}".getBytes(Charset.forName("UTF-32BE"));
        assertRefused(Arrays.copyOf(utf32, utf32.length - 1));
        utf32[8] = 0x7F;
        assertRefused(utf32);
        assertRefused(new byte[] {0, 0, 0, 0x10});
    }

    /** RFC 8259, section 9: an implementation may limit the depth. Here to 500 levels, three of them of the page itself. */
    @ParameterizedTest
    @ValueSource(strings = {"[|]", "{\"a\":|1}"})
    void nestingIsReadUpToTheLimit(String level) {
        String open = level.substring(0, level.indexOf('|'));
        String close = level.substring(level.indexOf('|') + 1);
        String deepest = open.repeat(497)
                + (close.length() > 1 ? "1" : "")
                + close.substring(close.length() - 1).repeat(497);
        assertThat(read(utf8(deepest))).isNotNull();
        assertRefused(page(utf8(open + deepest + close.substring(close.length() - 1))));
    }

    static Stream<String> trailingContent() {
        return Stream.of("{}", "x", "\u0000", "}", "]", ",", "1", "//", "\uFEFF", "\"");
    }

    @ParameterizedTest
    @MethodSource("trailingContent")
    void trailingContentIsRefused(String garbage) {
        byte[] page = page(ascii("1"));
        assertThat(export(utf8(new String(page, StandardCharsets.UTF_8) + " \r\n\t")))
                .isNotNull();
        assertRefused(utf8(new String(page, StandardCharsets.UTF_8) + garbage));
        assertRefused(utf8(new String(page, StandardCharsets.UTF_8) + "\n" + garbage));
    }

    @Test
    void numberOrNameOverLimitIsRefused() {
        assertThat(read(utf8("9".repeat(1_000)))).hasToString("9".repeat(1_000));
        assertRefused(page(utf8("9".repeat(1_001))));
        assertRefused(page(utf8("0." + "9".repeat(1_001))));
        assertRefused(page(utf8("{\"" + "n".repeat(50_001) + "\":1}")));
    }
}
