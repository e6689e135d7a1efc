package io.github.batchexports.cli;

import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.cli.connection.CommandFailedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of an export, and where it is saved. The name is made of the export's id, as the user wrote it, and of a number,
 * so that a server cannot choose it.
 */
record Part(ExportFile file, Path target) {

    /**
     * The parts of an export.
     *
     * @param fileId the only file that is wanted, or null for all
     * @throws CommandFailedException when one of them cannot be saved beside the others, or there is no such file
     */
    static List<Part> of(ExportRequest export, @Nullable String fileId, Path directory) {
        List<Part> parts = new ArrayList<>();
        Map<Path, String> ids = new HashMap<>();
        for (int i = 0; i < export.files().size(); i++) {
            ExportFile file = export.files().get(i);
            if (fileId != null && !fileId.equals(file.id())) {
                continue;
            }
            int number = file.part() == null ? i + 1 : file.part();
            if (file.id() == null) {
                throw failure(export, "names no id for part " + number + ", so that it cannot be asked for");
            }
            Path target = directory.resolve(export.id() + "." + number + ".jsonl");
            String other = ids.put(target, file.id());
            if (other != null) {
                throw failure(
                        export,
                        "has two files that are part " + number + ": take " + other + " and " + file.id()
                                + " by --file, each --to a directory of its own");
            }
            parts.add(new Part(file, target));
        }
        if (parts.isEmpty() && fileId != null) {
            throw failure(export, "has no file " + fileId);
        }
        return parts;
    }

    private static CommandFailedException failure(ExportRequest export, String what) {
        return new CommandFailedException("export " + export.id() + " " + what, null);
    }
}
