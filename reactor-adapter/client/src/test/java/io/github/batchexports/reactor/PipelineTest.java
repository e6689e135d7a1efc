package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.batchexports.AwaitOptions;
import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.error.ExportFailedException;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From creating an export to its lines and files, against the sandbox. */
class PipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AwaitOptions OFTEN =
            AwaitOptions.builder().interval(Duration.ofMillis(10)).build();
    private static final ExportDefinition ATTRIBUTES =
            ExportDefinition.forAttributes("$region").build();

    @TempDir
    Path directory;

    private final Sandbox sandbox = Sandbox.builder()
            .exportTakes(Duration.ofMillis(300))
            .fileBytes(20_000)
            .start();
    private final BatchExportsClient client = BatchExportsClient.builder()
            .restApiKey(Sandbox.REST_API_KEY)
            .projectKey(Sandbox.PROJECT_KEY)
            .baseUrl(sandbox.baseUrl())
            .requestsPerSecond(0)
            .build();

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
    }

    private List<String> content(String fileId) {
        return new BufferedReader(new InputStreamReader(sandbox.fileContent(fileId), StandardCharsets.UTF_8))
                .lines()
                .toList();
    }

    @Test
    void createdExportIsDownloadedAsLines() {
        ExportDefinition definition = ExportDefinition.forEvents("purchase")
                .from(Instant.now().minus(Duration.ofDays(30)))
                .build();
        List<String> lines = client.create(definition)
                .flatMap(id -> client.awaitSuccess(id, OFTEN))
                .flatMapIterable(ExportRequest::files)
                .concatMap(client::downloadLines)
                .collectList()
                .block(PATIENCE);

        ExportRequest export = client.list().blockFirst(PATIENCE);
        assertThat(export.request()).isEqualTo(definition);
        assertThat(export.files()).isNotEmpty();
        assertThat(lines)
                .isNotEmpty()
                .isEqualTo(export.files().stream()
                        .flatMap(file -> content(file.id()).stream())
                        .toList());
        assertThat(sandbox.createCalls()).isEqualTo(1);
    }

    @Test
    void createdExportIsSavedAsFiles() throws IOException {
        List<Path> files = client.create(ATTRIBUTES)
                .flatMap(id -> client.awaitSuccess(id, OFTEN))
                .flatMapMany(export -> client.downloadAll(export, directory))
                .collectList()
                .block(PATIENCE);
        ExportRequest export = client.list().blockFirst(PATIENCE);
        assertThat(files).hasSameSizeAs(export.files());
        for (int i = 0; i < files.size(); i++) {
            assertThat(Files.readAllLines(files.get(i)))
                    .isEqualTo(content(export.files().get(i).id()));
        }
    }

    @Test
    void awaitSuccessFailsIfTheExportFailed() {
        String id = client.create(ATTRIBUTES).block(PATIENCE);
        sandbox.setStatus(id, "ERROR");
        ExportFailedException failure = catchThrowableOfType(
                ExportFailedException.class, () -> client.awaitSuccess(id).block(PATIENCE));
        assertThat(failure).hasMessageStartingWith("await export failed: " + id + " ended with the status ERROR;");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure.exportId()).isEqualTo(id);
        assertThat(failure.exportStatus()).isEqualTo(ExportStatus.ERROR);
        assertThat(failure.export()).isEqualTo(client.view(id).block(PATIENCE));
    }

    @Test
    void refusedDefinitionFailsWithTheApisReason() {
        ExportDefinition old = ExportDefinition.forReachability("push")
                .from(Instant.now().minus(Duration.ofDays(91)))
                .build();
        assertThat(catchThrowableOfType(
                        InvalidRequestException.class, () -> client.create(old).block(PATIENCE)))
                .hasMessageStartingWith("create export failed: HTTP 400 MALFORMED_PARAMETER \"from must be within");
    }
}
