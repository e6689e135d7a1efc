/** The page as records for Jackson's databind, as an application without this library would write them. */
@NullMarked
package io.github.batchexports.benchmarks.json;

import org.jspecify.annotations.NullMarked;
