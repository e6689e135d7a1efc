/** One rate limit for all processes that call for the same project: what they share is a Redis. */
@NullMarked
package io.github.batchexports.redis;

import org.jspecify.annotations.NullMarked;
