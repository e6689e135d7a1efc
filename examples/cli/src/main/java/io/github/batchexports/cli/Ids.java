package io.github.batchexports.cli;

import io.github.batchexports.ExportRequest;
import io.github.batchexports.cli.connection.CommandFailedException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ids as arguments. */
final class Ids {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private Ids() {}

    /** The export, if its id, which the API chose, can be part of a file's name. */
    static ExportRequest requirePlain(ExportRequest export) {
        if (!PLAIN.matcher(export.id()).matches()) {
            throw new CommandFailedException(
                    "the id " + export.id() + " cannot be part of a file's name, so nothing is saved", null);
        }
        return export;
    }

    /** An id that is only sent to the API, which knows what its ids look like. */
    static final class Any implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("the id is empty");
            }
            return text;
        }
    }

    /** An id that may become part of a file's name. */
    static final class InFileName implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!PLAIN.matcher(text).matches()) {
                throw new TypeConversionException("'" + text + "' is no id: it may have letters, digits, _ and -");
            }
            return text;
        }
    }
}
