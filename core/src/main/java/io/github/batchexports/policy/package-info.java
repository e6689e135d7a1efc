/** Retry and pacing as arithmetic: given what happened and the time, how long to wait, or whether to stop. */
@NullMarked
package io.github.batchexports.policy;

import org.jspecify.annotations.NullMarked;
