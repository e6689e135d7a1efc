/** Faults by script, for either server. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.sandbox.internal.fault;

import org.jspecify.annotations.NullMarked;
