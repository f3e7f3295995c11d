package chat.parley.audit.replay;

import chat.parley.api.port.EntryLookup;
import chat.parley.audit.access.AuditAccess;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures replays. Their sockets are the push tier's. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {
    @Bean
    IssuedTickets replayTickets(Clock clock) {
        return new IssuedTickets(clock);
    }

    @Bean
    ReplayController auditReplays(IssuedTickets tickets, EntryLookup entries, AuditAccess access, Clock clock) {
        return new ReplayController(tickets, entries, access, clock);
    }
}
