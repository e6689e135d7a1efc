/** The API's export requests and pages as values, filters on them, and the options of what a client does with them. */
@NullMarked
package io.github.batchexports;

import org.jspecify.annotations.NullMarked;
