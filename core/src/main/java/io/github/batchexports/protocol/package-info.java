/** For adapters: which call to make, how to read the answer, which page comes next. */
@NullMarked
package io.github.batchexports.protocol;

import org.jspecify.annotations.NullMarked;
