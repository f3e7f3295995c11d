package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.projections.processing.MongoTokens;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimingTokensTest {
    private static final String PROCESSOR = "inbox@g1";
    private static final TrackingToken SEVEN = new GlobalSequenceTrackingToken(7);
    private static final TrackingToken THREE = new GlobalSequenceTrackingToken(3);

    private final MongoDatabase database = Mongo.database();
    private final Set<String> alive = new HashSet<>(Set.of("here", "there"));
    private final MongoTokens here = tokens("here");
    private final MongoTokens there = tokens("there");

    private record Owner(String self, Set<String> alive) implements SegmentOwners {
        @Override
        public Set<String> others() {
            Set<String> others = new HashSet<>(alive);
            others.remove(self);
            return others;
        }
    }

    private MongoTokens tokens(String self) {
        return new MongoTokens(database, ReadSide.SERIALIZER, new Owner(self, alive), Clock.systemUTC());
    }

    @BeforeEach
    void begin() {
        here.initializeTokenSegments(PROCESSOR, 2, null);
    }

    @Test
    void aSegmentIsOneProcessesAtATime() {
        assertThat(here.fetchToken(PROCESSOR, 0)).isNull();
        here.storeToken(SEVEN, PROCESSOR, 0);
        assertThatThrownBy(() -> there.fetchToken(PROCESSOR, 0)).isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> there.storeToken(THREE, PROCESSOR, 0)).isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> there.extendClaim(PROCESSOR, 0)).isInstanceOf(UnableToClaimTokenException.class);
        assertThat(there.fetchAvailableSegments(PROCESSOR))
                .extracting(Segment::getSegmentId)
                .containsExactly(1);
        there.releaseClaim(PROCESSOR, 0);
        here.releaseClaim(PROCESSOR, 0);
        assertThat(there.fetchToken(PROCESSOR, 0)).isEqualTo(SEVEN);
        assertThat(here.of(PROCESSOR)).containsEntry(0, 7L).containsEntry(1, -1L);
    }

    @Test
    void whoIsNotAliveAnyMoreLosesItsSegments() {
        here.fetchToken(PROCESSOR, 0);
        alive.remove("here");
        there.fetchToken(PROCESSOR, 0);
        assertThatThrownBy(() -> here.storeToken(SEVEN, PROCESSOR, 0)).isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void anOutdatedClaimChangesNothingEvenIfNobodyHoldsTheSegment() {
        here.fetchToken(PROCESSOR, 0);
        alive.remove("here");
        there.fetchToken(PROCESSOR, 0);
        there.storeToken(SEVEN, PROCESSOR, 0);
        there.releaseClaim(PROCESSOR, 0);
        assertThatThrownBy(() -> here.storeToken(THREE, PROCESSOR, 0)).isInstanceOf(UnableToClaimTokenException.class);
        assertThat(here.fetchToken(PROCESSOR, 0)).isEqualTo(SEVEN);
    }

    @Test
    void eachClaimHasAHigherNumberThanAllBefore() {
        here.fetchToken(PROCESSOR, 0);
        long first = here.of(PROCESSOR, 0).orElseThrow().number();
        here.releaseClaim(PROCESSOR, 0);
        there.fetchToken(PROCESSOR, 0);
        assertThat(there.of(PROCESSOR, 0).orElseThrow().number()).isGreaterThan(first);
    }

    @Test
    void segmentsAreMadeOnceAndForgottenTogether() {
        assertThat(here.fetchSegments(PROCESSOR)).containsExactly(0, 1);
        assertThatThrownBy(() -> there.initializeTokenSegments(PROCESSOR, 2))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> there.initializeSegment(null, PROCESSOR, 1))
                .isInstanceOf(UnableToClaimTokenException.class);
        here.forget(PROCESSOR);
        assertThat(here.fetchSegments(PROCESSOR)).isEmpty();
    }
}
