package io.github.batchexports.benchmarks.sidebyside;

import io.github.batchexports.benchmarks.report.Table;
import java.io.IOException;

/** One question put to the contenders. */
interface Section {
    Table run(Settings settings) throws IOException, InterruptedException;
}
