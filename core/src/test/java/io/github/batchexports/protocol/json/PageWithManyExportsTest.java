package io.github.batchexports.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The exports of a page are read one after another: nothing of one leaks into the next. */
class PageWithManyExportsTest {

    private final PageDecoder decoder = new PageDecoder(1 << 20);

    private List<ExportRequest> exports(String json) {
        byte[] page = ("{\"has_more\":false,\"exports\":[" + json + "]}").getBytes(StandardCharsets.UTF_8);
        return decoder.decodePage(page, CallContext.of(Operation.LIST, null)).exports();
    }

    @Test
    void eachExportHasItsOwnFiles() {
        List<ExportRequest> exports =
                exports("{\"id\":\"a\",\"status\":\"SUCCESS\",\"files\":[{\"id\":\"1\"},{\"id\":\"2\"}]},"
                        + "{\"id\":\"b\",\"status\":\"SUCCESS\",\"files\":[{\"id\":\"3\"}]},"
                        + "{\"id\":\"c\",\"status\":\"SUCCESS\",\"files\":[]},"
                        + "{\"id\":\"d\",\"status\":\"SUCCESS\"}");

        assertThat(exports)
                .extracting(
                        export -> export.files().stream().map(ExportFile::id).toList())
                .containsExactly(List.of("1", "2"), List.of("3"), List.of(), List.of());
    }

    @Test
    void eachExportHasItsOwnAttributesAndIdentifiers() {
        List<ExportRequest> exports = exports("{\"id\":\"a\",\"status\":\"SUCCESS\",\"request\":"
                + "{\"attributes\":[\"x\",\"y\"],\"identifiers\":[\"i\"],\"filter\":{\"segment\":\"s\"}}},"
                + "{\"id\":\"b\",\"status\":\"ERROR\",\"request\":{\"attributes\":[\"z\"],\"identifiers\":[]}}");

        assertThat(exports.get(0).request().attributes()).containsExactly("x", "y");
        assertThat(exports.get(0).request().identifiers()).containsExactly("i");
        assertThat(exports.get(1).request().attributes()).containsExactly("z");
        assertThat(exports.get(1).request().identifiers()).isEmpty();
        assertThat(exports.get(1).request().filter()).isNull();
    }

    @Test
    void eachExportHasItsOwnOtherMembers() {
        List<ExportRequest> exports = exports("{\"id\":\"a\",\"status\":\"SUCCESS\",\"scope\":\"S\",\"new\":1},"
                + "{\"id\":\"b\",\"status\":\"SUCCESS\",\"newer\":2}");

        assertThat(exports)
                .extracting(ExportRequest::otherMembers)
                .containsExactly(Map.of("new", 1), Map.of("newer", 2));
        assertThat(exports.get(1).scope()).isNull();
    }

    @Test
    void nullMemberIsAbsent() {
        ExportRequest export = exports("{\"id\":\"a\",\"status\":\"SUCCESS\",\"request_date\":null,\"start_date\":null,"
                        + "\"completion_date\":null,\"scope\":null,\"request\":null,"
                        + "\"files\":[{\"id\":null,\"part\":null,\"size\":null,\"url\":null}]}")
                .get(0);

        assertThat(export)
                .isEqualTo(ExportRequest.builder()
                        .id("a")
                        .status(ExportStatus.SUCCESS)
                        .files(List.of(ExportFile.builder().build()))
                        .build());
        assertThat(exports("{\"id\":\"a\",\"status\":\"SUCCESS\",\"files\":null}")
                        .get(0)
                        .files())
                .isEmpty();
    }

    @Test
    void nullMemberOfADefinitionIsAbsent() {
        List<ExportRequest> exports = exports("{\"id\":\"a\",\"status\":\"SUCCESS\",\"request\":{\"export_type\":null,"
                + "\"attributes\":null,\"identifiers\":null,\"filter\":null}},"
                + "{\"id\":\"b\",\"status\":\"SUCCESS\",\"request\":{\"filter\":{\"segment\":null}}}");

        assertThat(exports.get(0).request())
                .isEqualTo(ExportDefinition.builder().build());
        assertThat(exports.get(1).request().filter())
                .isEqualTo(ExportDefinition.Filter.builder().build());
    }

    @Test
    void nullStatusIsMissing() {
        assertThatThrownBy(() -> exports("{\"id\":\"a\",\"status\":null}"))
                .isInstanceOfSatisfying(MalformedResponseException.class, e -> assertThat(e.path())
                        .isEqualTo("$.exports[0].status"))
                .hasMessageContaining("missing");
    }

    @Test
    void longNamesAreReadWhole() {
        String name = "n".repeat(1_000);
        ExportRequest export = exports(
                        "{\"id\":\"a\",\"status\":\"" + name + "\",\"request\":{\"attributes\":[\"" + name + "\"]}}")
                .get(0);

        assertThat(export.status()).hasToString(name);
        assertThat(export.request().attributes()).containsExactly(name);
    }
}
