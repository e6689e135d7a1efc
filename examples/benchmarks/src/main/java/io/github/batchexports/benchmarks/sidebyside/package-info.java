/** All contenders set beside each other, by sections. */
@NullMarked
package io.github.batchexports.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
