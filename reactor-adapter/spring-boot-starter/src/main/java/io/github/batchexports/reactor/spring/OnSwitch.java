package io.github.batchexports.reactor.spring;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * A property is true as it is bound: {@code off}, {@code no} and {@code 0} are false, and an empty one is not set. Spring
 * Boot's conditions on properties compare the text.
 */
abstract class OnSwitch implements Condition {

    private final String property;
    private final boolean whenNotSet;

    private OnSwitch(String property, boolean whenNotSet) {
        this.property = property;
        this.whenNotSet = whenNotSet;
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return Binder.get(context.getEnvironment())
                .bind(property, Boolean.class)
                .orElse(whenNotSet);
    }

    static final class Redis extends OnSwitch {

        Redis() {
            super("batch.exports.redis.enabled", false);
        }
    }

    static final class Health extends OnSwitch {

        Health() {
            super("management.health.batch-exports.enabled", true);
        }
    }
}
