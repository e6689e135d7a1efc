package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedStringsTest {

    private final SharedStrings texts = new SharedStrings();

    /** The string in the middle of a buffer, as a parser has it. */
    private String of(String text) {
        char[] buffer = ("??" + text + "??").toCharArray();
        return texts.of(buffer, 2, text.length());
    }

    @Test
    void repeatedStringsAreShared() {
        String first = of("$language");

        assertThat(first).isEqualTo("$language");
        assertThat(of("$language")).isSameAs(first);
        assertThat(of("$languages")).isEqualTo("$languages");
        assertThat(of("$languagE")).isEqualTo("$languagE");
        assertThat(of("größe 日 🙂")).isEqualTo("größe 日 🙂").isSameAs(of("größe 日 🙂"));
    }

    @Test
    void onlyStringsOfUpTo64CharactersAreShared() {
        for (int length = 0; length < 100; length++) {
            String text = "0123456789".repeat(10).substring(0, length);
            assertThat(of(text)).isEqualTo(text);
            assertThat(of(text) == of(text)).isEqualTo(length <= 64);
        }
    }

    @Test
    void collidingStringsAreNotMixedUp() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                String text = "attribute_" + i;
                assertThat(of(text)).isEqualTo(text);
            }
        }
    }

    @Test
    void mostOfAHundredNamesAreShared() {
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "$attribute_" + i).toList();
        List<String> first = names.stream().map(this::of).toList();
        List<String> second = names.stream().map(this::of).toList();

        assertThat(IntStream.range(0, 100).filter(i -> first.get(i) == second.get(i)))
                .hasSizeGreaterThan(70);
    }
}
