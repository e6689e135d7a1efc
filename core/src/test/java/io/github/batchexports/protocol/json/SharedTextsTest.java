package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedTextsTest {

    private final SharedTexts texts = new SharedTexts();

    private @Nullable String of(String text) {
        return at("{\"" + text + "\":\"more of it\"}");
    }

    /** The text after the first quote, in the middle of a buffer, as a reader has it. */
    private @Nullable String at(String json) {
        byte[] bytes = ("??" + json + "??").getBytes(StandardCharsets.UTF_8);
        return texts.at(bytes, 3 + json.indexOf('"'), bytes.length - 2);
    }

    @Test
    void aTextThatComesAgainIsTheSame() {
        String first = of("$language");

        assertThat(first).isEqualTo("$language");
        assertThat(of("$language")).isSameAs(first);
        assertThat(of("$languages")).isEqualTo("$languages");
        assertThat(of("$languagE")).isEqualTo("$languagE");
    }

    @Test
    void textsOfAnyLengthComeOutWholeUpToTheLongest() {
        for (int length = 0; length < 40; length++) {
            String text = "0123456789".repeat(4).substring(0, length);
            assertThat(of(text)).isEqualTo(text);
            assertThat(of(text)).isSameAs(of(text));
        }
        assertThat(of("t".repeat(40))).isNull();
        assertThat(of("t".repeat(400))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\n", "\u0000", "\u001f", "é", "日"})
    void aTextWithWhatIsNotWrittenAsItIsIsNotMade(String special) {
        for (int before = 0; before < 20; before++) {
            assertThat(of("b".repeat(before) + special)).isNull();
            // Not even when what remains without it is known.
            assertThat(of("b".repeat(before))).isEqualTo("b".repeat(before));
            assertThat(of("b".repeat(before) + special)).isNull();
        }
    }

    @Test
    void aTextThatEndsNowhereIsNone() {
        assertThat(at("{\"known\":\"and more\"}")).isEqualTo("known");
        assertThat(at("{\"known")).isNull();
        assertThat(at("{\"")).isNull();
        assertThat(at("{\"known" + " ".repeat(100))).isNull();
    }

    @Test
    void textsThatShareAPlaceAreNotMixedUp() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                String text = "attribute_" + i;
                assertThat(of(text)).isEqualTo(text);
            }
        }
    }

    @Test
    void mostNamesOfACompanyAreKept() {
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "$attribute_" + i).toList();
        List<String> first = names.stream().map(this::of).toList();
        List<String> second = names.stream().map(this::of).toList();

        assertThat(IntStream.range(0, 100).filter(i -> first.get(i) == second.get(i)))
                .hasSizeGreaterThan(70);
    }
}
