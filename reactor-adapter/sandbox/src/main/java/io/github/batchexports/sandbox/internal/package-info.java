/** How the sandbox answers. Internal: it may change at any time. */
@NullMarked
package io.github.batchexports.sandbox.internal;

import org.jspecify.annotations.NullMarked;
