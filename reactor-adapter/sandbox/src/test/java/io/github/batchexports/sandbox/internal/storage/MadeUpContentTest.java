package io.github.batchexports.sandbox.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.batchexports.sandbox.internal.exports.ExportFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that files are made of. */
class MadeUpContentTest {

    private static final JsonFactory JSON = new JsonFactory();

    private static byte[] all(String id, long size) {
        byte[] bytes = new byte[(int) size];
        new MadeUpContent(new ExportFile(id, 1, size)).read(0, bytes, 0, bytes.length);
        return bytes;
    }

    private static Map<String, String> object(String line) throws IOException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, parser.getText());
            }
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).isNull();
        }
        return members;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 127, 128, 129, 130, 255, 256, 257, 12_800, 13_001})
    void everyLineIsAnObjectAndTheLastEndsWhereTheFileDoes(int size) throws Exception {
        String text = new String(all("file_a", size), StandardCharsets.US_ASCII);
        assertThat(text).endsWith("\n");
        List<String> lines = text.lines().toList();
        assertThat(lines).hasSize(Math.max(1, size / 128));
        for (int i = 0; i < size / 128; i++) {
            Map<String, String> object = object(lines.get(i));
            assertThat(object.get("custom_id")).endsWith(String.format("-%012d", i));
            assertThat(object.get("number")).isEqualTo(String.valueOf(1_000_000_000_000L + i));
        }
        object(lines.get(lines.size() - 1));
    }

    @Test
    void contentTooSmallForObjectIsNewlines() {
        assertThat(all("file_a", 0)).isEmpty();
        assertThat(all("file_a", 1)).containsExactly('\n');
        assertThat(all("file_a", 2)).containsExactly('\n', '\n');
    }

    @Test
    void anyPartIsThatPartOfTheWhole() {
        byte[] whole = all("file_a", 1_000);
        MadeUpContent content = new MadeUpContent(new ExportFile("file_a", 1, 1_000));
        for (int start = 0; start < 1_000; start += 7) {
            for (int end = start; end <= 1_000; end += 13) {
                byte[] part = new byte[end - start];
                content.read(start, part, 0, part.length);
                assertThat(part).isEqualTo(Arrays.copyOfRange(whole, start, end));
            }
        }
    }

    @Test
    void twoFilesDiffer() {
        assertThat(all("file_a", 1_000)).isNotEqualTo(all("file_b", 1_000));
    }
}
