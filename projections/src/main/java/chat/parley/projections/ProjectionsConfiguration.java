package chat.parley.projections;

import chat.parley.api.node.NodeMessages;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.api.process.Role;
import chat.parley.api.process.Roles;
import chat.parley.api.tracing.MessageTraces;
import chat.parley.eventprocessing.generation.CatchUp;
import chat.parley.eventprocessing.generation.GenerationSettings;
import chat.parley.eventprocessing.generation.GenerationSupervisor;
import chat.parley.eventprocessing.generation.GenerationVerifier;
import chat.parley.eventprocessing.generation.RebuildTarget;
import chat.parley.eventprocessing.generation.SupervisedRebuild;
import chat.parley.eventprocessing.sharing.ReadModelOwner;
import chat.parley.eventprocessing.sharing.RunningProcessors;
import chat.parley.eventprocessing.sharing.SegmentOwners;
import chat.parley.eventprocessing.sharing.SharedProgress;
import chat.parley.eventprocessing.sharing.SharingConfiguration;
import chat.parley.eventprocessing.stream.EventHead;
import chat.parley.eventprocessing.token.SegmentClaims;
import chat.parley.eventprocessing.token.StoredPositions;
import chat.parley.projections.account.AccountQueries;
import chat.parley.projections.audit.AuditQueries;
import chat.parley.projections.contact.ContactQueries;
import chat.parley.projections.entry.EntryQueries;
import chat.parley.projections.generation.ReadModelGenerations;
import chat.parley.projections.generation.RebuildVerifier;
import chat.parley.projections.generation.StoredGenerationPointer;
import chat.parley.projections.inbox.InboxQueries;
import chat.parley.projections.presence.PresenceQueries;
import chat.parley.projections.processing.MongoTokens;
import chat.parley.projections.processing.ProjectionLag;
import chat.parley.projections.processing.ReadSideProperties;
import chat.parley.projections.query.ReadModelAnswers;
import chat.parley.projections.query.ReadModelQueries;
import chat.parley.projections.query.ReadModelSignals;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Configures the read side: answers queries, orders rebuilds, and with the role {@link Role#PROJECTION} fills its generations
 * from the event store.
 */
@Configuration(proxyBeanMethods = false)
@Import(SharingConfiguration.class)
@EnableConfigurationProperties({ReadSideProperties.class, MongoProperties.class})
public class ProjectionsConfiguration {
    @Bean
    MongoClientSettingsBuilderCustomizer mongoTimeouts(MongoProperties properties) {
        return properties.timeouts();
    }

    @Bean
    ReadModelSignals readModelSignals() {
        return new ReadModelSignals();
    }

    @Bean
    EventHead projectedEventHead(EventStore events) {
        return new EventHead(events);
    }

    @Bean
    RunningProcessors projectionProcessors(SegmentOwners owners) {
        RunningProcessors running = new RunningProcessors();
        owners.share(running);
        return running;
    }

    @Bean
    GenerationSupervisor<ReadModelStore> readModelGenerations(
            MongoDatabaseFactory mongo,
            EventStore events,
            EventHead head,
            TextProtection protection,
            KeyedHash hash,
            Serializer serializer,
            ReadModelSignals signals,
            ReadSideProperties properties,
            RunningProcessors running,
            SegmentOwners owners,
            ObjectProvider<NodeMessages> nodes,
            ObjectProvider<ErasureProgress> erasures,
            ReadModelOwner owner,
            ObjectProvider<MessageTraces> traces,
            Roles roles,
            Clock clock) {
        MongoDatabase database = mongo.getMongoDatabase();
        MongoTokens tokens = new MongoTokens(database, serializer, owners, clock);
        NodeMessages others = nodes.getIfAvailable();
        return supervisor(
                database,
                new ReadModelGenerations(
                        database,
                        events,
                        protection,
                        hash,
                        user -> erasures.getObject().done(user, Store.READ_MODEL),
                        tokens,
                        tokens,
                        others == null ? SegmentClaims.NONE : tokens,
                        positions(tokens, others, running, head, signals),
                        running,
                        signals,
                        properties,
                        traces.getIfAvailable(() -> MessageTraces.OFF)),
                new RebuildVerifier(),
                head,
                signals,
                properties,
                owner,
                roles.has(Role.PROJECTION),
                clock);
    }

    static StoredPositions positions(
            StoredPositions stored,
            @Nullable NodeMessages nodes,
            RunningProcessors running,
            EventHead head,
            ReadModelSignals signals) {
        if (nodes == null) {
            return stored;
        }
        SharedProgress shared = new SharedProgress(
                nodes, "read-model", running, stored, head, signals.progress(), signals::othersAdvanced);
        shared.start();
        return shared;
    }

    /** The index of a filling generation is known on every node, also on those that do not fill it. */
    @Bean
    RebuildTarget readModelRebuild(GenerationSupervisor<ReadModelStore> generations) {
        return new SupervisedRebuild("read-model", generations, () -> {}, next -> -1);
    }

    static GenerationSupervisor<ReadModelStore> supervisor(
            MongoDatabase database,
            ReadModelGenerations generations,
            GenerationVerifier<ReadModelStore> verifier,
            EventHead head,
            ReadModelSignals signals,
            ReadSideProperties properties,
            ReadModelOwner owner,
            boolean processing,
            Clock clock) {
        return new GenerationSupervisor<>(
                new StoredGenerationPointer(database, owner),
                generations,
                verifier,
                new CatchUp(head, signals.progress(), properties.maxWait()),
                new GenerationSettings(
                        "read-models",
                        owner.epoch().value(),
                        StoredGenerationPointer.FORMAT,
                        processing,
                        true,
                        properties.supervision(),
                        properties.retireAfter()),
                clock);
    }

    @Bean
    ReadModelAnswers readModelAnswers(
            GenerationSupervisor<ReadModelStore> generations,
            EventHead head,
            ReadModelSignals signals,
            ReadSideProperties properties) {
        return new ReadModelAnswers(generations::served, head, signals, properties);
    }

    @Bean
    EntryQueries entryQueries(ReadModelAnswers answers) {
        return new EntryQueries(answers);
    }

    @Bean
    InboxQueries inboxQueries(ReadModelAnswers answers) {
        return new InboxQueries(answers);
    }

    @Bean
    AccountQueries accountQueries(ReadModelAnswers answers, TextProtection protection, KeyedHash hash) {
        return new AccountQueries(answers, protection, hash);
    }

    @Bean
    ContactQueries contactQueries(ReadModelAnswers answers) {
        return new ContactQueries(answers);
    }

    @Bean
    PresenceQueries presenceQueries(ReadModelAnswers answers) {
        return new PresenceQueries(answers);
    }

    @Bean
    AuditQueries auditQueries(EventStore events, ReadModelAnswers answers) {
        return new AuditQueries(events, answers);
    }

    @Bean
    ReadModelQueries readModelQueries(ReadModelAnswers answers) {
        return new ReadModelQueries(answers);
    }

    @Bean
    ProjectionLag projectionLag(GenerationSupervisor<ReadModelStore> generations, EventHead head) {
        return new ProjectionLag(generations, head);
    }
}
