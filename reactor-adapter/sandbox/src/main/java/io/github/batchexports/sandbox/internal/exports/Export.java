package io.github.batchexports.sandbox.internal.exports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same through an export's life.
 *
 * @param first the state that it had at first
 * @param requested in whole seconds if it is made up; null if a test's own has none
 * @param since when it had that state
 * @param files what it has once it succeeded
 * @param takes how long it takes to SUCCESS; null if it moves as the sandbox lives
 * @param more members that the API's page does not show
 */
public record Export(
        String id,
        @Nullable Instant requested,
        ExportState first,
        Instant since,
        @Nullable String scope,
        List<ExportFile> files,
        @Nullable Duration takes,
        @Nullable Map<String, ?> request,
        Map<String, ?> more) {}
