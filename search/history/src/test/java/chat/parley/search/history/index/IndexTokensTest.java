package chat.parley.search.history.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.search.history.engine.RealElasticsearch;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.generation.IndexTokens;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexTokensTest {
    private static final String INDEX = "parley-tokens-test";
    private static final String PROCESSOR = "search@g1";
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);
    private static final Serializer SERIALIZER = Jackson3Serializer.builder().build();

    private final SearchEngine engine =
            new SearchEngine(RealElasticsearch.shared().client());
    private final Set<String> alive = new HashSet<>(Set.of("here", "there"));
    private final IndexTokens here = tokens("here");
    private final IndexTokens there = tokens("there");

    private IndexTokens tokens(String node) {
        return new IndexTokens(engine, INDEX, SERIALIZER, new Owner(node, alive, true), CLOCK);
    }

    private record Owner(String self, Set<String> alive, boolean ours) implements SegmentOwners {
        @Override
        public Set<String> others() {
            Set<String> others = new HashSet<>(alive);
            others.remove(self);
            return others;
        }

        @Override
        public boolean isOurs(String processor, int segment, int[] all) {
            return ours;
        }
    }

    @BeforeEach
    void begin() {
        engine.attempt(
                client -> client.indices().delete(delete -> delete.index(INDEX).ignoreUnavailable(true)));
        engine.attempt(client -> client.indices().create(create -> create.index(INDEX)));
        here.initializeTokenSegments(PROCESSOR, 2, null);
    }

    @Test
    void aSegmentIsOneNodesAtATime() {
        assertThat(here.fetchToken(PROCESSOR, 0)).isNull();
        here.storeToken(new GlobalSequenceTrackingToken(7), PROCESSOR, 0);
        assertThatThrownBy(() -> there.fetchToken(PROCESSOR, 0)).isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> there.storeToken(new GlobalSequenceTrackingToken(3), PROCESSOR, 0))
                .isInstanceOf(UnableToClaimTokenException.class);
        assertThatThrownBy(() -> there.extendClaim(PROCESSOR, 0)).isInstanceOf(UnableToClaimTokenException.class);
        assertThat(there.fetchAvailableSegments(PROCESSOR))
                .extracting(Segment::getSegmentId)
                .containsExactly(1);
        there.releaseClaim(PROCESSOR, 0);
        here.releaseClaim(PROCESSOR, 0);
        assertThat(there.fetchToken(PROCESSOR, 0)).isEqualTo(new GlobalSequenceTrackingToken(7));
        assertThat(here.of(PROCESSOR)).containsEntry(0, 7L).containsEntry(1, -1L);
    }

    @Test
    void whoIsNotAliveAnyMoreLosesItsSegments() {
        here.fetchToken(PROCESSOR, 0);
        alive.remove("here");
        there.fetchToken(PROCESSOR, 0);
        assertThatThrownBy(() -> here.storeToken(new GlobalSequenceTrackingToken(1), PROCESSOR, 0))
                .isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void onlyTheShareOfANodeIsAvailableToIt() {
        IndexTokens nobody = new IndexTokens(engine, INDEX, SERIALIZER, new Owner("nobody", Set.of(), false), CLOCK);
        assertThat(nobody.fetchAvailableSegments(PROCESSOR)).isEmpty();
    }

    @Test
    void segmentsAreMadeOnceAndForgottenTogether() {
        assertThat(here.fetchSegments(PROCESSOR)).containsExactly(0, 1);
        assertThatThrownBy(() -> there.initializeTokenSegments(PROCESSOR, 2))
                .isInstanceOf(UnableToClaimTokenException.class);
        here.forget(PROCESSOR);
        assertThat(here.fetchSegments(PROCESSOR)).isEmpty();
    }
}
