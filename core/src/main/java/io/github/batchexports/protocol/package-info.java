/** For adapters: which call to make, what its response means, and which page comes next. It may change at any time. */
@NullMarked
package io.github.batchexports.protocol;

import org.jspecify.annotations.NullMarked;
