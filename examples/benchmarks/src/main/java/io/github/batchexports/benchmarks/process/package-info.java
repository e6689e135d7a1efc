/** JVMs started from this one. */
@NullMarked
package io.github.batchexports.benchmarks.process;

import org.jspecify.annotations.NullMarked;
