package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchexports.DownloadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read a saved file, and whether its longest name fits. */
class SavedFileModeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final DownloadOptions OVERWRITE =
            DownloadOptions.builder().overwrite(true).build();

    @TempDir
    Path directory;

    private final FileServer server = FileServer.of(10_000);
    private final BatchExportsClient client = server.options().build();

    @BeforeEach
    void needsPosix() {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String modeOfPart() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .map(SavedFileModeTest::mode)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-r--", "r--r-----"})
    void overwritingKeepsTheTargetsMode(String mode) throws IOException {
        Path target = Files.writeString(directory.resolve("file"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        client.downloadTo(FileServer.FILE, target, OVERWRITE).block(PATIENCE);
        assertThat(mode(target)).isEqualTo(mode);
        assertThat(Files.size(target)).isEqualTo(10_000);
    }

    @Test
    void overwritingALinkKeepsTheModeOfTheFileItPointsAt() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        client.downloadTo(FileServer.FILE, link, OVERWRITE).block(PATIENCE);
        assertThat(link).isRegularFile();
        assertThat(mode(link)).isEqualTo("rw-r-----");
        assertThat(file).hasContent("old");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void newFileIsReadableByItsOwnerOnly(boolean overwrite) {
        AtomicReference<String> meanwhile = new AtomicReference<>();
        DownloadOptions options = DownloadOptions.builder()
                .overwrite(overwrite)
                .onProgress(bytes -> meanwhile.set(modeOfPart()))
                .build();
        Path target = directory.resolve("file");
        client.downloadTo(FileServer.FILE, target, options).block(PATIENCE);
        assertThat(meanwhile).hasValue("rw-------");
        assertThat(mode(target)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\ud83d\ude42"})
    void partFileOfTheLongestNameFits(String character) throws IOException {
        int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        Path target = directory.resolve(character.repeat(255 / bytes));
        client.downloadTo(FileServer.FILE, target).block(PATIENCE);
        assertThat(Files.readAllBytes(target)).isEqualTo(server.content);
    }
}
