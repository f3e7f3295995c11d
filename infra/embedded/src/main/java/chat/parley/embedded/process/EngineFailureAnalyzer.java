package chat.parley.embedded.process;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints an {@link EngineFailure} as description and advice instead of a stack trace. */
final class EngineFailureAnalyzer extends AbstractFailureAnalyzer<EngineFailure> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, EngineFailure cause) {
        return new FailureAnalysis(cause.description(), cause.advice().isEmpty() ? null : cause.advice(), cause);
    }
}
