/** Figures put into tables. */
@NullMarked
package io.github.batchexports.benchmarks.report;

import org.jspecify.annotations.NullMarked;
