package chat.parley.audit;

import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.access.AuditProperties;
import chat.parley.audit.conversation.PastConversationConfiguration;
import chat.parley.audit.event.EventConfiguration;
import chat.parley.audit.export.ExportConfiguration;
import chat.parley.audit.export.schedule.ExportJobConfiguration;
import chat.parley.audit.follow.FollowedEvents;
import chat.parley.audit.log.LogConfiguration;
import chat.parley.audit.rebuild.RebuildConfiguration;
import chat.parley.audit.replay.ReplayConfiguration;
import chat.parley.audit.review.ReviewConfiguration;
import chat.parley.dispatch.CommandDispatcher;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures the audit side. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
@Import({
    LogConfiguration.class,
    EventConfiguration.class,
    ExportConfiguration.class,
    ExportJobConfiguration.class,
    PastConversationConfiguration.class,
    ReviewConfiguration.class,
    RebuildConfiguration.class,
    ReplayConfiguration.class
})
public class AuditConfiguration {
    @Bean
    AuditAccess auditAccess(CommandDispatcher commands) {
        return new AuditAccess(commands);
    }

    /** Named where it is needed, because everybody else reads the event store itself. */
    @Bean(defaultCandidate = false)
    FollowedEvents followedEvents(RawEvents events) {
        return new FollowedEvents(events);
    }
}
