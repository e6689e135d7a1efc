/** The client as a bean that Spring Boot, 3.5 or 4.1, makes from properties. Nobody else loads it. */
@NullMarked
package io.github.batchexports.reactor.spring;

import org.jspecify.annotations.NullMarked;
