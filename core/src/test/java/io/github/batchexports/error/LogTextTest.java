package io.github.batchexports.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            emptyValue = "",
            value = {
                "plain,plain",
                "'',''",
                "'  both ends  ',both ends",
                "'many   spaces',many spaces",
                "'a\u00a0b\u3000c',a b c",
                "'a\n\r\t\u000b\fb',a b",
                "'a\u2028b\u2029c',a b c",
                "'a\u0000\u0007\u001b\u007f\u0085\u009bb',ab",
                "'a\u200b\u200e\u202e\u2066\ufeff\u00adb',ab",
                "'a \u0000 b',a b",
                "'\u0000 a',a",
                "é日😀,é日😀",
                "e\u0301,e\u0301"
            })
    void controlCharactersAreRemovedAndWhitespaceFolded(String text, String line) {
        assertThat(LogText.of(text, 100)).isEqualTo(line);
    }

    @Test
    void unpairedSurrogatesAndUnassignedCharactersAreRemoved() {
        assertThat(LogText.of("a\ud800b\udc00c", 100)).isEqualTo("abc");
        assertThat(LogText.of("a\ud83d", 100)).isEqualTo("a");
        assertThat(LogText.of("a\u0378\uffffb", 100)).isEqualTo("ab");
    }

    @Test
    void truncationDoesNotSplitSurrogatePairs() {
        assertThat(LogText.of("abcdef", 3)).isEqualTo("abc");
        assertThat(LogText.of("abc", 3)).isEqualTo("abc");
        assertThat(LogText.of("ab😀", 3)).isEqualTo("ab");
        assertThat(LogText.of("a😀b", 3)).isEqualTo("a😀");
        assertThat(LogText.of("a 😀", 3)).isEqualTo("a");
        assertThat(LogText.of("ab 😀", 3)).isEqualTo("ab");
        assertThat(LogText.of("ab c", 3)).isEqualTo("ab");
    }
}
