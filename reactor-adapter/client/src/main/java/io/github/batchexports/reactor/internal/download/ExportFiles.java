package io.github.batchexports.reactor.internal.download;

import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names the files of an export in a directory. */
final class ExportFiles {

    private ExportFiles() {}

    /** Returns the files in order, by target path. A file without a part is numbered by its place in the export, from 1. */
    static Map<Path, ExportFile> in(Path directory, ExportRequest export) {
        checkId(export.id());
        Map<Path, ExportFile> targets = new LinkedHashMap<>();
        for (int i = 0; i < export.files().size(); i++) {
            ExportFile file = export.files().get(i);
            Integer part = file.part();
            String name = export.id() + "." + (part == null ? i + 1 : part) + ".jsonl";
            if (targets.put(directory.resolve(name), file) != null) {
                throw new IllegalArgumentException("two files of the export would be named " + name);
            }
        }
        return targets;
    }

    /** An id is untrusted input: it must not lead to another directory. */
    private static void checkId(String id) {
        boolean isName = !id.isBlank()
                && !id.contains("..")
                && id.chars()
                        .noneMatch(character -> character == '/'
                                || character == '\\'
                                || character == ':'
                                || Character.isISOControl(character));
        if (!isName) {
            throw new IllegalArgumentException(
                    "the id of the export cannot be part of a file's name: it is empty, or has "
                            + "a separator, '..' or a control character");
        }
    }
}
