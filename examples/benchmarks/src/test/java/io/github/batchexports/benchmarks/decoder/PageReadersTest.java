package io.github.batchexports.benchmarks.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportFile;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.benchmarks.data.Pages;
import io.github.batchexports.benchmarks.data.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageReadersTest {

    private static final int PAGES = 3;
    private static final int PAGE_SIZE = 100;

    @ParameterizedTest
    @EnumSource
    void everyReaderReadsTheSameExports(Shape shape) throws IOException {
        for (byte[] page : Pages.whole(shape, PAGES, PAGE_SIZE)) {
            List<String> ours = ids(PageReaders.OURS.open().exports(page));
            assertThat(ours).hasSize(PAGE_SIZE);
            for (PageReaders reader : PageReaders.values()) {
                assertThat(ids(reader.open().exports(page))).as(reader.title()).isEqualTo(ours);
            }
        }
    }

    @Test
    void idsDatesAndUrlsAreUnique() throws IOException {
        List<ExportRequest> exports = exports(Shape.SOURCE);

        assertThat(exports.stream().map(ExportRequest::id)).doesNotHaveDuplicates();
        assertThat(exports.stream().map(ExportRequest::requestDate)).doesNotHaveDuplicates();
        assertThat(exports.stream().flatMap(export -> export.files().stream()).map(ExportFile::url))
                .hasSize(PAGES * PAGE_SIZE)
                .doesNotHaveDuplicates();
    }

    @Test
    void shapesHaveWhatTheyAreNamedFor() throws IOException {
        assertThat(exports(Shape.FILES)).allMatch(export -> export.files().size() == 20);
        assertThat(exports(Shape.ATTRIBUTES).stream().map(PageReadersTest::attributes))
                .allMatch(attributes -> attributes.size() == 40);
        assertThat(exports(Shape.UNKNOWN))
                .allMatch(export -> export.otherMembers().keySet().containsAll(List.of("label", "progress")));
        assertThat(text(Shape.ESCAPED)).contains("\\u").contains("\\/").matches("\\p{ASCII}*");
        assertThat(text(Shape.NONASCII)).contains("名前").doesNotContain("\\");
        assertThat(exports(Shape.ESCAPED)).isEqualTo(exports(Shape.NONASCII));
    }

    private static List<String> attributes(ExportRequest export) {
        return Stream.ofNullable(export.request())
                .flatMap(request -> request.attributes().stream())
                .toList();
    }

    private static List<ExportRequest> exports(Shape shape) throws IOException {
        List<ExportRequest> exports = new ArrayList<>();
        for (byte[] page : Pages.whole(shape, PAGES, PAGE_SIZE)) {
            PageReaders.OURS.open().exports(page).forEach(export -> exports.add((ExportRequest) export));
        }
        return exports;
    }

    private static String text(Shape shape) {
        return new String(Pages.whole(shape, 1, PAGE_SIZE).get(0), StandardCharsets.UTF_8);
    }

    /** Each reader has its own records, which all print their id first. */
    private static List<String> ids(List<?> exports) {
        return exports.stream()
                .map(export -> export.toString().replaceFirst(".*?id=(export_\\w+),.*", "$1"))
                .toList();
    }
}
