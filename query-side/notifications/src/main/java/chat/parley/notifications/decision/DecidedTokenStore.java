package chat.parley.notifications.decision;

import chat.parley.eventprocessing.token.ForwardingTokenStore;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * Stores no token that is past a message of which nothing has been decided yet: after a restart the stream begins there
 * again, and the marks keep what was sent from being sent again.
 */
final class DecidedTokenStore extends ForwardingTokenStore {
    private final PendingMessages waiting;
    /** The token that is still to be stored; null where it is. */
    private volatile @Nullable TrackingToken ahead;

    DecidedTokenStore(TokenStore tokens, PendingMessages waiting) {
        super(tokens);
        this.waiting = waiting;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        if (token instanceof GlobalSequenceTrackingToken seen
                && waiting.oldest().orElse(Long.MAX_VALUE) <= seen.getGlobalIndex()) {
            ahead = token;
            super.storeToken(
                    new GlobalSequenceTrackingToken(waiting.oldest().orElse(seen.getGlobalIndex() + 1) - 1),
                    processorName,
                    segment);
        } else {
            ahead = null;
            super.storeToken(token, processorName, segment);
        }
    }

    /** An idle processor keeps its claim only; what has been decided meanwhile is stored with that. */
    @Override
    public void extendClaim(String processorName, int segment) {
        TrackingToken held = ahead;
        if (held == null) {
            super.extendClaim(processorName, segment);
        } else {
            storeToken(held, processorName, segment);
        }
    }
}
