package io.github.batchexports.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Lines of JSON, to be compared by what they say. */
final class Trees {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Trees() {}

    static JsonNode of(String line) throws JsonProcessingException {
        return JSON.readTree(line);
    }

    static List<JsonNode> of(List<String> lines) throws JsonProcessingException {
        List<JsonNode> trees = new ArrayList<>();
        for (String line : lines) {
            trees.add(of(line));
        }
        return trees;
    }

    /** The ids of exports with a status, in their order. */
    static List<String> ids(List<String> exports, String status) throws JsonProcessingException {
        return of(exports).stream()
                .filter(export -> export.get("status").asText().equals(status))
                .map(export -> export.get("id").asText())
                .toList();
    }
}
