package io.github.batchexports.benchmarks.decoder;

import com.fasterxml.jackson.databind.ObjectReader;
import io.github.batchexports.benchmarks.json.Mappers;
import io.github.batchexports.benchmarks.json.Page;
import io.github.batchexports.benchmarks.json.WholePage;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import io.github.batchexports.protocol.json.PageDecoder;

/** Who reads pages. What they do with unknown members differs. */
enum PageReaders {
    /** This library: unknown members are kept. */
    OURS("ours, unknown kept"),
    /** Jackson 2 databind: unknown members are ignored. */
    JACKSON_2("Jackson 2, unknown ignored"),
    /** Jackson 3 databind: unknown members are ignored. */
    JACKSON_3("Jackson 3, unknown ignored"),
    /** Jackson 2 databind: unknown members are kept. */
    JACKSON_2_KEEPING("Jackson 2, unknown kept"),
    /** Jackson 3 databind: unknown members are kept. */
    JACKSON_3_KEEPING("Jackson 3, unknown kept");

    private final String title;

    PageReaders(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    PageReader open() {
        return switch (this) {
            case OURS -> ours();
            case JACKSON_2 -> {
                ObjectReader reader = Mappers.jackson2().readerFor(Page.class);
                yield page -> reader.<Page>readValue(page).exports();
            }
            case JACKSON_2_KEEPING -> {
                ObjectReader reader = Mappers.jackson2().readerFor(WholePage.class);
                yield page -> reader.<WholePage>readValue(page).exports();
            }
            case JACKSON_3 -> {
                var reader = Mappers.jackson3().readerFor(Page.class);
                yield page -> reader.<Page>readValue(page).exports();
            }
            case JACKSON_3_KEEPING -> {
                var reader = Mappers.jackson3().readerFor(WholePage.class);
                yield page -> reader.<WholePage>readValue(page).exports();
            }
        };
    }

    private static PageReader ours() {
        PageDecoder decoder = new PageDecoder(16 * 1024 * 1024);
        CallContext call = CallContext.of(Operation.LIST, null);
        return page -> decoder.decodePage(page, call).exports();
    }
}
