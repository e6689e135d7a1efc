package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code exports download} as a process, against a sandbox in this one. */
class DownloadIT {

    private final Sandbox sandbox = Sandbox.builder().fileBytes(300_000).start();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        assertThat(sandbox.storageRefusals()).isZero();
        sandbox.close();
    }

    private Result download(Sandbox from, String... arguments) throws Exception {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--to", directory.toString()))
                .toArray(String[]::new);
        return CommandLineProcess.runAt(from, "download", all);
    }

    private static String exportWithFiles(Sandbox sandbox, int files) throws Exception {
        return Trees.ids(sandbox.exports(), "SUCCESS").stream()
                .filter(id -> sandbox.fileIds(id).size() == files)
                .findFirst()
                .orElseThrow();
    }

    private List<Path> saved() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private Path part(String exportId, int part) {
        return directory.resolve(exportId + "." + part + ".jsonl");
    }

    @Test
    void everyFileIsSavedByItsPartAndItsPathPrinted() throws Exception {
        String id = exportWithFiles(sandbox, 3);
        Result result = download(sandbox, id);
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        List<Path> parts = List.of(part(id, 1), part(id, 2), part(id, 3));
        assertThat(result.out()).isEqualTo(parts.stream().map(Path::toString).toList());
        assertThat(saved()).isEqualTo(parts);
        for (int i = 0; i < 3; i++) {
            assertThat(sha256(parts.get(i)))
                    .isEqualTo(sandbox.fileSha256(sandbox.fileIds(id).get(i)));
        }
        assertThat(sandbox.viewCalls()).isEqualTo(1);
        assertThat(sandbox.downloadCalls()).isEqualTo(3);
        assertThat(sandbox.storageCalls()).isEqualTo(3);
    }

    @Test
    void missingDirectoryIsCreatedOnlyForFiles() throws Exception {
        Path missing = directory.resolve("a").resolve("b");
        String id = exportWithFiles(sandbox, 1);
        String empty = exportWithFiles(sandbox, 0);
        assertThat(CommandLineProcess.runAt(sandbox, "download", empty, "--to", missing.toString())
                        .code())
                .isZero();
        assertThat(missing).doesNotExist();
        Result result = CommandLineProcess.runAt(sandbox, "download", id, "--to", missing.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .containsExactly(missing.resolve(id + ".1.jsonl").toString());
        assertThat(missing.resolve(id + ".1.jsonl")).isRegularFile();
    }

    @Test
    void transferCutTwentyTimesCompletes() throws Exception {
        // With this seed none of the cuts comes so near to the end that there is no place for the next one.
        try (Sandbox cutting =
                Sandbox.builder().seed(14).fileBytes(5_000_000).cutTransfers(20).start()) {
            String id = exportWithFiles(cutting, 1);
            Result result = download(cutting, id);
            assertThat(result.code()).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(sha256(part(id, 1)))
                    .isEqualTo(cutting.fileSha256(cutting.fileIds(id).get(0)));
            assertThat(cutting.storageCalls()).isEqualTo(21);
            assertThat(cutting.downloadCalls()).isEqualTo(1);
            assertThat(cutting.storageRefusals()).isZero();
        }
    }

    @Test
    void fileOptionSavesThatFileOrNone() throws Exception {
        String id = exportWithFiles(sandbox, 3);
        Result result = download(sandbox, id, "--file", sandbox.fileIds(id).get(1));
        assertThat(result.code()).isZero();
        assertThat(saved()).containsExactly(part(id, 2));
        assertThat(sandbox.downloadCalls()).isEqualTo(1);
        Result other = download(sandbox, id, "--file", "file_none");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).containsExactly("exports: export " + id + " has no file file_none");
        assertThat(sandbox.downloadCalls()).isEqualTo(1);
    }

    @Test
    void existingFileStopsDownloadUnlessOverwritten() throws Exception {
        String id = exportWithFiles(sandbox, 2);
        Files.writeString(part(id, 2), "mine");
        Result refused = download(sandbox, id);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .containsExactly("exports: " + part(id, 2)
                        + ": there is such a file already; 'exports download --overwrite' replaces it");
        assertThat(part(id, 2)).hasContent("mine");
        assertThat(saved()).hasSize(1);
        assertThat(sandbox.downloadCalls()).isZero();

        assertThat(download(sandbox, id, "--overwrite").code()).isZero();
        assertThat(sha256(part(id, 2)))
                .isEqualTo(sandbox.fileSha256(sandbox.fileIds(id).get(1)));
        assertThat(saved()).hasSize(2);
    }

    @Test
    void directoryIsReachedThroughSymbolicLink() throws Exception {
        String id = exportWithFiles(sandbox, 1);
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        Result result = CommandLineProcess.runAt(sandbox, "download", id, "--to", link.toString());
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(directory.resolve("real").resolve(id + ".1.jsonl")).isRegularFile();
    }

    @Test
    void irreplaceableTargetPrintsOneLineAndLeavesNothing() throws Exception {
        String id = exportWithFiles(sandbox, 1);
        Files.createDirectory(part(id, 1));
        Result result = download(sandbox, id, "--overwrite");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: " + part(id, 1) + ": ")
                .doesNotContain("Exception", ".part");
        assertThat(saved()).containsExactly(part(id, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "ERROR"})
    void unsuccessfulExportErrorNamesStatus(String status) throws Exception {
        Result result = download(sandbox, Trees.ids(sandbox.exports(), status).get(0));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: export ")
                .contains(status)
                .doesNotContain("Exception");
        assertThat(sandbox.downloadCalls()).isZero();
    }

    @Test
    void exportWithoutFilesSucceedsAndSaysSo() throws Exception {
        Result result = download(sandbox, exportWithFiles(sandbox, 0));
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).singleElement().asString().contains("no files");
    }

    @Test
    void badUsageIsOneLineBeforeAnyCall() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nowhere"));
        for (String[] arguments : new String[][] {
            {},
            {"../x"},
            {""},
            {"x", "--file", "../y"},
            {"x", "--to", file.toString()},
            {"x", "--to", file.resolve("below").toString()},
            {"x", "--to", link.toString()},
            {"x", "--to", link.resolve("below").toString()}
        }) {
            CommandLineProcess.assertBadUsage(SharedProcess.runAt(sandbox, "download", arguments));
        }
        assertThat(sandbox.calls()).isZero();
    }

    @Test
    void closedPipeEndsPrintingQuietlyAndSavesEveryFile() throws Exception {
        String id = exportWithFiles(sandbox, 3);
        Process process = CommandLineProcess.startAt(sandbox, "download", id, "--to", directory.toString());
        CommandLineProcess.reader(process).close();
        assertThat(CommandLineProcess.exitCode(process)).isZero();
        assertThat(process.errorReader().readLine()).isNull();
        assertThat(saved()).containsExactly(part(id, 1), part(id, 2), part(id, 3));
    }

    @Test
    void withoutAKeyItDownloadsFromASandboxOfItsOwn() throws Exception {
        try (Sandbox same = Sandbox.start()) {
            String id = exportWithFiles(same, 1);
            Result result = CommandLineProcess.run(Map.of(), "download", id, "--to", directory.toString());
            assertThat(result.code()).isZero();
            assertThat(result.out()).containsExactly(part(id, 1).toString());
            assertThat(result.err()).singleElement().asString().contains("BATCH_REST_API_KEY", "sandbox");
            assertThat(sha256(part(id, 1)))
                    .isEqualTo(same.fileSha256(same.fileIds(id).get(0)));
        }
    }
}
