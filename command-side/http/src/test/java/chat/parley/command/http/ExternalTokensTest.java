package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.port.TextProtection;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ConversationCommandQueue;
import chat.parley.dispatch.FanoutBackpressure;
import chat.parley.dispatch.OutcomeResolvingCommandBus;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.domain.Account;
import chat.parley.domain.UsernameClaim;
import chat.parley.identity.policy.AuthProperties;
import chat.parley.identity.profile.UsernameClaims;
import chat.parley.identity.profile.UsernameRegistry;
import chat.parley.identity.token.ExternalAccounts;
import chat.parley.identity.token.ExternalTokens;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.InMemoryAggregates;
import chat.parley.testing.InMemoryQueries;
import chat.parley.testing.LaggingReadSide;
import chat.parley.testing.MutableClock;
import chat.parley.web.token.VerifyingJwtDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.util.unit.DataSize;

class ExternalTokensTest {
    private final MutableClock clock = new MutableClock();
    private final FakeTextProtection protection = new FakeTextProtection();
    private final FakeKeyedHash hashes = new FakeKeyedHash();
    private final CommandBus bus =
            new OutcomeResolvingCommandBus(SimpleCommandBus.builder().build());
    private final InMemoryAggregates aggregates =
            new InMemoryAggregates(bus, new InMemoryEventStorageEngine(), clock, protection);
    private final Map<String, Jwt> issued = new HashMap<>();
    private final JwtDecoder tokens = new VerifyingJwtDecoder(tokens());

    @Test
    void registerAnAccountOnFirstSightOnly() {
        issue("t1", "sub-1", "Alice", "Alice A.");
        Jwt first = tokens.decode("t1");
        Jwt second = tokens.decode("t1");
        assertThat(first.getSubject()).isEqualTo(second.getSubject()).doesNotContain("sub-1");
        assertThat(aggregates.stored(AccountRegistered.class)).singleElement().satisfies(account -> {
            assertThat(account.user().value()).isEqualTo(first.getSubject());
            assertThat(protection.reveal(account.username(), TextProtection.usernameContext(account.user())))
                    .contains("Alice");
            assertThat(protection.reveal(account.displayName(), TextProtection.displayNameContext(account.user())))
                    .contains("Alice A.");
        });
    }

    @Test
    void giveASecondUserWithTheSameNameAnotherUsername() {
        issue("t1", "sub-1", "alice", "Alice");
        issue("t2", "sub-2", "ALICE", "Alice");
        issue("t3", "sub-3", "no name at all", "Alice");
        tokens.decode("t1");
        tokens.decode("t2");
        tokens.decode("t3");
        assertThat(aggregates.stored(AccountRegistered.class))
                .extracting(account -> protection
                        .reveal(account.username(), TextProtection.usernameContext(account.user()))
                        .orElseThrow())
                .satisfiesExactly(
                        name -> assertThat(name).isEqualTo("alice"),
                        name -> assertThat(name).startsWith("ALICE-"),
                        name -> assertThat(name).startsWith("user-"));
    }

    @Test
    void keepOnlyKnownRoles() {
        issue("t1", "sub-1", "alice", "Alice");
        assertThat(tokens.decode("t1").getClaimAsStringList("roles")).containsExactly("auditor");
    }

    @Test
    void expire() {
        issue("t1", "sub-1", "alice", "Alice");
        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> tokens.decode("t1"))
                .satisfies(thrown -> assertThat(Refused.in(thrown)).contains(Refusal.TOKEN_EXPIRED));
    }

    @Test
    void areRefusedWhenTheIssuerDoesNotKnowThem() {
        assertThatThrownBy(() -> tokens.decode("forged"))
                .satisfies(thrown -> assertThat(Refused.in(thrown)).contains(Refusal.TOKEN_INVALID));
    }

    private void issue(String token, String subject, String username, String name) {
        issued.put(
                token,
                Jwt.withTokenValue(token)
                        .header("alg", "RS256")
                        .subject(subject)
                        .claim("preferred_username", username)
                        .claim("name", name)
                        .claim("groups", List.of("auditor", "emperor"))
                        .expiresAt(Instant.parse("2026-01-01T01:00:00Z"))
                        .build());
    }

    private ExternalTokens tokens() {
        aggregates.handleCommandsOf(Account.class);
        aggregates.handleCommandsOf(UsernameClaim.class);
        TestCommandServer server = new TestCommandServer();
        QueryGateway queries = InMemoryQueries.gateway(new LaggingReadSide(aggregates, clock));
        UsernameClaims claims = new UsernameClaims(hashes);
        Duration timeout = Duration.ofSeconds(10);
        CommandGateway gateway = server.commands(bus);
        CommandDispatcher commands = new CommandDispatcher(
                gateway,
                new ConversationCommandQueue(gateway, new FanoutBackpressure(timeout, timeout), timeout, timeout),
                timeout);
        ReadModelClient readModel = new ReadModelClient(queries, server.events(aggregates), timeout);
        UsernameRegistry usernames = new UsernameRegistry(claims, () -> {}, commands, readModel);
        ExternalAccounts accounts = new ExternalAccounts(claims, usernames, commands, readModel);
        AuthProperties auth = new AuthProperties(
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofSeconds(30),
                DataSize.ofKilobytes(64),
                1,
                "https://issuer.example",
                null,
                "groups");
        return new ExternalTokens(
                token -> {
                    Jwt known = issued.get(token);
                    if (known == null) {
                        throw new BadJwtException("unknown");
                    }
                    return known;
                },
                hashes,
                accounts,
                clock,
                auth);
    }
}
