/** What can go wrong, split by what a caller would do about it. */
@NullMarked
package io.github.batchexports.error;

import org.jspecify.annotations.NullMarked;
