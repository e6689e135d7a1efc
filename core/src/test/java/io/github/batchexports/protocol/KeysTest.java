package io.github.batchexports.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST API key, which is never printed, and the project key. */
class KeysTest {

    private static final String TEXT = "s3cr3t~key!";
    private static final RestApiKey KEY = RestApiKey.of(TEXT);

    @Test
    void restApiKeyIsSentAsABearerToken() {
        assertThat(KEY.authorization()).isEqualTo("Bearer s3cr3t~key!");
    }

    @Test
    void restApiKeyIsPrintedAsAMask() {
        assertThat(KEY).hasToString("***");
        assertThat(String.format(Locale.ROOT, "%s", KEY)).doesNotContain(TEXT);
    }

    @Test
    void projectKeyIsPrintedAsIs() {
        assertThat(new ProjectKey("project_0664hx")).hasToString("project_0664hx");
        assertThat(new ProjectKey("project_0664hx").text()).isEqualTo("project_0664hx");
    }

    @Test
    void allVisibleAsciiIsAccepted() {
        StringBuilder visible = new StringBuilder();
        for (char character = '!'; character <= '~'; character++) {
            visible.append(character);
        }
        assertThat(RestApiKey.of(visible.toString()).authorization()).isEqualTo("Bearer " + visible);
        assertThat(new ProjectKey(visible.toString()).text()).isEqualTo(visible.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\r\n", "\t", "\0", "\u001f", "\u007f", "\u0080", "\u00a0", "é", "\u200b", "😀"})
    void invalidCharacterIsRefusedWithoutQuotingTheKey(String character) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestApiKey.of("s3cr3t" + character + "key"))
                .withMessageStartingWith("restApiKey has a whitespace, control or non-ASCII character at position 6:")
                .withMessageNotContainingAny("s3cr3t", "key" + character, character + "key")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectKey(character + "pr0ject"))
                .withMessageStartingWith("projectKey has a whitespace, control or non-ASCII character at position 0:")
                .withMessageNotContaining("pr0ject");
    }

    @Test
    void invalidLastCharacterIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestApiKey.of("s3cr3t\n"))
                .withMessageContaining("position 6");
    }

    @Test
    void emptyKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestApiKey.of(""))
                .withMessageStartingWith("restApiKey is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectKey(""))
                .withMessageStartingWith("projectKey is empty");
    }

    @Test
    void nullKeyIsRefusedByOptionName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestApiKey.of(null))
                .withMessage("restApiKey is null: is the environment variable set?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProjectKey(null))
                .withMessage("projectKey is null: is the environment variable set?");
    }

    @Test
    void everyOccurrenceOfTheKeyIsMasked() {
        assertThat(KEY.redact("key s3cr3t~key! and s3cr3t~key!")).isEqualTo("key *** and ***");
        assertThat(KEY.redact("nothing of it: s3cr3t")).isEqualTo("nothing of it: s3cr3t");
        assertThat(KEY.redact(null)).isNull();
    }

    @Test
    void replacingKeyMasksThePreviousKeys() {
        RestApiKey next = RestApiKey.of("n3xt").replacing(KEY);
        assertThat(next.authorization()).isEqualTo("Bearer n3xt");
        assertThat(next.redact("n3xt after s3cr3t~key!")).isEqualTo("*** after ***");
        assertThat(next.appearsIn(new IllegalStateException("s3cr3t~key!"))).isTrue();
        assertThat(next.is("n3xt")).isTrue();
        assertThat(next.is("s3cr3t~key!")).isFalse();
        assertThat(next).hasToString("***");

        RestApiKey last = next;
        for (int i = 0; i < 8; i++) {
            last = RestApiKey.of("key-" + i).replacing(last);
        }
        assertThat(last.redact("key-0 key-7 n3xt")).as("the last eight").isEqualTo("*** *** n3xt");
    }

    @Test
    void keyIsFoundInAMessage() {
        assertThat(KEY.appearsIn(new IllegalStateException("for " + TEXT))).isTrue();
        assertThat(KEY.appearsIn(new IllegalStateException("for ***"))).isFalse();
        assertThat(KEY.appearsIn(new IllegalStateException((String) null))).isFalse();
    }

    @Test
    void keyIsFoundInCausesAndSuppressedExceptions() {
        Exception bearer = new IllegalStateException("for " + TEXT);
        assertThat(KEY.appearsIn(new RuntimeException("outer", new RuntimeException("inner", bearer))))
                .isTrue();

        Exception suppressing = new RuntimeException("outer");
        suppressing.addSuppressed(new RuntimeException("harmless"));
        assertThat(KEY.appearsIn(suppressing)).isFalse();
        suppressing.addSuppressed(new RuntimeException("wrapped", bearer));
        assertThat(KEY.appearsIn(suppressing)).isTrue();
        assertThat(KEY.appearsIn(new RuntimeException("above", suppressing))).isTrue();
    }

    @Test
    void keyIsFoundTwentyCausesDeep() {
        Exception failure = new IllegalStateException("for " + TEXT);
        for (int depth = 0; depth < 20; depth++) {
            failure = new RuntimeException("depth " + depth, failure);
        }
        assertThat(KEY.appearsIn(failure)).isTrue();
    }

    @Test
    void cyclesOfCausesEndTheSearch() {
        Exception first = new RuntimeException("first");
        Exception second = new RuntimeException("second", first);
        first.initCause(second);
        assertThat(KEY.appearsIn(first)).isFalse();

        Exception third = new RuntimeException("third");
        Exception fourth = new RuntimeException("fourth");
        third.addSuppressed(fourth);
        fourth.addSuppressed(third);
        assertThat(KEY.appearsIn(third)).isFalse();
    }
}
