/** {@code exports}: the Exports API from a terminal. */
@NullMarked
package io.github.batchexports.cli;

import org.jspecify.annotations.NullMarked;
