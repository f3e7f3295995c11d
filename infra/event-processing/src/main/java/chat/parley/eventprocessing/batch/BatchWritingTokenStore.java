package chat.parley.eventprocessing.batch;

import chat.parley.eventprocessing.token.ForwardingTokenStore;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Writes the collected batch before it stores the batch's token. Axon stores the token in the first prepare-commit
 * handler, before any other handler runs, so no handler could write the batch earlier.
 */
public final class BatchWritingTokenStore extends ForwardingTokenStore {
    private final Runnable committed;

    /** @param committed runs after each batch, when its position is visible */
    public BatchWritingTokenStore(TokenStore tokens, Runnable committed) {
        super(tokens);
        this.committed = committed;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        CurrentUnitOfWork.ifStarted(unitOfWork -> {
            CollectedBatch.write(unitOfWork);
            // The processor's status advances after the commit, and clean-up follows it.
            unitOfWork.onCleanup(any -> committed.run());
        });
        super.storeToken(token, processorName, segment);
    }
}
