/** Reads pages and export requests from JSON. For adapters: it may change at any time. */
@NullMarked
package io.github.batchexports.protocol.json;

import org.jspecify.annotations.NullMarked;
