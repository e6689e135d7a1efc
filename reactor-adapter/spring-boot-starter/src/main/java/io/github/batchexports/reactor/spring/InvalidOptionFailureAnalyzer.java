package io.github.batchexports.reactor.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a line what is wrong with the options, and what to do, in place of a stack trace. */
final class InvalidOptionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOptionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidOptionException cause) {
        return new FailureAnalysis(
                "The client of Batch's Exports API cannot be made: " + cause.reason(), cause.action(), cause);
    }
}
