/** Pages on demand. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.reactor.internal.listing;

import org.jspecify.annotations.NullMarked;
