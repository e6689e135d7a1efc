/** The way to the API: which server, through what, what is said of it, and how a signal ends it. */
@NullMarked
package io.github.batchexports.cli.connection;

import org.jspecify.annotations.NullMarked;
