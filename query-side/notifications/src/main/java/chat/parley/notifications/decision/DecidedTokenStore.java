package chat.parley.notifications.decision;

import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;

/**
 * Stores no token that is past a message of which nothing has been decided yet: after a restart the stream begins there
 * again, and the marks keep what was sent from being sent again.
 */
final class DecidedTokenStore implements TokenStore {
    private final TokenStore tokens;
    private final PendingDecisions waiting;
    /** The token that is still to be stored; null where it is. */
    private volatile @Nullable TrackingToken ahead;

    DecidedTokenStore(TokenStore tokens, PendingDecisions waiting) {
        this.tokens = tokens;
        this.waiting = waiting;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        if (token instanceof GlobalSequenceTrackingToken seen
                && waiting.oldest().orElse(Long.MAX_VALUE) <= seen.getGlobalIndex()) {
            ahead = token;
            tokens.storeToken(
                    new GlobalSequenceTrackingToken(waiting.oldest().orElse(seen.getGlobalIndex() + 1) - 1),
                    processorName,
                    segment);
        } else {
            ahead = null;
            tokens.storeToken(token, processorName, segment);
        }
    }

    /** An idle processor keeps its claim only; what has been decided meanwhile is stored with that. */
    @Override
    public void extendClaim(String processorName, int segment) {
        TrackingToken held = ahead;
        if (held == null) {
            tokens.extendClaim(processorName, segment);
        } else {
            storeToken(held, processorName, segment);
        }
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        tokens.initializeTokenSegments(processorName, segmentCount);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, @Nullable TrackingToken initialToken) {
        tokens.initializeTokenSegments(processorName, segmentCount, initialToken);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        return tokens.fetchToken(processorName, segment);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, Segment segment) {
        return tokens.fetchToken(processorName, segment);
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        tokens.releaseClaim(processorName, segment);
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processorName, int segment) {
        tokens.initializeSegment(token, processorName, segment);
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        tokens.deleteToken(processorName, segment);
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return tokens.requiresExplicitSegmentInitialization();
    }

    @Override
    public int[] fetchSegments(String processorName) {
        return tokens.fetchSegments(processorName);
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        return tokens.fetchAvailableSegments(processorName);
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return tokens.retrieveStorageIdentifier();
    }
}
