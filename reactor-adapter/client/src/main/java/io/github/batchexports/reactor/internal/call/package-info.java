/** One API call: its attempts, their permits, retries and observations. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.reactor.internal.call;

import org.jspecify.annotations.NullMarked;
