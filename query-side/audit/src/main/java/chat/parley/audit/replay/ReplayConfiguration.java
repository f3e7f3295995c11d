package chat.parley.audit.replay;

import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.KeyedHash;
import chat.parley.audit.access.AuditAccess;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures replays. Their sockets are the push tier's. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {
    @Bean
    SignedTickets replayTickets(KeyedHash hash, Clock clock, JsonMapper json) {
        return new SignedTickets(hash, clock, json);
    }

    @Bean
    ReplayController auditReplays(SignedTickets tickets, EntryLookup entries, AuditAccess access, Clock clock) {
        return new ReplayController(tickets, entries, access, clock);
    }
}
