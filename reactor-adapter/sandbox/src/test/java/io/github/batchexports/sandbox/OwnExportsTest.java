package io.github.batchexports.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportScope;
import io.github.batchexports.ExportStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A test's own exports and files, over plain HTTP. */
class OwnExportsTest {

    private final Sandbox sandbox = Sandbox.builder().exports(1).start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static ExportRequest.Builder export(String id, ExportStatus status) {
        return ExportRequest.builder().id(id).status(status);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void exportIsSentMemberForMember() throws Exception {
        ExportRequest own = export("mine", ExportStatus.of("PAUSED"))
                .requestDate(Instant.parse("2026-01-02T03:04:05.678Z"))
                .startDate(Instant.parse("2026-01-02T03:04:06Z"))
                .completionDate(Instant.parse("2026-01-02T03:04:07Z"))
                .scope(ExportScope.of("A_SCOPE"))
                .request(ExportDefinition.of(Map.of("export_type", "EVENTS", "events", List.of("a"))))
                .otherMembers(Map.of("label", "naïve"))
                .build();
        assertThat(sandbox.add(own)).isEqualTo(own);
        assertThat(sandbox.export("mine")).isEqualTo(own);
        assertThat(Calls.view(sandbox, "mine").body()).contains(".678Z", "\"label\":\"naïve\"", "\"files\":[]");
    }

    @Test
    void fileAddedAfterAPartOfItsOwnNumberHasTheNext() {
        sandbox.add(export("mine", ExportStatus.SUCCESS)
                .files(List.of(ExportFile.builder().part(2).build()))
                .build());
        sandbox.addFile("mine", "a line");

        assertThat(sandbox.export("mine").files()).extracting(ExportFile::part).containsExactly(2, 3);
        assertThat(sandbox.export("mine").files()).extracting(ExportFile::id).doesNotHaveDuplicates();
    }

    @Test
    void expiredExportKeepsItsDates() {
        ExportRequest own = export("mine", ExportStatus.SUCCESS)
                .startDate(Instant.parse("2026-01-02T03:04:06Z"))
                .completionDate(Instant.parse("2026-01-02T03:04:07Z"))
                .build();
        sandbox.add(own);
        sandbox.setStatus("mine", ExportStatus.EXPIRED);

        assertThat(sandbox.export("mine"))
                .isEqualTo(own.toBuilder().status(ExportStatus.EXPIRED).build());
    }

    @Test
    void resetGivesBackTheExportsOfTheStartWhateverItsBuilderStartsNext() {
        SandboxBuilder builder = Sandbox.builder().exports(5);
        try (Sandbox first = builder.start();
                Sandbox second = builder.exports(0).start()) {
            first.reset();
            assertThat(first.exports()).hasSize(5);
            assertThat(second.exports()).isEmpty();
        }
    }

    @Test
    void exportOfTwoMembersHasNoOthers() throws Exception {
        sandbox.add(export("mine", ExportStatus.CREATED).build());
        assertThat(Calls.view(sandbox, "mine").body())
                .isEqualTo("{\"id\":\"mine\",\"status\":\"CREATED\",\"files\":[]}");
    }

    @Test
    void latestIsInFrontWhateverItsDate() {
        sandbox.add(export("first", ExportStatus.CREATED)
                .requestDate(Instant.parse("2030-01-01T00:00:00Z"))
                .build());
        sandbox.add(export("second", ExportStatus.CREATED)
                .requestDate(Instant.EPOCH)
                .build());
        assertThat(sandbox.exports()).hasSize(3);
        assertThat(sandbox.exports().get(0)).contains("\"second\"");
        assertThat(sandbox.exports().get(1)).contains("\"first\"");
    }

    @Test
    void idThatIsTakenIsRefused() {
        ExportRequest own = sandbox.add(export("mine", ExportStatus.CREATED).build());
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox.add(own));
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox.addFile("other"));
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox.export("other"));
    }

    @Test
    void linesAreServedWithTheSizeThatTheListSays() throws Exception {
        sandbox.add(export("mine", ExportStatus.SUCCESS).build());
        String first = sandbox.addFile("mine", "{\"custom_id\":\"é\"}", "{}");
        String second = sandbox.addFile("mine");
        List<ExportFile> files = sandbox.export("mine").files();
        assertThat(files).extracting(ExportFile::id).containsExactly(first, second);
        assertThat(files).extracting(ExportFile::part).containsExactly(1, 2);
        assertThat(files).extracting(ExportFile::size).containsExactly(22L, 0L);
        assertThat(text(Calls.storage(Calls.link(sandbox, first)).body())).isEqualTo("{\"custom_id\":\"é\"}\n{}\n");
        assertThat(Calls.storage(Calls.link(sandbox, second)).body()).isEmpty();
        assertThat(text(Calls.storage(Calls.link(sandbox, first), "Range", "bytes=19-")
                        .body()))
                .isEqualTo("{}\n");
    }

    @Test
    void ownFilesTakeThePlaceOfMadeUpOnes() {
        String made = sandbox.addExport();
        String file = sandbox.addFile(made, "line");
        assertThat(sandbox.fileIds(made)).isEmpty();
        sandbox.setStatus(made, ExportStatus.SUCCESS);
        assertThat(sandbox.fileIds(made)).containsExactly(file);
    }

    @Test
    void filesOfAnExportAreCompletedAndServedWhileItSucceeds() throws Exception {
        ExportFile given = ExportFile.builder()
                .id("a:b")
                .size(300L)
                .otherMembers(Map.of("rows", 7))
                .build();
        sandbox.add(export("mine", ExportStatus.RUNNING)
                .files(List.of(given, ExportFile.builder().build()))
                .build());
        assertThat(sandbox.export("mine").files()).isEmpty();
        assertThat(Calls.download(sandbox, "a:b").statusCode()).isEqualTo(404);
        sandbox.setStatus("mine", ExportStatus.SUCCESS);
        List<ExportFile> files = sandbox.export("mine").files();
        assertThat(files.get(0).otherMembers()).containsEntry("rows", 7);
        assertThat(files.get(0).url()).endsWith("?id=a:b");
        assertThat(files.get(1).id()).isNotBlank();
        assertThat(files).extracting(ExportFile::part).containsExactly(1, 2);
        assertThat(Calls.storage(Calls.link(sandbox, "a:b")).body()).hasSize(300);
    }

    @Test
    void statusThatIsSetKeepsTheDatesThatWereGiven() {
        Instant start = Instant.parse("2026-01-02T03:04:06.5Z");
        sandbox.add(export("mine", ExportStatus.RUNNING).startDate(start).build());
        sandbox.setStatus("mine", ExportStatus.EXPIRED);
        assertThat(sandbox.export("mine").status()).isEqualTo(ExportStatus.EXPIRED);
        sandbox.setStatus("mine", ExportStatus.RUNNING);
        sandbox.setStatus("mine", ExportStatus.ERROR);
        assertThat(sandbox.export("mine").completionDate()).isNotNull();
    }
}
