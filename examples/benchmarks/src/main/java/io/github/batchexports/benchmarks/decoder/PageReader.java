package io.github.batchexports.benchmarks.decoder;

import java.io.IOException;
import java.util.List;

/** Reads a page from its bytes and makes an object of every export. */
@FunctionalInterface
interface PageReader {
    List<?> exports(byte[] page) throws IOException;
}
