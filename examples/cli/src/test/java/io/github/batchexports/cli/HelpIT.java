package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program says of itself. */
class HelpIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"lsit, list", "wacth, watch", "dowload, download", "--verzion, --version", "vew, view"})
    void misspelledWordSuggestsNearest(String word, String meant) throws Exception {
        Result result = SharedProcess.run(Map.of(), word);
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0)).contains("'" + word + "'", "did you mean " + meant + "?");
    }

    @Test
    void helpAboutAWrongWordSaysWhatWasMeant() throws Exception {
        Result result = CommandLineProcess.run(Map.of(), "help", "lsit");
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0)).startsWith("exports: there is no command 'lsit'; did you mean list? See ");
    }

    @Test
    void misspelledOptionErrorOmitsValue() throws Exception {
        Result result = SharedProcess.run(Map.of(), "list", "--staus", "SUCCESS");
        CommandLineProcess.assertBadUsage(result);
        assertThat(result.err().get(0))
                .contains("'--staus'", "did you mean --status?")
                .doesNotContain("SUCCESS");
    }

    @Test
    void helpIsOfTheProgramOrOfACommand() throws Exception {
        assertThat(SharedProcess.run(Map.of(), "help").out())
                .isEqualTo(SharedProcess.run(Map.of(), "--help").out())
                .anyMatch(line -> line.matches(" +sandbox .*"));
        assertThat(SharedProcess.run(Map.of(), "help", "watch").out())
                .isEqualTo(SharedProcess.run(Map.of(), "watch", "--help").out());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs bash")
    void bashCompletesCommandsOptionsAndStatuses() throws Exception {
        Path script = directory.resolve("completion");
        Files.write(
                script, CommandLineProcess.run(Map.of(), "generate-completion").out());
        assertThat(completed(script, "exports", "wat")).containsExactly("watch");
        assertThat(completed(script, "exports", "list", "--sta")).containsExactly("--status");
        assertThat(completed(script, "exports", "list", "--status", "SU")).contains("SUCCESS");
    }

    private static List<String> completed(Path script, String... words) throws Exception {
        String command = ". " + script + "; compopt() { :; }; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; _complete_exports; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Result result = CommandLineProcess.result(CommandLineProcess.start(Map.of(), List.of("bash", "-c", command)));
        assertThat(result.err()).isEmpty();
        return result.out();
    }
}
