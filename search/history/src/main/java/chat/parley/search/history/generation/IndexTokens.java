package chat.parley.search.history.generation;

import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.eventprocessing.token.StoredPositions;
import chat.parley.search.history.document.EventCounts;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.engine.VersionedDocument;
import chat.parley.search.history.index.IndexProperties;
import chat.parley.search.history.index.IndexedEvents;
import co.elastic.clients.elasticsearch.core.MgetResponse;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in Elasticsearch, beside the documents that they speak for, so that both are lost or restored together. A token
 * counts the events that its segment has indexed.
 *
 * <p>Documents are found by their ids only, so nothing here waits for a refresh.
 */
public final class IndexTokens implements TokenStore, StoredPositions {
    private final SearchEngine engine;
    private final String index;
    private final Serializer serializer;
    private final SegmentOwners owners;
    private final Clock clock;

    public IndexTokens(SearchEngine engine, String index, Serializer serializer, SegmentOwners owners, Clock clock) {
        this.engine = engine;
        this.index = index;
        this.serializer = serializer;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        initializeTokenSegments(processorName, segmentCount, null);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, @Nullable TrackingToken initialToken) {
        if (fetchSegments(processorName).length > 0) {
            throw new UnableToClaimTokenException("The segments of " + processorName + " are there already");
        }
        for (int segment = 0; segment < segmentCount; segment++) {
            initializeSegment(initialToken, processorName, segment);
        }
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processorName, int segment) {
        SerializedObject<String> serialized = serialized(token);
        TokenDocument document = new TokenDocument(
                processorName,
                segment,
                serialized == null ? null : serialized.getData(),
                serialized == null ? null : serialized.getType().getName(),
                null,
                0,
                EventCounts.NONE);
        if (!VersionedDocument.create(engine, index, document.id(), document)) {
            throw new UnableToClaimTokenException(document.id() + " was made by another node");
        }
    }

    private @Nullable SerializedObject<String> serialized(@Nullable TrackingToken token) {
        return token == null ? null : serializer.serialize(token, String.class);
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        EventCounts seen = IndexedEvents.inPresentBatch();
        SerializedObject<String> serialized = serialized(token);
        change(
                processorName,
                segment,
                document -> document.isOwnedBy(owners.self()),
                document -> document.advanced(
                        serialized == null ? null : serialized.getData(),
                        serialized == null ? null : serialized.getType().getName(),
                        seen,
                        clock.instant()));
    }

    /** What it was before. Who is overtaken looks again: it may have been another thread of this node. */
    private TokenDocument change(
            String processor, int segment, Predicate<TokenDocument> allowed, UnaryOperator<TokenDocument> change) {
        while (true) {
            VersionedDocument<TokenDocument> found = find(processor, segment)
                    .filter(document -> allowed.test(document.value()))
                    .orElseThrow(() -> new UnableToClaimTokenException(
                            TokenDocument.id(processor, segment) + " is not held by this node"));
            TokenDocument before = found.value();
            if (found.replace(engine, index, before.id(), change.apply(before))) {
                return before;
            }
        }
    }

    private Optional<VersionedDocument<TokenDocument>> find(String processor, int segment) {
        return VersionedDocument.find(engine, index, TokenDocument.id(processor, segment), TokenDocument.class);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        return token(change(
                processorName,
                segment,
                document -> document.isClaimable(owners.others()),
                document -> document.claimedBy(owners.self(), clock.instant())));
    }

    private @Nullable TrackingToken token(TokenDocument document) {
        return document.token() == null
                ? null
                : serializer.deserialize(
                        new SimpleSerializedObject<>(document.token(), String.class, document.tokenType(), null));
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        change(
                processorName,
                segment,
                document -> document.isOwnedBy(owners.self()),
                document -> document.claimedBy(owners.self(), clock.instant()));
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        if (find(processorName, segment)
                .filter(document -> document.value().isOwnedBy(owners.self()))
                .isPresent()) {
            change(processorName, segment, document -> document.isOwnedBy(owners.self()), TokenDocument::released);
        }
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        change(
                processorName,
                segment,
                document -> document.isOwnedBy(owners.self()),
                document -> document.claimedBy(owners.self(), clock.instant()));
        delete(TokenDocument.id(processorName, segment));
    }

    private void delete(String id) {
        engine.attempt(client -> client.delete(delete -> delete.index(index).id(id)));
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public int[] fetchSegments(String processorName) {
        return all(processorName).stream().mapToInt(TokenDocument::segment).toArray();
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        return owners.claimable(
                processorName,
                all(processorName).stream()
                        .collect(Collectors.toMap(TokenDocument::segment, TokenDocument::ownerOrNobody)));
    }

    private List<TokenDocument> all(String processor) {
        List<String> ids = IntStream.range(0, IndexProperties.MAX_SEGMENTS)
                .mapToObj(segment -> TokenDocument.id(processor, segment))
                .toList();
        MgetResponse<TokenDocument> answer =
                engine.attempt(client -> client.mget(get -> get.index(index).ids(ids), TokenDocument.class));
        return answer.docs().stream()
                .map(MultiGetResponseItem::result)
                .flatMap(found -> VersionedDocument.of(found).stream())
                .map(VersionedDocument::value)
                .toList();
    }

    @Override
    public Map<Integer, Long> of(String processor) {
        return all(processor).stream()
                .collect(Collectors.toMap(
                        TokenDocument::segment, document -> StoredPositions.position(token(document))));
    }

    /** What a processor has seen on all nodes together. */
    EventCounts tally(String processor) {
        return all(processor).stream().map(TokenDocument::tally).reduce(EventCounts.NONE, EventCounts::plus);
    }

    /** Of a processor that does not run any more. */
    public void forget(String processor) {
        all(processor).forEach(document -> delete(document.id()));
    }
}
