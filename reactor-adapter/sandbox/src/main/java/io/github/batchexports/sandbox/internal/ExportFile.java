package io.github.batchexports.sandbox.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** One file of an export. */
public record ExportFile(String id, int part, long size) {

    /** As the API sends it. */
    public Map<String, Object> json() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("id", id);
        file.put("part", part);
        file.put("size", size);
        file.put("url", "https://api.batch.com/2.4/exports/download?id=" + id);
        return file;
    }
}
