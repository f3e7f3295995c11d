package chat.parley.projections.processing;

import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.eventprocessing.token.SegmentClaim;
import chat.parley.eventprocessing.token.SegmentClaims;
import chat.parley.eventprocessing.token.StoredPositions;
import chat.parley.projections.store.DocumentFields;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in MongoDB, beside the documents that they speak for, so that both are lost or restored together. A token may be
 * claimed if no other process that is alive owns it. Each claim has a number of its own, and only the newest one changes
 * the token.
 */
public final class MongoTokens implements TokenStore, StoredPositions, SegmentClaims {
    private static final String COLLECTION = "trackingtokens";
    private static final String PROCESSOR = "processorName";
    private static final String SEGMENT = "segment";
    private static final String TOKEN = "token";
    private static final String TYPE = "tokenType";
    private static final String OWNER = "owner";
    private static final String CLAIM = "claim";
    /** For operators. */
    private static final String TIMESTAMP = "timestamp";

    private static final int MAX_SEGMENTS = 1_000;

    private final MongoCollection<Document> tokens;
    private final Serializer serializer;
    private final SegmentOwners owners;
    private final Clock clock;
    private final Map<Claimed, Long> claims = new ConcurrentHashMap<>();

    private record Claimed(String processor, int segment) {}

    public MongoTokens(MongoDatabase database, Serializer serializer, SegmentOwners owners, Clock clock) {
        this.tokens = database.getCollection(COLLECTION);
        this.serializer = serializer;
        this.owners = owners;
        this.clock = clock;
        tokens.createIndex(Indexes.ascending(PROCESSOR, SEGMENT), new IndexOptions().unique(true));
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount) {
        initializeTokenSegments(processorName, segmentCount, null);
    }

    @Override
    public void initializeTokenSegments(String processorName, int segmentCount, @Nullable TrackingToken initialToken) {
        if (fetchSegments(processorName).length > 0) {
            throw made(processorName);
        }
        insert(IntStream.range(0, segmentCount)
                .mapToObj(segment -> created(initialToken, processorName, segment))
                .toList());
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processorName, int segment) {
        insert(List.of(created(token, processorName, segment)));
    }

    private Document created(@Nullable TrackingToken token, String processor, int segment) {
        Document created = new Document(PROCESSOR, processor).append(SEGMENT, segment);
        SerializedObject<byte[]> serialized = serialized(token);
        if (serialized != null) {
            created.append(TOKEN, serialized.getData())
                    .append(TYPE, serialized.getType().getName());
        }
        return created.append(TIMESTAMP, clock.millis());
    }

    private @Nullable SerializedObject<byte[]> serialized(@Nullable TrackingToken token) {
        return token == null ? null : serializer.serialize(token, byte[].class);
    }

    private void insert(List<Document> created) {
        try {
            tokens.insertMany(created);
        } catch (MongoBulkWriteException e) {
            throw made(created.getFirst().getString(PROCESSOR));
        }
    }

    private static UnableToClaimTokenException made(String processor) {
        return new UnableToClaimTokenException("The segments of " + processor + " are there already");
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        SerializedObject<byte[]> serialized = serialized(token);
        change(
                processorName,
                segment,
                Updates.combine(
                        Updates.set(TOKEN, serialized == null ? null : serialized.getData()),
                        Updates.set(
                                TYPE,
                                serialized == null ? null : serialized.getType().getName()),
                        Updates.set(TIMESTAMP, clock.millis())));
    }

    private void change(String processor, int segment, Bson change) {
        if (tokens.updateOne(ours(processor, segment), change).getMatchedCount() == 0) {
            throw lost(processor, segment);
        }
    }

    private static UnableToClaimTokenException lost(String processor, int segment) {
        return new UnableToClaimTokenException(processor + "/" + segment + " is not held by this process");
    }

    private static Bson segment(String processor, int segment) {
        return Filters.and(Filters.eq(PROCESSOR, processor), Filters.eq(SEGMENT, segment));
    }

    private Bson ours(String processor, int segment) {
        return Filters.and(
                segment(processor, segment),
                Filters.eq(OWNER, owners.self()),
                Filters.eq(CLAIM, claims.getOrDefault(new Claimed(processor, segment), -1L)));
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        Document claimed = tokens.findOneAndUpdate(
                Filters.and(segment(processorName, segment), Filters.nin(OWNER, owners.others())),
                Updates.combine(
                        Updates.set(OWNER, owners.self()),
                        Updates.inc(CLAIM, 1L),
                        Updates.set(TIMESTAMP, clock.millis())),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (claimed == null) {
            throw lost(processorName, segment);
        }
        claims.put(new Claimed(processorName, segment), DocumentFields.longOf(claimed, CLAIM));
        return token(claimed);
    }

    private @Nullable TrackingToken token(Document entry) {
        return entry.get(TOKEN) instanceof Binary bytes
                ? serializer.deserialize(
                        new SimpleSerializedObject<>(bytes.getData(), byte[].class, entry.getString(TYPE), null))
                : null;
    }

    @Override
    public void extendClaim(String processorName, int segment) {
        change(processorName, segment, Updates.set(TIMESTAMP, clock.millis()));
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        tokens.updateOne(ours(processorName, segment), Updates.unset(OWNER));
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        if (tokens.deleteOne(ours(processorName, segment)).getDeletedCount() == 0) {
            throw lost(processorName, segment);
        }
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return true;
    }

    @Override
    public int[] fetchSegments(String processorName) {
        return all(processorName).stream()
                .mapToInt(MongoTokens::segmentOf)
                .sorted()
                .toArray();
    }

    private List<Document> all(String processor) {
        return tokens.find(Filters.eq(PROCESSOR, processor))
                .batchSize(MAX_SEGMENTS)
                .into(new ArrayList<>());
    }

    private static int segmentOf(Document entry) {
        return (int) DocumentFields.longOf(entry, SEGMENT);
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        Map<Integer, String> entries = new HashMap<>();
        for (Document entry : all(processorName)) {
            String owner = entry.getString(OWNER);
            entries.put(segmentOf(entry), owner == null ? SegmentOwners.NOBODY : owner);
        }
        return owners.claimable(processorName, entries);
    }

    @Override
    public Map<Integer, Long> of(String processor) {
        return all(processor).stream()
                .collect(Collectors.toMap(MongoTokens::segmentOf, entry -> StoredPositions.position(token(entry))));
    }

    @Override
    public Optional<SegmentClaim> of(String processor, int segment) {
        return Optional.ofNullable(claims.get(new Claimed(processor, segment)))
                .map(number -> new SegmentClaim(segment, number));
    }

    /** Of a processor that does not run any more. */
    public void forget(String processor) {
        tokens.deleteMany(Filters.eq(PROCESSOR, processor));
    }
}
