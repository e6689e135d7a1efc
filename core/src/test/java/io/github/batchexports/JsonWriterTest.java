package io.github.batchexports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are easily lost in writing: decimals and unpaired surrogates. */
class JsonWriterTest {

    private static String written(Object value) {
        String json = ExportRequest.builder()
                .id("e")
                .status(ExportStatus.ERROR)
                .otherMembers(Map.of("x", value))
                .build()
                .toJson();
        return json.substring(json.indexOf("\"x\":") + 4, json.length() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, 1.50",
        "0.0, 0.0",
        "1e400, 1E+400",
        "1E-400, 1E-400",
        "5, 5E0",
        "-5e0, -5E0",
        "7.0e1, 70E0",
        "10e2147483647, 10E2147483647",
        "1e2147483647, 1E+2147483647",
        "1e-2147483647, 1E-2147483647"
    })
    void decimalsKeepTheirScaleAndExponent(BigDecimal number, String text) {
        assertThat(written(number)).isEqualTo(text);
        assertThat(new BigDecimal(text)).isEqualTo(number);
    }

    @Test
    void valueNestedTooDeeplyIsRefused() {
        Object value = List.of();
        for (int depth = 0; depth < 1_100; depth++) {
            value = List.of(value);
        }
        Object deep = value;
        assertThatIllegalArgumentException().isThrownBy(() -> written(deep)).withMessageContaining("nested too deeply");
    }

    @Test
    void unpairedSurrogatesAreEscaped() {
        assertThat(written("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(written("a\udc00\ud800b")).isEqualTo("\"a\\udc00\\ud800b\"");
    }

    @Test
    void surrogatePairsAreNotEscaped() {
        assertThat(written("\ud83d\ude00\ud83d")).isEqualTo("\"😀\\ud83d\"");
        assertThat(written("😀 日")).isEqualTo("\"😀 日\"");
    }
}
