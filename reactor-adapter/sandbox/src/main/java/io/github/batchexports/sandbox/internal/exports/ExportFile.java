package io.github.batchexports.sandbox.internal.exports;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One file of an export.
 *
 * @param url where the API gives a link to it
 * @param more members that the API's page does not show
 */
public record ExportFile(String id, int part, long size, String url, Map<String, ?> more) {

    public ExportFile(String id, int part, long size) {
        this(id, part, size, "https://api.batch.com/2.4/exports/download?id=" + id, Map.of());
    }

    /** As the API sends it. */
    public Map<String, Object> json() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("id", id);
        file.put("part", part);
        file.put("size", size);
        file.put("url", url);
        file.putAll(more);
        return file;
    }
}
