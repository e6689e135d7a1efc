package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Saving all files of an export into a directory. */
class DownloadAllTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path parent;

    private final FileServer server = FileServer.of(50_000);
    private final BatchExportsClient client = server.options().build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static ExportRequest export(String id, ExportFile... files) {
        return ExportRequest.builder()
                .id(id)
                .status(ExportStatus.SUCCESS)
                .files(List.of(files))
                .build();
    }

    @Test
    void eachPartIsSavedAndTheDirectoryIsCreated() throws IOException {
        Path directory = parent.resolve("a/b");
        assertThat(client.downloadAll(FileServer.EXPORT, directory)
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(directory.resolve("export_1.1.jsonl"), directory.resolve("export_1.2.jsonl"));
        assertThat(Files.readAllBytes(directory.resolve("export_1.2.jsonl"))).isEqualTo(server.content);
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void directoryMayBeASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(parent.resolve("link"), Files.createDirectory(parent.resolve("real")));
        assertThat(client.downloadAll(FileServer.EXPORT, link).count().block(PATIENCE))
                .isEqualTo(2);
    }

    @Test
    void filesAreRequestedOneByOneOnDemand() {
        StepVerifier.create(client.downloadAll(FileServer.EXPORT, parent), 0)
                .expectSubscription()
                .then(() -> assertThat(server.apiCalls()).isEmpty())
                .thenRequest(1)
                .expectNext(parent.resolve("export_1.1.jsonl"))
                .then(() -> assertThat(server.apiCalls()).hasSize(1))
                .thenRequest(1)
                .expectNext(parent.resolve("export_1.2.jsonl"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(server.apiCalls()).hasSize(2);
    }

    @Test
    void existingFileIsKeptUnlessOverwriteIsSet() throws IOException {
        Path second = Files.writeString(parent.resolve("export_1.2.jsonl"), "mine");
        StepVerifier.create(client.downloadAll(FileServer.EXPORT, parent))
                .expectNext(parent.resolve("export_1.1.jsonl"))
                .expectError(FileAlreadyExistsException.class)
                .verify(PATIENCE);
        assertThat(second).hasContent("mine");

        DownloadOptions overwrite = DownloadOptions.builder().overwrite(true).build();
        client.downloadAll(FileServer.EXPORT, parent, overwrite).blockLast(PATIENCE);
        assertThat(Files.readAllBytes(second)).isEqualTo(server.content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "a\\b", "..", "../a", "a..b", "C:a", "a\u0000", "a\nb"})
    void idThatIsNoFileNameIsRejected(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.downloadAll(export(id, FileServer.FILE), parent))
                .withMessageContaining("the id of the export");
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void duplicatePartsAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.downloadAll(export("e", FileServer.FILE, FileServer.FILE), parent))
                .withMessageContaining("e.1.jsonl");
    }

    @Test
    void fileWithoutPartIsNumberedAndExportWithoutFilesIsEmpty() {
        ExportFile unnumbered = FileServer.FILE.toBuilder().part(null).build();
        assertThat(client.downloadAll(export("e", FileServer.FILE, unnumbered), parent)
                        .collectList()
                        .block(PATIENCE))
                .containsExactly(parent.resolve("e.1.jsonl"), parent.resolve("e.2.jsonl"));
        assertThat(client.downloadAll(export("e"), parent.resolve("none"))
                        .count()
                        .block(PATIENCE))
                .isZero();
        assertThat(parent.resolve("none")).doesNotExist();
    }
}
