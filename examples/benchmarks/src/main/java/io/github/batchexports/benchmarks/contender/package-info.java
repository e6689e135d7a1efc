/** The ways to list exports that are set beside each other. */
@NullMarked
package io.github.batchexports.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
