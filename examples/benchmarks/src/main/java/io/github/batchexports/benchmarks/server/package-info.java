/** A server that costs little, in a process of its own. */
@NullMarked
package io.github.batchexports.benchmarks.server;

import org.jspecify.annotations.NullMarked;
