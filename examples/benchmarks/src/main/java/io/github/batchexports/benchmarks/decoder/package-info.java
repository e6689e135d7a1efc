/** How long reading a page takes, by JMH. */
@NullMarked
package io.github.batchexports.benchmarks.decoder;

import org.jspecify.annotations.NullMarked;
