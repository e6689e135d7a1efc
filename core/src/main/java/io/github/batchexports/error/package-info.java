/** The errors of calls, by what a caller can do about them. */
@NullMarked
package io.github.batchexports.error;

import org.jspecify.annotations.NullMarked;
