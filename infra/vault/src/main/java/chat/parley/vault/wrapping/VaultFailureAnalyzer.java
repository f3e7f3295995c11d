package chat.parley.vault.wrapping;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints a {@link VaultFailure} as description and advice instead of a stack trace. */
final class VaultFailureAnalyzer extends AbstractFailureAnalyzer<VaultFailure> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, VaultFailure cause) {
        return new FailureAnalysis(cause.description(), cause.advice(), cause);
    }
}
