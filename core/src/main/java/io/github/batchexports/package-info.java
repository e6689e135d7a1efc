/** What users hold: export requests as the Exports API describes them, pages of them, and queries for them. */
@NullMarked
package io.github.batchexports;

import org.jspecify.annotations.NullMarked;
