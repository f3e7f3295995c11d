package chat.parley.projections;

import chat.parley.api.node.NodeMessages;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.FindReadModelState;
import chat.parley.api.port.Installation;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.eventprocessing.batch.RecordedEvent;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.generation.GenerationVerifier;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.eventprocessing.token.SegmentClaims;
import chat.parley.projections.account.AccountQueries;
import chat.parley.projections.audit.AuditQueries;
import chat.parley.projections.contact.ContactQueries;
import chat.parley.projections.entry.EntryQueries;
import chat.parley.projections.generation.ReadModelGenerations;
import chat.parley.projections.generation.RebuildVerifier;
import chat.parley.projections.inbox.InboxQueries;
import chat.parley.projections.presence.PresenceQueries;
import chat.parley.projections.processing.MongoTokens;
import chat.parley.projections.processing.ReadSideProperties;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.query.ReadModelQueries;
import chat.parley.projections.query.ReadModelSignals;
import chat.parley.projections.store.ReadModelStore;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeTextProtection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;

/** The whole read side with a real event store, processors and query bus; can be restarted on the same data. */
final class ReadSide implements AutoCloseable {
    static final Serializer SERIALIZER = Jackson3Serializer.builder().build();

    /** The data that survives a restart. */
    static final class Data {
        final EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        /** Another one begins with a restore of the event store. */
        Epoch epoch = new Epoch("first");

        Installation installation = new Installation("ours");

        final EventHistoryFixture history = new EventHistoryFixture();
        final MongoDatabase database = Mongo.database();
        final MongoTokens tokens = tokens(SegmentOwners.alone("node"));

        /** Those of another node. */
        MongoTokens tokens(SegmentOwners owners) {
            return new MongoTokens(database, SERIALIZER, owners, Clock.systemUTC());
        }

        /** Stores an event and returns its global index. */
        synchronized long publish(Object event) {
            RecordedEvent recorded = history.add(event);
            events.publish(
                    new GenericDomainEventMessage<>("type", recorded.aggregate(), recorded.position() - 1, event));
            return recorded.index();
        }

        synchronized long head() {
            return history.size() - 1L;
        }
    }

    final Data data;
    final FakeTextProtection text;
    final GenerationSupervisor<ReadModelStore> generations;
    final EventHead head;
    final QueryGateway queries;

    public ReadSide() {
        this(new Data());
    }

    ReadSide(Data data) {
        this(data, UnaryOperator.identity(), FakeTextProtection.legible(), ReadModelHolder.PROPERTIES);
    }

    public ReadSide(
            Data data, UnaryOperator<TokenStore> tokens, FakeTextProtection text, ReadSideProperties properties) {
        this(data, tokens, text, properties, UnaryOperator.identity());
    }

    public ReadSide(
            Data data,
            UnaryOperator<TokenStore> tokens,
            FakeTextProtection text,
            ReadSideProperties properties,
            UnaryOperator<GenerationVerifier<ReadModelStore>> verifier) {
        this(data, tokens, text, properties, verifier, null, true);
    }

    /**
     * @param nodes      to the other nodes on the same data; null if there are none
     * @param processing whether this node runs the processors
     */
    ReadSide(
            Data data,
            UnaryOperator<TokenStore> tokens,
            FakeTextProtection text,
            ReadSideProperties properties,
            UnaryOperator<GenerationVerifier<ReadModelStore>> verifier,
            @Nullable NodeMessages nodes,
            boolean processing) {
        this.data = data;
        this.text = text;
        ReadModelSignals signals = new ReadModelSignals();
        RunningProcessors running = new RunningProcessors();
        head = new EventHead(data.events);
        generations = ProjectionsConfiguration.supervisor(
                data.database,
                new ReadModelGenerations(
                        data.database,
                        data.events,
                        text,
                        new FakeKeyedHash(),
                        _ -> {},
                        tokens.apply(data.tokens),
                        data.tokens,
                        SegmentClaims.NONE,
                        ProjectionsConfiguration.positions(data.tokens, nodes, running, head, signals),
                        running,
                        signals,
                        properties,
                        MessageTraces.OFF),
                verifier.apply(new RebuildVerifier()),
                head,
                signals,
                properties,
                new ReadModelOwner(data.installation, data.epoch, true),
                processing,
                Clock.systemUTC());
        ReadModelAnswers answers = new ReadModelAnswers(generations::served, head, signals, properties);
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        subscribe(bus, new EntryQueries(answers));
        subscribe(bus, new InboxQueries(answers));
        subscribe(bus, new AccountQueries(answers, text, new FakeKeyedHash()));
        subscribe(bus, new ContactQueries(answers));
        subscribe(bus, new PresenceQueries(answers));
        subscribe(bus, new AuditQueries(data.events, answers));
        subscribe(bus, new ReadModelQueries(answers));
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
        generations.start();
    }

    private static void subscribe(SimpleQueryBus bus, Object handler) {
        if (new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus) == null) {
            throw new IllegalStateException();
        }
    }

    public <R> CompletableFuture<R> ask(Object query, Class<R> answer) {
        return queries.query(query, answer).orTimeout(20, TimeUnit.SECONDS);
    }

    /** Waits until everything stored so far is included. */
    ReadModelStore caughtUp() {
        ask(new FindReadModelState(data.head()), FindReadModelState.State.class).join();
        return generations.served().store();
    }

    @Override
    public void close() {
        generations.stop();
    }
}
