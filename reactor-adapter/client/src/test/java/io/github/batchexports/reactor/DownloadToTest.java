package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.DownloadOptions;
import io.github.batchexports.error.ClientClosedException;
import io.github.batchexports.error.DownloadException;
import io.github.batchexports.reactor.RawServer.After;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Saving one file: what is in the directory, and when. */
class DownloadToTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final DownloadOptions OVERWRITE =
            DownloadOptions.builder().overwrite(true).build();

    @TempDir
    Path directory;

    private final FileServer server = FileServer.of(500_000);
    private final BatchExportsClient client = server.options().build();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Path target() {
        return directory.resolve("export.jsonl");
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .takeUntil(tick -> condition.getAsBoolean())
                .blockLast(PATIENCE);
    }

    private <T extends Throwable> void assertFails(Class<T> kind, Path target, DownloadOptions options) {
        StepVerifier.create(client.downloadTo(FileServer.FILE, target, options))
                .expectErrorSatisfies(error -> assertThat(error).isExactlyInstanceOf(kind))
                .verify(PATIENCE);
    }

    @Test
    void completeFileHasTheTargetsName() throws IOException {
        assertThat(client.downloadTo(FileServer.FILE, target()).block(PATIENCE)).isEqualTo(target());
        assertThat(Files.readAllBytes(target())).isEqualTo(server.content);
        assertThat(files()).containsExactly(target());
    }

    @Test
    void unfinishedFileIsHiddenBesideTheTarget() {
        AtomicReference<List<Path>> meanwhile = new AtomicReference<>();
        DownloadOptions options = DownloadOptions.builder()
                .onProgress(bytes -> meanwhile.compareAndSet(null, files()))
                .build();
        client.downloadTo(FileServer.FILE, target(), options).block(PATIENCE);
        assertThat(meanwhile.get()).singleElement().satisfies(path -> assertThat(
                        path.getFileName().toString())
                .startsWith(".export.jsonl.")
                .endsWith(".part"));
    }

    @Test
    void progressIsReportedUpToTheEnd() {
        List<Long> progress = new CopyOnWriteArrayList<>();
        DownloadOptions options =
                DownloadOptions.builder().onProgress(progress::add).build();
        client.downloadTo(FileServer.FILE, target(), options).block(PATIENCE);
        assertThat(progress).isSorted().doesNotHaveDuplicates().endsWith(500_000L);
    }

    @Test
    void throwingProgressListenerFailsTheDownload() {
        DownloadOptions options = DownloadOptions.builder()
                .onProgress(bytes -> {
                    throw new IllegalStateException("no more");
                })
                .build();
        assertFails(IllegalStateException.class, target(), options);
        assertThat(files()).isEmpty();
    }

    @Test
    void failureLeavesNothingBehind() {
        server.storage((call, request) -> server.part(request, call == 1 ? 100_000 : 0, After.CLOSE));
        assertFails(DownloadException.class, target(), DownloadOptions.builder().build());
        assertThat(files()).isEmpty();
    }

    @Test
    void fullDiskFailsTheDownloadWithItsOwnErrorAndLeavesNothingBehind() {
        StepVerifier.create(client.downloadTo(FileServer.FILE, FullDisk.over(target())))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isExactlyInstanceOf(IOException.class).hasMessage("No space left on device");
                    assertThat(error.getSuppressed())
                            .extracting(Throwable::getMessage)
                            .contains("what was written is lost");
                })
                .verify(PATIENCE);
        assertThat(files()).isEmpty();
    }

    @Test
    void cancelLeavesNothingBehind() throws InterruptedException {
        server.storage((call, request) -> server.part(request, 100_000, After.UNTIL_ABORTED));
        List<Long> progress = new CopyOnWriteArrayList<>();
        Disposable download = client.downloadTo(
                        FileServer.FILE,
                        target(),
                        DownloadOptions.builder().onProgress(progress::add).build())
                .subscribe();
        await(() -> progress.contains(100_000L));
        assertThat(files()).hasSize(1);
        download.dispose();
        assertThat(server.storageServer().awaitAborted()).isTrue();
        await(() -> files().isEmpty());
    }

    @Test
    void closingTheClientLeavesNothingBehind() throws InterruptedException {
        server.storage((call, request) -> server.part(request, 100_000, After.UNTIL_ABORTED));
        DownloadOptions options =
                DownloadOptions.builder().onProgress(bytes -> client.close()).build();
        assertFails(ClientClosedException.class, target(), options);
        assertThat(server.storageServer().awaitAborted()).isTrue();
        await(() -> files().isEmpty());
    }

    @Test
    void existingTargetFailsBeforeAnyCall() throws IOException {
        Files.writeString(target(), "mine");
        assertFails(
                FileAlreadyExistsException.class,
                target(),
                DownloadOptions.builder().build());
        assertThat(server.apiCalls()).isEmpty();
        assertThat(target()).hasContent("mine");
        assertThat(files()).containsExactly(target());
    }

    @Test
    void danglingLinkCountsAsAnExistingTarget() throws IOException {
        Files.createSymbolicLink(target(), directory.resolve("nowhere"));
        assertFails(
                FileAlreadyExistsException.class,
                target(),
                DownloadOptions.builder().build());
        assertThat(server.apiCalls()).isEmpty();
    }

    @Test
    void existingTargetIsReplacedIfOverwriteIsSet() throws IOException {
        Files.writeString(target(), "old");
        AtomicReference<String> meanwhile = new AtomicReference<>();
        DownloadOptions options = DownloadOptions.builder()
                .overwrite(true)
                .onProgress(bytes -> meanwhile.set(read(target())))
                .build();
        client.downloadTo(FileServer.FILE, target(), options).block(PATIENCE);
        assertThat(meanwhile).hasValue("old");
        assertThat(Files.readAllBytes(target())).isEqualTo(server.content);
        assertThat(files()).containsExactly(target());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void targetIsKeptIfTheOverwritingDownloadFails() throws IOException {
        Files.writeString(target(), "old");
        server.storage((call, request) -> server.part(request, call == 1 ? 100_000 : 0, After.CLOSE));
        assertFails(DownloadException.class, target(), OVERWRITE);
        assertThat(target()).hasContent("old");
        assertThat(files()).containsExactly(target());
    }

    @Test
    void fileCreatedMeanwhileIsKept() {
        DownloadOptions options = DownloadOptions.builder()
                .onProgress(bytes -> {
                    try {
                        Files.writeString(target(), "theirs");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .build();
        assertFails(FileAlreadyExistsException.class, target(), options);
        assertThat(target()).hasContent("theirs");
        assertThat(files()).containsExactly(target());
    }

    @Test
    void directoryIsRejectedAsTarget() throws IOException {
        Files.createDirectory(target());
        assertFails(
                FileAlreadyExistsException.class,
                target(),
                DownloadOptions.builder().build());
        assertFails(FileAlreadyExistsException.class, target(), OVERWRITE);
        assertThat(target()).isEmptyDirectory();
        assertThat(server.apiCalls()).isEmpty();
    }

    @Test
    void missingParentDirectoryIsNotCreated() {
        assertFails(NoSuchFileException.class, directory.resolve("missing/file"), OVERWRITE);
        assertThat(server.apiCalls()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void targetWithoutNameIsRejectedAtOnce() {
        assertThatThrownBy(() -> client.downloadTo(FileServer.FILE, Path.of("/")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void targetMayBeABareFileName() {
        Path name = Path.of("." + DownloadToTest.class.getSimpleName() + ".tmp");
        try {
            assertThat(client.downloadTo(FileServer.FILE, name, OVERWRITE).block(PATIENCE))
                    .isEqualTo(name);
            assertThat(name).hasBinaryContent(server.content);
        } finally {
            assertThat(name.toFile().delete()).isTrue();
        }
    }

    @Test
    void concurrentDownloadsToOneTargetDoNotMix() {
        List<Object> ends = Flux.range(0, 4)
                .flatMap(i -> client.downloadTo(FileServer.FILE, target())
                        .cast(Object.class)
                        .onErrorResume(FileAlreadyExistsException.class, Mono::just))
                .collectList()
                .block(PATIENCE);
        assertThat(ends)
                .hasSize(4)
                .contains(target())
                .filteredOn(Path.class::isInstance)
                .hasSize(1);
        assertThat(target()).hasBinaryContent(server.content);
        assertThat(files()).containsExactly(target());
    }

    @Test
    void emptyFileIsSaved() {
        try (FileServer empty = new FileServer(new byte[0]);
                BatchExportsClient other = empty.options().build()) {
            other.downloadTo(FileServer.FILE, target()).block(PATIENCE);
        }
        assertThat(target()).isEmptyFile();
    }
}
