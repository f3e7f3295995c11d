package chat.parley.notifications;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.ErasureProgress;
import chat.parley.api.port.ErasureProgress.Store;
import chat.parley.api.port.LiveSessions;
import chat.parley.api.port.TextProtection;
import chat.parley.eventprocessing.processor.VaultProcess;
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.notifications.decision.ConversationMembers;
import chat.parley.notifications.decision.CurrentMessages;
import chat.parley.notifications.decision.NotificationDispatcher;
import chat.parley.notifications.decision.NotificationMarks;
import chat.parley.notifications.decision.NotificationQueue;
import chat.parley.notifications.decision.NotificationText;
import chat.parley.notifications.decision.Notifier;
import chat.parley.notifications.decision.NotifierProcess;
import chat.parley.notifications.decision.PendingMessages;
import chat.parley.notifications.decision.RecipientSelector;
import chat.parley.notifications.delivery.NotificationMeters;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.PushSenders;
import chat.parley.notifications.registration.Registrations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Configures the notifier if a service has its keys. Without one, the event stream is not read.
 *
 * <p>The notifier needs a {@link LiveSessions} bean.
 */
@Configuration(proxyBeanMethods = false)
@Import({RegistrationConfiguration.class, SenderConfiguration.class})
public class NotificationsConfiguration {
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    @Conditional(SomeServiceIsOn.class)
    @DependsOnDatabaseInitialization
    NotifierProcess notifierProcess(
            NotificationProperties properties,
            Registrations registrations,
            PushSenders senders,
            LiveSessions live,
            BlockPolicy blocks,
            EntryLookup entries,
            TextProtection protection,
            QueryGateway queryGateway,
            EventStore events,
            Serializer serializer,
            DataSource vault,
            MeterRegistry meterRegistry,
            Clock clock) {
        QueryClient queries = new QueryClient(queryGateway, QUERY_TIMEOUT);
        CurrentMessages present = new CurrentMessages(queries, protection);
        PendingMessages waiting = new PendingMessages(properties.maxWaiting());
        NotificationMeters meters = new NotificationMeters(meterRegistry, senders.services());
        NotificationQueue outbox = new NotificationQueue(senders, registrations, meters, properties, clock);
        NotificationDispatcher deliveries = new NotificationDispatcher(
                waiting,
                new RecipientSelector(
                        queries,
                        new ConversationMembers(queries, entries),
                        present,
                        registrations,
                        live,
                        blocks,
                        clock),
                new NotificationText(present, protection, queries),
                new NotificationMarks(vault),
                registrations,
                outbox,
                meters,
                properties,
                clock);
        return new NotifierProcess(
                new Notifier(deliveries, registrations), deliveries, outbox, waiting, events, vault, serializer);
    }

    /**
     * Runs also while no service is on, because registrations may be left from before. Their marks go with them; queued
     * notifications have no text, which is read when they are sent.
     */
    @Bean
    @DependsOnDatabaseInitialization
    VaultProcess registrationErasure(
            Registrations registrations,
            ObjectProvider<ErasureProgress> erasures,
            EventStore events,
            DataSource vault,
            Serializer serializer) {
        return new VaultProcess(
                "registration-erasure",
                AccountErased.class::equals,
                event -> {
                    AccountErased erased = (AccountErased) event.payload();
                    registrations.accountClosed(erased.user(), erased.at());
                    erasures.getObject().done(erased.user(), Store.NOTIFICATIONS);
                },
                events,
                vault,
                serializer);
    }

    /** Binds the properties itself, because conditions are evaluated before beans exist. */
    static final class SomeServiceIsOn implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return NotificationProperties.in(context.getEnvironment()).anyService();
        }
    }
}
