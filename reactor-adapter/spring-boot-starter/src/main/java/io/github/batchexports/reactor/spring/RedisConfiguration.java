package io.github.batchexports.reactor.spring;

import io.github.batchexports.redis.BatchExportsRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/** Shares the limit and the polls through the application's Redis. What is asked for and is not there fails the start. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnSwitch.Redis.class)
class RedisConfiguration {

    /** Whether a library is there decides which of these are read, so that none is needed by who does not share. */
    interface Connection {

        /** The application's connection, or null where it has none of this kind. */
        BatchExportsRedis.@Nullable Builder builder();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("io.github.batchexports.redis.BatchExportsRedis")
    static class WithoutJar {

        @Bean
        BatchExportsClientCustomizer batchExportsRedisCustomizer() {
            throw RedisMissingException.jar();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(BatchExportsRedis.class)
    static class Sharing {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        RedisCustomizer batchExportsRedisCustomizer(
                BatchExportsProperties properties, ObjectProvider<Connection> connections) {
            BatchExportsRedis.Builder builder = connections
                    .orderedStream()
                    .flatMap(connection -> Stream.ofNullable(connection.builder()))
                    .findFirst()
                    .orElseThrow(RedisMissingException::connection);
            InvalidOptionException.whenRefused(() -> apply(properties, builder));
            return new RedisCustomizer(builder.build());
        }

        /** Here and not in the properties, which are read without these types too. */
        private static void apply(BatchExportsProperties properties, BatchExportsRedis.Builder builder) {
            BatchExportsProperties.ifSet(properties.requestsPerSecond(), builder::requestsPerSecond);
            BatchExportsProperties.Redis redis = properties.redis();
            if (redis != null) {
                BatchExportsProperties.ifSet(redis.instances(), builder::instances);
                BatchExportsProperties.ifSet(redis.keyPrefix(), builder::keyPrefix);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({BatchExportsRedis.class, ReactiveRedisConnectionFactory.class})
    static class SpringData {

        @Bean
        @Order(1)
        Connection batchExportsSpringDataConnection(ObjectProvider<ReactiveRedisConnectionFactory> connections) {
            return () -> {
                ReactiveRedisConnectionFactory factory = connections.getIfUnique();
                return factory == null ? null : BatchExportsRedis.builder(factory);
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({BatchExportsRedis.class, RedisClient.class})
    static class Lettuce {

        @Bean
        @Order(2)
        Connection batchExportsLettuceConnection(ObjectProvider<RedisClient> clients, ObjectProvider<RedisURI> uris) {
            return () -> {
                RedisClient client = clients.getIfUnique();
                RedisURI uri = uris.getIfUnique();
                return client == null || uri == null ? null : BatchExportsRedis.builder(client, uri);
            };
        }
    }
}
