package chat.parley.notifications.decision;

import chat.parley.eventprocessing.token.ForwardingTokenStore;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * Never stores a token that is past an undecided message. After a restart the stream starts at that message again, and
 * the marks prevent notifications from being sent twice.
 */
final class DecidedTokenStore extends ForwardingTokenStore {
    private final PendingMessages waiting;
    /** The token that is not stored yet; null if there is none. */
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

    /** An idle processor only extends its claim, so the token of the messages decided meanwhile is stored with it. */
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
