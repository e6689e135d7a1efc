/** The client beside what users would pick instead, and its decoder beside databind. */
@NullMarked
package io.github.batchexports.benchmarks;

import org.jspecify.annotations.NullMarked;
