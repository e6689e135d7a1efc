/** A live page of a project's exports: a Spring Boot application to copy. */
@NullMarked
package io.github.batchexports.monitor;

import org.jspecify.annotations.NullMarked;
