package io.github.batchexports.reactor.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what sharing through Redis needs, in place of a stack trace. */
final class RedisMissingFailureAnalyzer extends AbstractFailureAnalyzer<RedisMissingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RedisMissingException cause) {
        return new FailureAnalysis(
                "The client of Batch's Exports API cannot share its limit through Redis: " + cause.reason(),
                cause.action() + " batch.exports.redis.enabled.",
                cause);
    }
}
