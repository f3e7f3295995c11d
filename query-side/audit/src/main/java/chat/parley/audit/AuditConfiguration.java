package chat.parley.audit;

import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.event.EventConfiguration;
import chat.parley.audit.log.LogConfiguration;
import chat.parley.dispatch.CommandDispatcher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures the audit side. */
@Configuration(proxyBeanMethods = false)
@Import({LogConfiguration.class, EventConfiguration.class})
public class AuditConfiguration {
    @Bean
    AuditAccess auditAccess(CommandDispatcher commands) {
        return new AuditAccess(commands);
    }
}
