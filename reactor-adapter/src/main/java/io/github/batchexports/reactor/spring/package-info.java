/** The client as a bean of a Spring Boot application, made from properties. Spring Boot 3.5 and 4.1 find it by themselves. */
@NullMarked
package io.github.batchexports.reactor.spring;

import org.jspecify.annotations.NullMarked;
