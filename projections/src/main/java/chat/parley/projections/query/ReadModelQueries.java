package chat.parley.projections.query;

import chat.parley.api.port.FindReadModelState;
import chat.parley.api.port.FindReadModelState.State;
import java.util.concurrent.CompletableFuture;
import org.axonframework.queryhandling.QueryHandler;

/** Answers how far the read side has progressed. */
public final class ReadModelQueries {
    private final ReadModelAnswers answers;

    public ReadModelQueries(ReadModelAnswers answers) {
        this.answers = answers;
    }

    @QueryHandler
    CompletableFuture<State> handle(FindReadModelState query) {
        return answers.including(query.atLeastIndex(), generation -> new State(generation.position()));
    }
}
