package io.github.batchexports.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user may have meant by a word that is no command and no option. */
final class WrongWords {

    private static final int MOST = 2;

    private WrongWords() {}

    static String explain(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return explain(unmatched);
        }
        // A command that 'help' was asked about is the one word that picocli gives no suggestions for.
        boolean isHelp = error.getArgSpec() == null && error.getValue() != null;
        return isHelp
                ? explain(new UnmatchedArgumentException(error.getCommandLine(), List.of(error.getValue())))
                : String.valueOf(error.getMessage());
    }

    private static String explain(UnmatchedArgumentException error) {
        String word = error.getUnmatched().get(0);
        boolean isCommand = error.getCommandLine().getParent() == null;
        String what = error.isUnknownOption()
                ? "there is no option"
                : isCommand ? "there is no command" : "there is one argument too many:";
        List<String> meant = meant(word, error);
        return what + " '" + word + "'" + (meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?");
    }

    /** picocli compares pairs of letters, of which two that were exchanged leave few: that case comes first. */
    private static List<String> meant(String word, UnmatchedArgumentException error) {
        Set<String> names = error.isUnknownOption()
                ? error.getCommandLine().getCommandSpec().optionsMap().keySet()
                : error.getCommandLine().getSubcommands().keySet();
        List<String> exchanged = new ArrayList<>(names);
        exchanged.removeIf(name -> !letters(name).equals(letters(word)));
        List<String> meant = exchanged.isEmpty() ? error.getSuggestions() : exchanged;
        return meant.subList(0, Math.min(MOST, meant.size()));
    }

    private static List<Integer> letters(String word) {
        return word.chars().sorted().boxed().toList();
    }
}
