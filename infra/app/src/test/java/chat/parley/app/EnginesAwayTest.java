package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.mongodb.EmbeddedMongo;
import chat.parley.embedded.postgres.PostgresEngine;
import chat.parley.testing.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.util.TestSocketUtils;

/** Engines that are away, at a start and later. */
class EnginesAwayTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Far more than the two seconds that a request waits, and less than the half minute of the drivers. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);

    @Test
    void requestsAreRefusedSoonAndChatGoesOnWhereItCan() {
        try (ParleyServer server = ParleyServer.start("parley.limits.enabled=false")) {
            TestUser alice = server.newPerson();
            TestUser bob = server.newPerson();
            String conversation = alice.startDirect(bob);
            ApiClient anybody = new ApiClient(server.port(), null);
            try (SocketClient atAlice = alice.connect();
                    SocketClient atBob = bob.connect()) {
                atAlice.ask(TestUser.message(conversation, "before"));
                assertThat(atBob.awaitEntry("message").path("text").asString()).isEqualTo("before");

                server.bean(EmbeddedMongo.class).close();

                within(ANSWERED_WITHIN, () -> alice.rest.get("/inbox").expectProblem(503, "retry-later"));
                atAlice.ask(TestUser.message(conversation, "without a read side"));
                assertThat(atBob.awaitEntry("message").path("text").asString()).isEqualTo("without a read side");
                within(ANSWERED_WITHIN, () -> anybody.get("/readyz").expect(200));

                server.bean(PostgresEngine.class).close();

                within(
                        ANSWERED_WITHIN,
                        () -> assertThat(anybody.get("/readyz").response().statusCode())
                                .isEqualTo(503));
                within(
                        ANSWERED_WITHIN,
                        () -> anybody.post(
                                        "/sessions",
                                        Map.of(
                                                "username", alice.username,
                                                "password", "of nobody",
                                                "device", "phone"))
                                .expectProblem(503, "retry-later"));
            }
        }
    }

    @Test
    void aStartWaitsForEnginesAndNamesTheOneThatIsAway() throws IOException {
        ParleyServer running = ParleyServer.shared();
        JdbcConnectionDetails postgres = running.bean(JdbcConnectionDetails.class);
        int postgresPort =
                URI.create(postgres.getJdbcUrl().substring("jdbc:".length())).getPort();
        int nothing = TestSocketUtils.findAvailableTcpPort();
        try (TcpProxy toPostgres = new TcpProxy(nothing)) {
            Map<String, Object> settings = new HashMap<>(Map.of(
                    "parley.engines", "server",
                    "parley.engines-wait", "2m",
                    "spring.datasource.url", postgres.getJdbcUrl().replace(":" + postgresPort, ":" + toPostgres.port()),
                    "spring.datasource.username", postgres.getUsername(),
                    "spring.datasource.password", postgres.getPassword(),
                    "spring.mongodb.uri",
                            running.bean(EmbeddedMongo.class).connectionString().toString()));
            CompletableFuture<Void> start = CompletableFuture.runAsync(() -> initialize(settings));
            assertThat(start).failsWithin(Duration.ofSeconds(2)).withThrowableOfType(TimeoutException.class);

            toPostgres.retarget(postgresPort);

            assertThat(start).succeedsWithin(LIMIT);

            settings.put("parley.engines-wait", "1s");
            settings.put("axon.axonserver.servers", "localhost:" + nothing);
            assertThatExceptionOfType(StartupFailure.class)
                    .isThrownBy(() -> initialize(settings))
                    .withMessageContaining("Axon Server at localhost:" + nothing + " did not answer for 1 s")
                    .satisfies(failure -> assertThat(failure.advice()).contains("axon.axonserver.servers"));
            settings.put("spring.datasource.password", "not the password");
            assertThatExceptionOfType(StartupFailure.class)
                    .isThrownBy(() -> initialize(settings))
                    .withMessageContaining("PostgreSQL at 127.0.0.1:" + toPostgres.port() + " refuses Parley")
                    .satisfies(failure -> assertThat(failure.advice()).contains("spring.datasource.password"));
        }
    }

    private static void initialize(Map<String, Object> settings) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", settings));
            new EnginesInitializer().initialize(context);
        }
    }

    private static void within(Duration limit, Runnable request) {
        assertThat(CompletableFuture.runAsync(request)).succeedsWithin(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
