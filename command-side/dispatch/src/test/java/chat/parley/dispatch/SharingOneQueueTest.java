package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.testing.Intercepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests and sockets send to the same conversation. */
@Timeout(30)
class SharingOneQueueTest {
    private static final ConversationId TALK = new ConversationId("talk");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FanoutBackpressure keepsUp = new FanoutBackpressure(LONG, LONG);
    private final Queue<CompletableFuture<Object>> held = new ConcurrentLinkedQueue<>();
    private final List<Object> handled = new CopyOnWriteArrayList<>();
    private volatile Function<Draft, SendOutcomes.Outcome> outcome = _ -> accepted();
    private final CommandGateway gateway = Intercepted.of(CommandGateway.class, (_, _, arguments) -> {
        Object command = arguments[0];
        handled.add(command);
        CompletableFuture<Object> first = held.poll();
        return (first == null ? CompletableFuture.completedFuture(null) : first).thenApply(_ -> answer(command));
    });

    private static SendOutcomes.Outcome accepted() {
        return SendOutcomes.Outcome.accepted(new EntryAck(1, Instant.EPOCH));
    }

    private Object answer(Object command) {
        return command instanceof SendMessages messages
                ? new SendOutcomes(messages.messages().stream().map(outcome).toList())
                : new EntryAck(1, Instant.EPOCH);
    }

    private ConversationCommandQueue queue(FanoutBackpressure backpressure) {
        return new ConversationCommandQueue(gateway, backpressure, LONG, LONG);
    }

    private static Draft draft(String user, String text) {
        return new Draft(new UserId(user), new ClientMessageId(text), text, null, List.of());
    }

    private static CompletableFuture<EntryAck> bySocket(ConversationCommandQueue queue, Draft draft) {
        CompletableFuture<EntryAck> told = new CompletableFuture<>();
        queue.submit(new QueuedCommand.Send(TALK, draft, new FutureReply(told, true)));
        return told;
    }

    /** Sends one message after the other, like a client that waits for each answer. */
    private static Thread byRequest(CommandDispatcher commands, Draft... drafts) {
        return Thread.ofPlatform().start(() -> {
            for (Draft draft : drafts) {
                commands.send(TALK, draft);
            }
        });
    }

    private static List<String> texts(Object command) {
        return ((SendMessages) command).messages().stream().map(Draft::text).toList();
    }

    private List<String> stored(String user) {
        return handled.stream()
                .filter(SendMessages.class::isInstance)
                .map(SendMessages.class::cast)
                .flatMap(messages -> messages.messages().stream())
                .filter(draft -> draft.by().value().equals(user))
                .map(Draft::text)
                .toList();
    }

    private static void waits(Thread request) {
        await().until(() -> request.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void messagesThatWaitBehindOneCommandAreOneBatch() throws Exception {
        ConversationCommandQueue queue = queue(keepsUp);
        CommandDispatcher commands = new CommandDispatcher(gateway, queue, LONG);
        CompletableFuture<Object> inFlight = new CompletableFuture<>();
        held.add(inFlight);
        CompletableFuture<EntryAck> first = bySocket(queue, draft("ann", "a1"));
        await().until(() -> handled.size() == 1);

        CompletableFuture<EntryAck> second = bySocket(queue, draft("ann", "a2"));
        Thread bob = byRequest(commands, draft("bob", "b1"));
        waits(bob);
        CompletableFuture<EntryAck> third = bySocket(queue, draft("ann", "a3"));
        Thread cyd = byRequest(commands, draft("cyd", "c1"));
        waits(cyd);
        inFlight.complete(null);

        bob.join();
        cyd.join();
        CompletableFuture.allOf(first, second, third).join();
        assertThat(handled).hasSize(2);
        assertThat(texts(handled.getLast())).containsExactly("a2", "b1", "a3", "c1");
    }

    @Test
    void everySenderKeepsTheirOrder() throws Exception {
        ConversationCommandQueue queue = queue(keepsUp);
        CommandDispatcher commands = new CommandDispatcher(gateway, queue, LONG);
        int count = 200;
        List<Thread> requests = new ArrayList<>();
        for (String user : List.of("bob", "cyd")) {
            requests.add(byRequest(
                    commands,
                    IntStream.range(0, count)
                            .mapToObj(i -> draft(user, user + i))
                            .toArray(Draft[]::new)));
        }
        List<CompletableFuture<EntryAck>> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            told.add(bySocket(queue, draft("ann", "ann" + i)));
        }
        for (Thread request : requests) {
            request.join();
        }
        CompletableFuture.allOf(told.toArray(CompletableFuture[]::new)).join();
        for (String user : List.of("ann", "bob", "cyd")) {
            assertThat(stored(user))
                    .containsExactlyElementsOf(
                            IntStream.range(0, count).mapToObj(i -> user + i).toList());
        }
    }

    @Test
    void otherCommandsKeepTheirPlaceInTheQueue() throws Exception {
        ConversationCommandQueue queue = queue(keepsUp);
        CommandDispatcher commands = new CommandDispatcher(gateway, queue, LONG);
        CompletableFuture<Object> inFlight = new CompletableFuture<>();
        held.add(inFlight);
        CompletableFuture<EntryAck> first = bySocket(queue, draft("ann", "a1"));
        await().until(() -> handled.size() == 1);
        Thread joining =
                Thread.ofPlatform().start(() -> commands.send(new JoinGroup(TALK, new UserId("bob")), EntryAck.class));
        waits(joining);
        CompletableFuture<EntryAck> second = bySocket(queue, draft("ann", "a2"));
        assertThat(handled).hasSize(1);
        inFlight.complete(null);
        joining.join();
        first.join();
        second.join();
        assertThat(handled).hasSize(3);
        assertThat(handled.get(1)).isInstanceOf(JoinGroup.class);
    }

    @Test
    void aRequestIsRefusedAtOnceWhereASocketsMessageIsRetried() throws Exception {
        ConversationCommandQueue queue = queue(keepsUp);
        CommandDispatcher commands = new CommandDispatcher(gateway, queue, LONG);
        CountDownLatch requested = new CountDownLatch(1);
        outcome = _ -> requested.getCount() == 0 ? accepted() : SendOutcomes.Outcome.refused(Refusal.RETRY_LATER);
        CompletableFuture<EntryAck> waiting = bySocket(queue, draft("ann", "a1"));
        try {
            commands.send(TALK, draft("bob", "b1"));
            throw new AssertionError("It was accepted");
        } catch (Refused refused) {
            assertThat(refused.refusal()).isEqualTo(Refusal.RETRY_LATER);
        }
        assertThat(stored("bob")).containsExactly("b1");
        assertThat(waiting).isNotDone();
        requested.countDown();
        assertThat(waiting.join()).isNotNull();
    }

    @Test
    void aRequestDoesNotWaitForTheFanOut() throws Exception {
        FanoutBackpressure behind = new FanoutBackpressure(Duration.ZERO, LONG);
        behind.isBehind(true);
        ConversationCommandQueue queue = queue(behind);
        CommandDispatcher commands = new CommandDispatcher(gateway, queue, LONG);
        commands.send(TALK, draft("bob", "b1"));
        assertThat(stored("bob")).containsExactly("b1");

        CompletableFuture<EntryAck> waiting = bySocket(queue, draft("ann", "a1"));
        assertThat(stored("ann")).isEmpty();
        behind.isBehind(false);
        assertThat(waiting.join()).isNotNull();
    }

    @Test
    void anAbandonedRequestIsNotExecuted() throws Exception {
        ConversationCommandQueue queue = queue(keepsUp);
        CommandDispatcher impatient = new CommandDispatcher(gateway, queue, Duration.ofMillis(10));
        CompletableFuture<Object> inFlight = new CompletableFuture<>();
        held.add(inFlight);
        CompletableFuture<EntryAck> first = bySocket(queue, draft("ann", "a1"));
        await().until(() -> handled.size() == 1);
        List<Refusal> told = Collections.synchronizedList(new ArrayList<>());
        Thread.ofPlatform()
                .start(() -> {
                    try {
                        impatient.send(TALK, draft("bob", "b1"));
                    } catch (Refused refused) {
                        told.add(refused.refusal());
                    }
                })
                .join();
        inFlight.complete(null);
        first.join();
        await().until(queue::isIdle);
        assertThat(told).containsExactly(Refusal.OUTCOME_UNKNOWN);
        assertThat(handled).hasSize(1);
    }
}
