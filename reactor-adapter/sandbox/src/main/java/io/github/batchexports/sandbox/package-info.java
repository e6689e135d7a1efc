/** An in-process stand-in for Batch's Exports API, for examples and for applications' own tests. */
@NullMarked
package io.github.batchexports.sandbox;

import org.jspecify.annotations.NullMarked;
