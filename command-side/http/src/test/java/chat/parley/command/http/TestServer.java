package chat.parley.command.http;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.EventFeed;
import chat.parley.dispatch.OutcomeResolvingCommandBus;
import chat.parley.identity.IdentityConfiguration;
import chat.parley.testing.MutableClock;
import chat.parley.web.WebConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** This module as a server of its own, with a real vault and the rest of Parley played by {@link House}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({WebConfiguration.class, IdentityConfiguration.class, CommandHttpConfiguration.class})
class TestServer {
    /** One per JVM: it takes seconds to start. */
    private static final class Vault {
        static final EmbeddedPostgres POSTGRES = start();

        private static final AtomicInteger DATABASES = new AtomicInteger();

        /** For each server its own: they have different events, and each finishes the deletions it finds. */
        static DataSource database() {
            String name = "vault" + DATABASES.incrementAndGet();
            JdbcClient.create(POSTGRES.getPostgresDatabase())
                    .sql("create database " + name)
                    .update();
            return POSTGRES.getDatabase("postgres", name);
        }

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An answer that fails when its beginning is on its way already. */
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
    DataSource vault() {
        return Vault.database();
    }

    @Bean
    MutableClock clock() {
        return new MutableClock();
    }

    @Bean
    TestKeys keys() {
        return new TestKeys();
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    House house(TestKeys keys, MutableClock clock) {
        return new House(keys, clock);
    }

    @Bean
    EventFeed events(House house) {
        return new EventFeed() {
            @Override
            public long head() {
                return house.head();
            }

            @Override
            public Follower follow(long afterIndex) {
                return house.follow(afterIndex);
            }
        };
    }

    @Bean
    CommandGateway commands(House house) {
        CommandBus bus = SimpleCommandBus.builder().build();
        new AnnotationCommandHandlerAdapter<>(house).subscribe(bus);
        return DefaultCommandGateway.builder()
                .commandBus(new OutcomeResolvingCommandBus(bus))
                .build();
    }

    @Bean
    QueryGateway queries(House house) {
        QueryBus bus = SimpleQueryBus.builder().build();
        new AnnotationQueryHandlerAdapter<>(house).subscribe(bus);
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }
}
