package io.github.batchexports.reactor.spring;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The property is there, be it empty, or a customizer of the application's is, which may set a supplier of keys. */
final class OnRestApiKey extends AnyNestedCondition {

    static final String PROPERTY = "batch.exports.rest-api-key";

    OnRestApiKey() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty(PROPERTY)
    static class InProperty {}

    @ConditionalOnBean(BatchExportsClientCustomizer.class)
    static class ByCustomizer {}

    /** Whether there is a key in the property; an environment variable that is not set leaves it empty. */
    static boolean hasText(Environment environment) {
        return !environment.getProperty(PROPERTY, "").isBlank();
    }

    static final class HasText implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return hasText(context.getEnvironment());
        }
    }

    static final class HasNoText implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !hasText(context.getEnvironment());
        }
    }
}
