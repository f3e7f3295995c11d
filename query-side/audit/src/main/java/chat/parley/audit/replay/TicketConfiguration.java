package chat.parley.audit.replay;

import chat.parley.api.port.KeyedHash;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures the tickets of replays, which another process may have issued. */
@Configuration(proxyBeanMethods = false)
public class TicketConfiguration {
    @Bean
    SignedTickets replayTickets(KeyedHash hash, Clock clock, JsonMapper json) {
        return new SignedTickets(hash, clock, json);
    }
}
