package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedTextsTest {

    private final SharedTexts texts = new SharedTexts();

    private String of(String text) {
        // In the middle of a buffer, as a parser has it.
        return texts.of(("<<" + text + ">>").getBytes(StandardCharsets.US_ASCII), 2, text.length());
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
    void textsOfAnyLengthComeOutWhole() {
        for (int length = 0; length < 200; length++) {
            String text = "t".repeat(length);
            assertThat(of(text)).isEqualTo(text);
        }
    }

    @Test
    void aLongTextIsNotKept() {
        assertThat(of("t".repeat(64))).isSameAs(of("t".repeat(64)));
        assertThat(of("t".repeat(65))).isEqualTo("t".repeat(65)).isNotSameAs(of("t".repeat(65)));
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
