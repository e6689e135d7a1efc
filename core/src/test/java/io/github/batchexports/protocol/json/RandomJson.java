package io.github.batchexports.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

/** Generates exports of the API's form: any subset of the known members, and unknown ones at any depth. */
final class RandomJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode export() {
        ObjectNode export = NODES.objectNode();
        export.put("id", text());
        export.put("status", random.nextBoolean() ? "SUCCESS" : text());
        maybe(export, "request_date", date());
        maybe(export, "start_date", date());
        maybe(export, "completion_date", date());
        maybe(export, "scope", NODES.textNode(text()));
        ArrayNode files = export.putArray("files");
        for (int i = random.nextInt(4); i > 0; i--) {
            ObjectNode file = files.addObject();
            maybe(file, "id", NODES.textNode(text()));
            maybe(file, "part", NODES.numberNode(random.nextInt()));
            maybe(file, "size", NODES.numberNode(random.nextLong()));
            maybe(file, "url", NODES.textNode(text()));
            others(file);
        }
        if (random.nextInt(4) > 0) {
            ObjectNode request = export.putObject("request");
            maybe(request, "export_type", NODES.textNode(text()));
            maybe(request, "attributes", texts());
            maybe(request, "identifiers", texts());
            if (random.nextBoolean()) {
                ObjectNode filter = request.putObject("filter");
                maybe(filter, "segment", NODES.textNode(text()));
                others(filter);
            }
            others(request);
        }
        others(export);
        return export;
    }

    private void maybe(ObjectNode object, String name, JsonNode value) {
        if (random.nextInt(4) > 0) {
            object.set(name, value);
        }
    }

    private void others(ObjectNode object) {
        for (int i = random.nextInt(3); i > 0; i--) {
            object.set("other_" + random.nextInt(1000), value(random.nextInt(6)));
        }
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> NODES.textNode(text());
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> NODES.numberNode(random.nextLong());
            case 4 -> NODES.numberNode(new BigInteger(100 + random.nextInt(100), random).shiftLeft(64));
            case 5 -> NODES.numberNode(new BigDecimal(new BigInteger(80, random), random.nextInt(40) + 1));
            case 6 -> NODES.numberNode(new BigDecimal("1.50"));
            case 7 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(random.nextInt(5) == 0 ? NODES.nullNode() : value(depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(), random.nextInt(5) == 0 ? NODES.nullNode() : value(depth - 1));
                }
                yield object;
            }
        };
    }

    private ArrayNode texts() {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            array.add(text());
        }
        return array;
    }

    private JsonNode date() {
        return NODES.textNode(String.format(
                "%04d-%02d-%02dT%02d:%02d:%02dZ",
                1970 + random.nextInt(100),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60)));
    }

    private String text() {
        String alphabet = "abc_$\"\\/\n\t\u0001\u007fé日 \u2028";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(random.nextInt(9) == 0 ? "🙂" : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
