package io.github.batchexports.benchmarks.data;

import java.util.List;

/** JSON being written, compact, with as few or as many escapes as told: no writer of a library escapes what it need not. */
final class JsonText {

    private final StringBuilder text = new StringBuilder();
    private final boolean escapes;

    JsonText(boolean escapes) {
        this.escapes = escapes;
    }

    /** Adds structure, or a whole value, as it is. */
    JsonText raw(String json) {
        text.append(json);
        return this;
    }

    /** Adds a name and a value that is a string. */
    JsonText member(String name, String value) {
        return name(name).string(value);
    }

    JsonText name(String name) {
        char last = text.charAt(text.length() - 1);
        if (last != '{') {
            text.append(',');
        }
        text.append('"').append(name).append("\":");
        return this;
    }

    JsonText strings(List<String> values) {
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            string(values.get(i));
        }
        text.append(']');
        return this;
    }

    private JsonText string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (escapes && character == '/') {
                text.append("\\/");
            } else if (escapes && character > '~') {
                text.append(String.format("\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
