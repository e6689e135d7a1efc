package io.github.batchexports.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CursorTest {

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @Test
    void cursorIsReadBackWhereDigitsAreOthers() {
        Locale.setDefault(Locale.forLanguageTag("fa"));

        assertThat(Cursor.offset(Cursor.of(150))).isEqualTo(150);
    }
}
