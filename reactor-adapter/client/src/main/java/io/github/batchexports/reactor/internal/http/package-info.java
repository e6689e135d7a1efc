/** One HTTP exchange: transport, bodies, timeouts and error mapping. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.reactor.internal.http;

import org.jspecify.annotations.NullMarked;
