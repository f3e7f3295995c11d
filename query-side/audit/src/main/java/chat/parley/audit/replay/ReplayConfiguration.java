package chat.parley.audit.replay;

import chat.parley.api.port.EntryLookup;
import chat.parley.audit.access.AuditAccess;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures replays. Their sockets are the push tier's. */
@Configuration(proxyBeanMethods = false)
@Import(TicketConfiguration.class)
public class ReplayConfiguration {
    @Bean
    ReplayController auditReplays(SignedTickets tickets, EntryLookup entries, AuditAccess access, Clock clock) {
        return new ReplayController(tickets, entries, access, clock);
    }
}
