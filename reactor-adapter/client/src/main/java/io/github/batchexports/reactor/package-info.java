/** The client for Project Reactor: a listing as a {@code Flux} that asks for a page exactly when demand calls for it. */
@NullMarked
package io.github.batchexports.reactor;

import org.jspecify.annotations.NullMarked;
