package chat.parley.notifications;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.LiveSessions;
import chat.parley.api.port.TextProtection;
import chat.parley.notifications.decision.Decider;
import chat.parley.notifications.decision.Deliveries;
import chat.parley.notifications.decision.Marks;
import chat.parley.notifications.decision.Members;
import chat.parley.notifications.decision.NotificationQueue;
import chat.parley.notifications.decision.Notifier;
import chat.parley.notifications.decision.NotifierProcess;
import chat.parley.notifications.decision.PendingDecisions;
import chat.parley.notifications.decision.PresentMessages;
import chat.parley.notifications.decision.Queries;
import chat.parley.notifications.decision.Wording;
import chat.parley.notifications.delivery.PublicAddresses;
import chat.parley.notifications.delivery.Senders;
import chat.parley.notifications.registration.PushAddresses;
import chat.parley.notifications.registration.PushController;
import chat.parley.notifications.registration.Registrations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.Serializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Registrations of devices, and the notifier where a service has its keys. Without, nothing follows the event stream.
 *
 * <p>The notifier needs a bean of {@link LiveSessions}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
@Import(PushController.class)
public class NotificationsConfiguration {
    @Bean
    PublicAddresses publicAddresses(NotificationProperties properties) {
        return new PublicAddresses(properties.webPush().allowLoopback());
    }

    @Bean
    PushAddresses pushAddresses(PublicAddresses publicAddresses) {
        return new PushAddresses(publicAddresses);
    }

    @Bean
    Registrations pushRegistrations(DataSource vault, Clock clock, NotificationProperties properties) {
        return new Registrations(vault, clock, properties.maxDevices(), properties.registrationTtl());
    }

    @Bean(destroyMethod = "close")
    Senders pushSenders(NotificationProperties properties, PublicAddresses publicAddresses, Clock clock) {
        return new Senders(properties, publicAddresses, clock);
    }

    @Bean
    @Conditional(SomeServiceIsOn.class)
    @DependsOnDatabaseInitialization
    NotifierProcess notifierProcess(
            NotificationProperties properties,
            Registrations registrations,
            Senders senders,
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
        Queries queries = new Queries(queryGateway);
        PresentMessages present = new PresentMessages(queries, protection);
        PendingDecisions waiting = new PendingDecisions(properties.maxWaiting());
        NotificationMeters meters = new NotificationMeters(meterRegistry);
        NotificationQueue outbox = new NotificationQueue(senders, registrations, meters, properties, clock);
        Deliveries deliveries = new Deliveries(
                waiting,
                new Decider(queries, new Members(queries, entries), present, registrations, live, blocks, clock),
                new Wording(present, protection, queries),
                new Marks(vault),
                registrations,
                outbox,
                meters,
                properties,
                clock);
        return new NotifierProcess(
                new Notifier(deliveries, registrations), deliveries, outbox, waiting, events, vault, serializer);
    }

    /** Bound by hand: conditions are asked before there are beans. */
    static final class SomeServiceIsOn implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return NotificationProperties.in(context.getEnvironment()).anyService();
        }
    }
}
