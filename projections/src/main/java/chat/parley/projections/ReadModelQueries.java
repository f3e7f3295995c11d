package chat.parley.projections;

import chat.parley.api.FindReadModelState;
import chat.parley.api.FindReadModelState.State;
import java.util.concurrent.CompletableFuture;
import org.axonframework.queryhandling.QueryHandler;

/** How far the read side is. */
final class ReadModelQueries {
    private final ReadModelAnswers answers;

    ReadModelQueries(ReadModelAnswers answers) {
        this.answers = answers;
    }

    @QueryHandler
    CompletableFuture<State> handle(FindReadModelState query) {
        return answers.including(query.atLeastIndex(), generation -> new State(generation.position()));
    }
}
