package chat.parley.command.http;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.EventFeed;
import chat.parley.dispatch.CommandHandlingConfiguration;
import chat.parley.domain.Account;
import chat.parley.domain.Contact;
import chat.parley.domain.Conversation;
import chat.parley.domain.GroupPolicy;
import chat.parley.domain.ReadMark;
import chat.parley.domain.UsernameClaim;
import chat.parley.eventstore.feed.StreamEventFeed;
import chat.parley.identity.IdentityConfiguration;
import chat.parley.identity.security.SecurityConfiguration;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.InMemoryServerConfiguration;
import chat.parley.testing.InMemoryServerConfiguration.HandledAggregates;
import chat.parley.testing.MutableClock;
import chat.parley.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** This module as a server of its own, with a vault, the aggregates in memory and a read side that lags. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    InMemoryServerConfiguration.class,
    WebConfiguration.class,
    IdentityConfiguration.class,
    SecurityConfiguration.class,
    CommandHttpConfiguration.class,
    CommandHandlingConfiguration.class
})
class TestCommandServer {
    private static final int MAX_MEMBERS = 100;

    /** An answer that fails after its beginning was sent. */
    @RestController
    static final class Unfinished {
        static final String PATH = "/unfinished";
        static final String BEGINNING = "the beginning";

        @GetMapping("/api/v1" + PATH)
        void begin(HttpServletResponse response) throws IOException {
            response.getOutputStream().write(BEGINNING.getBytes(StandardCharsets.US_ASCII));
            response.flushBuffer();
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
    }

    @Bean
    MutableClock clock() {
        return new MutableClock();
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    ContendedEventStorage storage() {
        return new ContendedEventStorage();
    }

    @Bean
    HandledAggregates handled() {
        return new HandledAggregates(
                List.of(Account.class, Contact.class, Conversation.class, ReadMark.class, UsernameClaim.class),
                new GroupPolicy(MAX_MEMBERS));
    }

    @Bean
    EventFeed events(InMemoryAggregates aggregates) {
        return StreamEventFeed.ofEmbedded(aggregates.store());
    }

    @Bean
    CommandGateway commands(@Qualifier("localSegment") CommandBus bus) {
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }
}
