package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.testing.Intercepted;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;

/** Commands fail at random, with and without having been stored. */
class KeepingASendersOrderTest {
    private static final ConversationId TALK = new ConversationId("talk");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final FanoutBackpressure KEEPS_UP =
            new FanoutBackpressure(Duration.ofSeconds(1), Duration.ofSeconds(1));

    /** A command side that stores each command once and fails at random. */
    private static final class Unreliable {
        private final Random random;
        private final double failing;
        private final List<String> stored = Collections.synchronizedList(new ArrayList<>());

        Unreliable(long seed, double failing) {
            this.random = new Random(seed);
            this.failing = failing;
        }

        ConversationCommandQueue lanes(Duration patience) {
            CommandGateway gateway = Intercepted.of(CommandGateway.class, (_, _, arguments) -> send(arguments[0]));
            return new ConversationCommandQueue(gateway, KEEPS_UP, Duration.ofMillis(20), patience);
        }

        private synchronized CompletableFuture<Object> send(Object command) {
            if (random.nextDouble() >= failing) {
                return CompletableFuture.completedFuture(handled(command, Integer.MAX_VALUE));
            }
            return switch (random.nextInt(7)) {
                case 0 -> CompletableFuture.failedFuture(new ConcurrencyException("somebody else was first"));
                case 1 -> CompletableFuture.failedFuture(new Refused(Refusal.RETRY_LATER));
                case 2 -> CompletableFuture.failedFuture(new Refused(Refusal.OUTCOME_UNKNOWN));
                case 3 -> {
                    Object _ = handled(command, Integer.MAX_VALUE);
                    yield CompletableFuture.failedFuture(new Refused(Refusal.OUTCOME_UNKNOWN));
                }
                case 4 -> {
                    Object _ = handled(command, Integer.MAX_VALUE);
                    yield new CompletableFuture<>();
                }
                case 5 ->
                    CompletableFuture.failedFuture(
                            new IllegalStateException(new SQLTransientConnectionException("none is free")));
                default -> CompletableFuture.completedFuture(handled(command, random.nextInt(4)));
            };
        }

        /** @param known number of messages that the read side knows */
        private Object handled(Object command, int known) {
            if (command instanceof EditMessage edit) {
                return store(edit.text());
            }
            List<SendOutcomes.Outcome> outcomes = new ArrayList<>();
            Set<UserId> waiting = new HashSet<>();
            for (Draft draft : ((SendMessages) command).messages()) {
                if (draft.text().endsWith("refused")) {
                    outcomes.add(SendOutcomes.Outcome.refused(Refusal.MESSAGE_EMPTY));
                } else if (outcomes.size() >= known || waiting.contains(draft.by())) {
                    waiting.add(draft.by());
                    outcomes.add(SendOutcomes.Outcome.refused(Refusal.RETRY_LATER));
                } else {
                    outcomes.add(SendOutcomes.Outcome.accepted(store(draft.text())));
                }
            }
            return new SendOutcomes(outcomes);
        }

        private EntryAck store(String text) {
            if (!stored.contains(text)) {
                stored.add(text);
            }
            return new EntryAck(stored.indexOf(text) + 1L, Instant.EPOCH);
        }
    }

    /** One session and the outcomes of its commands. */
    private static final class Sender {
        private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean over;

        void send(ConversationCommandQueue lanes, String user, String text) {
            Draft draft =
                    new Draft(new UserId(user), new ClientMessageId(text.replace(' ', '-')), text, null, List.of());
            lanes.submit(new QueuedCommand.Send(TALK, draft, reply(text)));
        }

        void edit(ConversationCommandQueue lanes, String user, String text) {
            lanes.submit(new QueuedCommand.Other<>(
                    new EditMessage(TALK, new UserId(user), 1, text, List.of()), EntryAck.class, reply(text)));
        }

        private QueuedCommand.Reply<EntryAck> reply(String text) {
            return new QueuedCommand.Reply<>() {
                @Override
                public void accepted(EntryAck ack) {
                    answers.add(text);
                }

                @Override
                public void refused(Refusal refusal) {
                    answers.add(text + " " + refusal.code());
                }

                @Override
                public void givenUp(Refusal refusal) {
                    over = true;
                    refused(refusal);
                }

                @Override
                public boolean isPointless() {
                    return over;
                }

                @Override
                public boolean keepsOrder() {
                    return true;
                }
            };
        }
    }

    @Property(tries = 25)
    void noCommandOvertakesAnEarlierOneOfItsSender(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count, @ForAll @IntRange(max = 5) int failing) {
        Random random = new Random(seed);
        Unreliable commands = new Unreliable(seed, failing / 10.0);
        ConversationCommandQueue lanes = commands.lanes(PATIENCE);
        List<Sender> senders = List.of(new Sender(), new Sender());
        List<List<String>> sent = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < count; i++) {
            int who = random.nextInt(2);
            boolean isRefused = random.nextInt(10) == 0;
            String text = who + "-" + i + (isRefused ? " refused" : "");
            sent.get(who).add(text);
            if (!isRefused && random.nextInt(5) == 0) {
                senders.get(who).edit(lanes, "user" + who, text);
            } else {
                senders.get(who).send(lanes, "user" + who, text);
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(lanes::isIdle);
        for (int who = 0; who < 2; who++) {
            String prefix = who + "-";
            assertThat(commands.stored.stream().filter(text -> text.startsWith(prefix)))
                    .containsExactlyElementsOf(sent.get(who).stream()
                            .filter(text -> !text.endsWith("refused"))
                            .toList());
            assertThat(senders.get(who).answers)
                    .containsExactlyInAnyOrderElementsOf(sent.get(who).stream()
                            .map(text -> text.endsWith("refused") ? text + " message-empty" : text)
                            .toList());
        }
    }

    /** The first of them ends the session. Later commands of the session are not stored. */
    @Example
    void aCommandThatIsGivenUpEndsItsSessionBeforeALaterOneIsStored() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        CommandGateway failing = Intercepted.of(CommandGateway.class, (_, _, arguments) -> {
            ((SendMessages) arguments[0]).messages().forEach(draft -> asked.add(draft.text()));
            return CompletableFuture.failedFuture(new Refused(Refusal.RETRY_LATER));
        });
        ConversationCommandQueue lanes =
                new ConversationCommandQueue(failing, KEEPS_UP, Duration.ofSeconds(1), Duration.ofMillis(100));
        Sender sender = new Sender();
        for (int i = 0; i < 100; i++) {
            sender.send(lanes, "user", "m" + i);
        }
        await().atMost(Duration.ofSeconds(20)).until(lanes::isIdle);
        int before = asked.size();
        sender.send(lanes, "user", "later");
        await().atMost(Duration.ofSeconds(20)).until(lanes::isIdle);
        assertThat(sender.over).isTrue();
        assertThat(sender.answers).hasSize(101).allMatch(answer -> answer.endsWith("retry-later"));
        assertThat(asked).hasSize(before);
    }
}
