package io.github.batchexports.protocol;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that the model does not know, kept as it is: numbers exactly, order and nulls included. */
final class OtherValue {

    private OtherValue() {}

    /** Reads the value whose first token is current. The parser bounds how deep it goes. */
    static @Nullable Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** Refuses half a surrogate pair, which the parser lets pass in bytes that are no UTF-8, but never as an escape. */
    static void checkName(JsonParser parser, String name) throws JsonParseException {
        if (name.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE)) {
            throw new JsonParseException(parser, "a name that is no UTF-8");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkName(parser, name);
            parser.nextToken();
            members.put(name, read(parser));
        }
        return Collections.unmodifiableMap(members);
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return Collections.unmodifiableList(elements);
    }
}
