package chat.parley.app;

import chat.parley.eventprocessing.generation.ReadModelAheadException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator what to do with a read side that is newer than the event store. */
final class ReadModelAheadFailureAnalyzer extends AbstractFailureAnalyzer<ReadModelAheadException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ReadModelAheadException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "If tables were restored on purpose by other means than the command restore, start with"
                        + " --parley.vault.restore=NAME, where NAME is one that no restore had before, such as the time;"
                        + " infra/operations/backup.md has the steps. Otherwise bring back the event store that belongs to"
                        + " this read side.",
                cause);
    }
}
