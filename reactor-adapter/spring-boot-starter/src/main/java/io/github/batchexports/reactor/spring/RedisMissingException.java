package io.github.batchexports.reactor.spring;

/** {@code batch.exports.redis.enabled} is set, and something that it needs is not there. */
final class RedisMissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;
    private final String action;

    private RedisMissingException(String reason, String action) {
        super(reason);
        this.reason = reason;
        this.action = action;
    }

    static RedisMissingException jar() {
        return new RedisMissingException(
                "batch-exports-redis is not on the classpath",
                "Add the dependency io.github.batchexports:batch-exports-redis, or remove the property");
    }

    static RedisMissingException connection() {
        return new RedisMissingException(
                "there is no ReactiveRedisConnectionFactory, or several and none is primary",
                "Add the dependency org.springframework.boot:spring-boot-starter-data-redis-reactive and set"
                        + " spring.data.redis.url, or define beans of Lettuce's RedisClient and RedisURI,"
                        + " or remove the property");
    }

    String reason() {
        return reason;
    }

    String action() {
        return action;
    }
}
