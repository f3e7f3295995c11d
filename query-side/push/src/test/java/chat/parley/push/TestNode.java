package chat.parley.push;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.EndSession;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.port.ActivityVault;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.FindReadModelState;
import chat.parley.api.port.LoginVault;
import chat.parley.api.presence.FindPresence;
import chat.parley.api.presence.PresenceCommand.OpenDevice;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.Intercepted;
import chat.parley.testing.conversation.InMemoryEventFeed;
import chat.parley.web.problem.ProblemConfiguration;
import chat.parley.web.token.AccessTokenVerifier;
import chat.parley.web.token.AuthenticatedUser;
import chat.parley.web.token.TokenClaims;
import chat.parley.web.token.TokenVerification;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.Jwt;

/** A push node on a real web server, with a command side and a read side in memory. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({PushConfiguration.class, ProblemConfiguration.class})
class TestNode {
    static final ConversationId LOBBY = new ConversationId("lobby");
    static final ConversationId DIRECT = new ConversationId("direct");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");

    @Bean
    InMemoryEventFeed eventStore() {
        InMemoryEventFeed eventStore = new InMemoryEventFeed();
        eventStore.startGroup(LOBBY, ANN, "title", HistoryAccess.SINCE_JOINED, BOB);
        eventStore.startDirect(DIRECT, ANN, BOB);
        return eventStore;
    }

    @Bean
    FakeTextProtection protection() {
        return FakeTextProtection.legible();
    }

    @Bean
    FakeKeyedHash hashes() {
        return new FakeKeyedHash();
    }

    @Bean
    Epoch epoch() {
        return new Epoch("e1");
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
    }

    /** Tokens are {@code user:device:session:lifetime in seconds}. */
    @Bean
    AccessTokenVerifier tokens(Clock clock) {
        return token -> {
            String[] parts = token.split(":", -1);
            if (parts.length != 4) {
                return new TokenVerification.Rejected(Refusal.TOKEN_INVALID);
            }
            Instant now = clock.instant();
            Jwt jwt = Jwt.withTokenValue(token)
                    .header("alg", "none")
                    .subject(parts[0])
                    .claim(TokenClaims.DEVICE, parts[1])
                    .claim(TokenClaims.SESSION, parts[2])
                    .issuedAt(now)
                    .expiresAt(now.plusSeconds(Long.parseLong(parts[3])))
                    .build();
            return new TokenVerification.Accepted(jwt, AuthenticatedUser.of(jwt));
        };
    }

    @Bean
    ActivityVault activities() {
        return new ActivityVault() {
            @Override
            public void keep(String node, Collection<LastActivity> activities) {}

            @Override
            public List<LastActivity> of(String node) {
                return List.of();
            }

            @Override
            public void forget(UserId user) {}
        };
    }

    @Bean
    FakeRelations relations() {
        return new FakeRelations();
    }

    @Bean
    BlockPolicy blockPolicy(FakeRelations relations) {
        return new BlockPolicy(relations);
    }

    @Bean
    LoginVault logins() {
        return login -> {};
    }

    @Bean
    CommandSide commandSide(InMemoryEventFeed eventStore) {
        return new CommandSide(eventStore);
    }

    @Bean
    CommandGateway commandGateway(CommandSide commands) {
        return Intercepted.of(CommandGateway.class, (_, method, arguments) -> {
            if (!method.getName().equals("send") || arguments.length != 1) {
                throw new UnsupportedOperationException(method.toString());
            }
            Object command = arguments[0];
            return CompletableFuture.supplyAsync(() -> commands.handle(command), Thread::startVirtualThread);
        });
    }

    @Bean
    QueryGateway queryGateway(InMemoryEventFeed eventStore, CommandSide commands) {
        LaggingReadModel readModel = new LaggingReadModel(eventStore, new Random(1));
        return Intercepted.of(QueryGateway.class, (_, method, arguments) -> {
            readModel.applyUpTo(eventStore.head());
            Object answer = switch (arguments[0]) {
                case FindMemberships q -> readModel.memberships(q.user(), q.atLeastIndex());
                case FindMissed q -> readModel.missed(q);
                case FindReadModelState _ -> new FindReadModelState.State(eventStore.head());
                case FindContacts _ -> new FindContacts.Contacts(List.of());
                case FindPresence q ->
                    new FindPresence.Presences(q.users().stream()
                            .map(FindPresence.UserPresence::none)
                            .toList());
                case FindPresence.Open _ -> new FindPresence.OpenDevices(List.of(), null);
                default -> throw new UnsupportedOperationException(method.toString());
            };
            return CompletableFuture.completedFuture(answer);
        });
    }

    /** Does what the domain would, as far as these tests go. */
    static final class CommandSide {
        final List<Object> handled = new CopyOnWriteArrayList<>();
        private final InMemoryEventFeed eventStore;
        private volatile CountDownLatch gate = new CountDownLatch(0);

        CommandSide(InMemoryEventFeed eventStore) {
            this.eventStore = eventStore;
        }

        /** Commands wait from now on. */
        CountDownLatch hold() {
            CountDownLatch held = new CountDownLatch(1);
            gate = held;
            return held;
        }

        Object handle(Object command) {
            try {
                gate.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            handled.add(command);
            return switch (command) {
                case SendMessages c -> send(c);
                case MoveReadMark c -> {
                    eventStore.append(
                            c.id().toString(),
                            new ReadMarkMoved(c.id().conversation(), c.id().user(), c.position(), Instant.EPOCH));
                    yield true;
                }
                case EndSession c -> {
                    eventStore.append(
                            c.user().value(), new SessionEnded(c.user(), c.device(), c.session(), Instant.EPOCH));
                    yield true;
                }
                case OpenDevice c -> {
                    eventStore.append(
                            c.id().toString(), new DeviceOpened(c.id().user(), c.device(), c.session(), Instant.EPOCH));
                    yield true;
                }
                default -> throw new Refused(Refusal.NOT_YOUR_MESSAGE);
            };
        }

        private SendOutcomes send(SendMessages command) {
            List<SendOutcomes.Outcome> outcomes = new ArrayList<>();
            for (Draft draft : command.messages()) {
                if (draft.text().isBlank()) {
                    outcomes.add(SendOutcomes.Outcome.refused(Refusal.MESSAGE_EMPTY));
                } else {
                    long position = eventStore.send(command.conversation(), draft.by(), draft.text());
                    outcomes.add(SendOutcomes.Outcome.accepted(new EntryAck(position, Instant.EPOCH)));
                }
            }
            return new SendOutcomes(outcomes);
        }
    }
}
