package io.github.batchexports.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ids as arguments. */
final class Ids {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private Ids() {}

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
