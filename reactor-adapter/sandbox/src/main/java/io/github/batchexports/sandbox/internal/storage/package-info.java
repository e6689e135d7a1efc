/** The storage that links point at: its files, ranges and faults. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.sandbox.internal.storage;

import org.jspecify.annotations.NullMarked;
