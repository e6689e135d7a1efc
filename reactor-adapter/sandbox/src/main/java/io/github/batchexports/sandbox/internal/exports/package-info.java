/** The exports that there are, made up or a test's own, and how they move. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.sandbox.internal.exports;

import org.jspecify.annotations.NullMarked;
