/** Polls that watchers and awaiting subscribers share. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.reactor.internal.watch;

import org.jspecify.annotations.NullMarked;
