/** What is printed, and where: tables, progress, and text that does a terminal no harm. */
@NullMarked
package io.github.batchexports.cli.terminal;

import org.jspecify.annotations.NullMarked;
