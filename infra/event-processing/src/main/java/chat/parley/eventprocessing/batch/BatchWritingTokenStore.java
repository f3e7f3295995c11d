package chat.parley.eventprocessing.batch;

import chat.parley.eventprocessing.token.ForwardingTokenStore;
import chat.parley.eventprocessing.token.SegmentClaims;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Writes the collected batch before it stores the batch's token. Axon stores the token in the first prepare-commit
 * handler, before any other handler runs, so no handler could write the batch earlier.
 */
public final class BatchWritingTokenStore extends ForwardingTokenStore {
    private final SegmentClaims claims;
    private final Runnable committed;

    /**
     * @param claims    under which batches are written
     * @param committed runs after each batch, when its position is visible
     */
    public BatchWritingTokenStore(TokenStore tokens, SegmentClaims claims, Runnable committed) {
        super(tokens);
        this.claims = claims;
        this.committed = committed;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        CurrentUnitOfWork.ifStarted(unitOfWork -> {
            claims.of(processorName, segment)
                    .ifPresentOrElse(
                            claim -> claim.whileWriting(() -> CollectedBatch.write(unitOfWork)),
                            () -> CollectedBatch.write(unitOfWork));
            // The processor's status advances after the commit, and clean-up follows it.
            unitOfWork.onCleanup(any -> committed.run());
        });
        super.storeToken(token, processorName, segment);
    }
}
