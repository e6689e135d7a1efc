/** Pages as the API sends them, made up from a seed. */
@NullMarked
package io.github.batchexports.benchmarks.data;

import org.jspecify.annotations.NullMarked;
