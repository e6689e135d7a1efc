/** Files: links, ranges, resuming, saving and lines. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.reactor.internal.download;

import org.jspecify.annotations.NullMarked;
