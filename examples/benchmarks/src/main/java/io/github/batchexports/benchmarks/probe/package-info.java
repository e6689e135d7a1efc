/** What is measured of one contender, in a JVM of its own. */
@NullMarked
package io.github.batchexports.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
