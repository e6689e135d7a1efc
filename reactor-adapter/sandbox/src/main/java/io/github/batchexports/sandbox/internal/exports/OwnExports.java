package io.github.batchexports.sandbox.internal.exports;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes a test's own exports as they are; what its files lack is added. */
final class OwnExports {

    private OwnExports() {}

    static Export of(ExportRequest given, Instant now) {
        ExportState state = new ExportState(given.status().text(), given.startDate(), given.completionDate());
        ExportScope scope = given.scope();
        ExportDefinition request = given.request();
        return new Export(
                given.id(),
                given.requestDate(),
                state,
                now,
                scope == null ? null : scope.toString(),
                files(given),
                null,
                request == null ? null : request.toMap(),
                given.otherMembers());
    }

    private static List<ExportFile> files(ExportRequest export) {
        List<ExportFile> files = new ArrayList<>();
        for (io.github.batchexports.ExportFile given : export.files()) {
            int part = orElse(given.part(), files.size() + 1);
            ExportFile lacking = file(export.id(), part, orElse(given.size(), 0L));
            String id = orElse(given.id(), lacking.id());
            String url = orElse(given.url(), new ExportFile(id, part, lacking.size()).url());
            files.add(new ExportFile(id, part, lacking.size(), url, given.otherMembers()));
        }
        return List.copyOf(files);
    }

    static ExportFile file(String exportId, int part, long size) {
        return new ExportFile("file_" + exportId + "_" + part, part, size);
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return Objects.requireNonNullElse(value, other);
    }
}
