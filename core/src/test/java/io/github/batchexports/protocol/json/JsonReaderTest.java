package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as our reader takes it, beside what a reader of everybody's takes. */
class JsonReaderTest {

    private static final CallContext CALL = CallContext.of(Operation.LIST, null);
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SharedTexts texts = new SharedTexts();

    private @Nullable Object read(byte[] json) {
        JsonReader reader = new JsonReader(json, json.length, CALL, texts);
        reader.start();
        Object value = OtherValue.read(reader);
        reader.end();
        return value;
    }

    private @Nullable Object read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(byte[] json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é", "日", "🙂", "\\n", "\\\"", "\\\\", "\\u0041", "\\ud83d\\ude42", "\uFFFD"})
    void aTextIsWholeWhateverStandsWhereInIt(String special) throws Exception {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 20; after++) {
                String json = "\"" + "b".repeat(before) + special + "a".repeat(after) + "\"";
                assertThat(read(json)).isEqualTo(JACKSON.readValue(json, String.class));
                assertThat(read(" [" + json + "," + json + " ] "))
                        .isEqualTo(JACKSON.readValue("[" + json + "," + json + "]", List.class));
                assertThat(read("{" + json + ":" + json + "}"))
                        .isEqualTo(JACKSON.readValue("{" + json + ":" + json + "}", Map.class));
            }
        }
    }

    @Test
    void controlCharactersAndBytesThatAreNoUtf8AreRefusedWhereverTheyStand() {
        List<byte[]> bad = List.of(
                new byte[] {0},
                new byte[] {31},
                new byte[] {'\n'},
                new byte[] {(byte) 0x80},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xFF});
        for (byte[] special : bad) {
            for (int before = 0; before < 20; before++) {
                byte[] json = ByteBuffer.allocate(before + special.length + 12)
                        .put(("\"" + "b".repeat(before)).getBytes(StandardCharsets.US_ASCII))
                        .put(special)
                        .put("aaaaaaaaaa\"".getBytes(StandardCharsets.US_ASCII))
                        .array();
                assertRefused(json);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u",
                "\"\\",
                "\"a",
                "01",
                "-",
                "-a",
                "1.",
                ".5",
                "+1",
                "1e",
                "1e+",
                "0x1",
                "1_0",
                "NaN",
                "Infinity",
                "tru",
                "trues",
                "nul",
                "falsy",
                "'a'",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "[1}",
                "{\"a\":1]",
                "1 2",
                "// x\n1",
                "\u00A01",
                "{\"\\ud800\":1}",
                "1e99999999999",
                "--1",
                "]",
                "}",
                ":",
                ","
            })
    void whatIsNoJsonIsRefused(String json) {
        assertRefused(json.getBytes(StandardCharsets.UTF_8));
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
                "999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "-9223372036854775809",
                "123456789012345678901234567890",
                "1.50",
                "-0.0",
                "1e5",
                "1E+5",
                "1.5e-300",
                "0.1e1"
            })
    void numbersAreExact(String json) throws Exception {
        Object expected = JACKSON.readValue(json, Object.class);
        assertThat(read(json)).isEqualTo(expected).hasSameClassAs(expected);
        assertThat(read(json + " ")).isEqualTo(expected);
    }

    @Test
    void valuesOfAllKindsAreReadInTheirOrder() throws Exception {
        String json = " { \"b\" : [ ] , \"a\" : { } ,\r\n\t\"c\":[true,false,null,{\"d\":[[1],[]]}]} ";
        assertThat(read(json)).isEqualTo(JACKSON.readValue(json, Map.class));
        assertThat(((Map<?, ?>) read(json)).keySet().toString()).isEqualTo("[b, a, c]");
    }

    /** Documents with some bytes changed: both readers take the same ones, for the same values. */
    @Test
    void changedDocumentsAreTakenOrRefusedAsByJackson() {
        RandomJson documents = new RandomJson(5);
        Random random = new Random(6);
        byte[] palette = "{}[]:,\"\\u0e1-+.tfn \n\u0001é\u00ff".getBytes(StandardCharsets.UTF_8);
        int taken = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] json = documents.export().toString().getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                json[random.nextInt(json.length)] = palette[random.nextInt(palette.length)];
            }
            Object expected = byJackson(json);
            if (expected == null) {
                assertRefused(json);
            } else {
                assertThat(read(json)).isEqualTo(expected);
                taken++;
            }
        }
        assertThat(taken).isBetween(10_000, 20_000);
    }

    /** Null for what is no JSON in UTF-8, or has a name that could not be written again. */
    private static @Nullable Object byJackson(byte[] json) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            Object value = JACKSON.readValue(text, Object.class);
            return hasBadName(value) ? null : value;
        } catch (CharacterCodingException | JsonProcessingException | NumberFormatException e) {
            return null;
        }
    }

    private static boolean hasBadName(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return members.keySet().stream()
                            .anyMatch(
                                    name -> !StandardCharsets.UTF_8.newEncoder().canEncode((String) name))
                    || members.values().stream().anyMatch(JsonReaderTest::hasBadName);
        }
        return value instanceof List<?> elements && elements.stream().anyMatch(JsonReaderTest::hasBadName);
    }
}
