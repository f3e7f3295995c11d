package chat.parley.dispatch;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.dispatch.QueuedCommand.Other;
import chat.parley.dispatch.QueuedCommand.Send;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/**
 * One queue per conversation with at most one command in flight, because a command bus keeps no order. Consecutive
 * messages in the queue are sent as one batch, and each gets its own answer, so that a busy conversation needs one
 * commit for many messages. A queue and its virtual thread exist only while the queue holds a command.
 *
 * <p>A command that {@link QueuedCommand.Reply#keepsOrder keeps its sender's order} and fails for a temporary reason is
 * retried at the head of the queue, so that no later command of the same sender overtakes it. Commands are idempotent,
 * so a retry is safe. If the reason lasts longer than {@code patience}, the command is given up and its session ends.
 */
public final class ConversationCommandQueue {
    /** Maximum characters of text in a batch. In server mode a command is sent over the network. */
    private static final int MAX_BATCH_CHARS = 256 * 1024;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final CommandBusClient bus;
    private final FanoutBackpressure backpressure;
    private final Duration timeout;
    private final Duration patience;
    private final Map<ConversationId, Waiting> conversations = new ConcurrentHashMap<>();

    /** The waiting commands of one conversation, guarded by the map entry. */
    private static final class Waiting {
        private final Deque<Submitted> commands = new ArrayDeque<>(2);
    }

    private record Submitted(QueuedCommand command, long sinceNanos) {
        QueuedCommand.Reply<?> reply() {
            return command.reply();
        }
    }

    private record Unsettled(Submitted submitted, Refusal refusal) {}

    /**
     * @param timeout time after which the outcome of a command is unknown
     * @param patience time after its submission until which a command is retried
     */
    public ConversationCommandQueue(
            CommandGateway gateway, FanoutBackpressure backpressure, Duration timeout, Duration patience) {
        this.bus = new CommandBusClient(gateway);
        this.backpressure = backpressure;
        this.timeout = timeout;
        this.patience = patience;
    }

    public void submit(QueuedCommand command) {
        ConversationId conversation = command.conversation();
        Waiting opened = new Waiting();
        Waiting taken = conversations.compute(conversation, (_, present) -> {
            Waiting waiting = present == null ? opened : present;
            waiting.commands.add(new Submitted(command, System.nanoTime()));
            return waiting;
        });
        if (taken == opened) {
            // Outside compute(), because the thread first reads the same map entry.
            Thread.ofVirtual().name("conversation-commands").start(() -> drain(conversation));
        }
    }

    /** Whether no command is in flight or waiting. */
    public boolean isIdle() {
        return conversations.isEmpty();
    }

    private void drain(ConversationId conversation) {
        Duration pause = FIRST_PAUSE;
        for (List<Submitted> batch = nextInTime(conversation); !batch.isEmpty(); batch = nextInTime(conversation)) {
            List<Unsettled> unsettled = run(conversation, batch);
            if (unsettled.isEmpty()) {
                pause = FIRST_PAUSE;
            } else if (putBack(conversation, unsettled)) {
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /**
     * Puts the commands whose patience is not over back at the head of the queue. Waiting commands that keep no order
     * are moved before them, because they need not wait for the retry.
     *
     * @return whether a command was put back
     */
    private boolean putBack(ConversationId conversation, List<Unsettled> unsettled) {
        List<Submitted> again = new ArrayList<>(unsettled.size());
        for (Unsettled command : unsettled) {
            boolean late = System.nanoTime() - command.submitted().sinceNanos() > patience.toNanos();
            if (late) {
                command.submitted().reply().givenUp(command.refusal());
            } else {
                again.add(command.submitted());
            }
        }
        conversations.computeIfPresent(conversation, (_, waiting) -> {
            List<Submitted> first = new ArrayList<>(waiting.commands);
            first.removeIf(later -> later.reply().keepsOrder());
            waiting.commands.removeIf(later -> !later.reply().keepsOrder());
            first.addAll(again);
            first.reversed().forEach(waiting.commands::addFirst);
            return waiting;
        });
        return !again.isEmpty();
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the fan-out first, so that messages that arrive meanwhile are part of the same batch. */
    private List<Submitted> nextInTime(ConversationId conversation) {
        if (!backpressure.keepsUp() && headKeepsOrder(conversation)) {
            try {
                backpressure.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        return next(conversation);
    }

    private boolean headKeepsOrder(ConversationId conversation) {
        List<Submitted> head = new ArrayList<>(1);
        conversations.computeIfPresent(conversation, (_, waiting) -> {
            waiting.commands.stream().limit(1).forEach(head::add);
            return waiting;
        });
        return !head.isEmpty() && head.getFirst().reply().keepsOrder();
    }

    /** Removes the next batch from the queue, in order. If there is none, the queue is removed from the map. */
    private List<Submitted> next(ConversationId conversation) {
        List<Submitted> batch = new ArrayList<>();
        conversations.computeIfPresent(conversation, (_, waiting) -> {
            int chars = 0;
            for (Submitted next = waiting.commands.peek(); fits(next, batch, chars); next = waiting.commands.peek()) {
                batch.add(waiting.commands.remove());
                chars += textOf(next);
            }
            return batch.isEmpty() ? null : waiting;
        });
        return batch;
    }

    private static boolean fits(@Nullable Submitted next, List<Submitted> batch, int chars) {
        if (next == null || batch.isEmpty()) {
            return next != null;
        }
        return next.command() instanceof Send
                && batch.getLast().command() instanceof Send
                && batch.size() < SendMessages.MAX_MESSAGES
                && chars + textOf(next) <= MAX_BATCH_CHARS;
    }

    private static int textOf(@Nullable Submitted submitted) {
        return submitted != null && submitted.command() instanceof Send send
                ? send.draft().text().length()
                : 0;
    }

    /** Runs the batch, answers the commands whose outcome is final, and returns the others in their order. */
    private List<Unsettled> run(ConversationId conversation, List<Submitted> batch) {
        List<Submitted> wanted = new ArrayList<>(batch.size());
        for (Submitted submitted : batch) {
            if (submitted.reply().isPointless()) {
                submitted.reply().refused(Refusal.RETRY_LATER);
            } else {
                wanted.add(submitted);
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        try {
            if (wanted.getFirst().command() instanceof Other<?> other) {
                run(other);
                return List.of();
            }
            List<Draft> drafts = wanted.stream()
                    .map(Submitted::command)
                    .map(Send.class::cast)
                    .map(Send::draft)
                    .toList();
            SendOutcomes answer = bus.await(new SendMessages(conversation, drafts), SendOutcomes.class, timeout);
            return answered(wanted, answer.outcomes());
        } catch (Refused failed) {
            return refused(wanted, failed.refusal());
        }
    }

    private <R> void run(Other<R> other) {
        other.reply().accepted(bus.await(other.command(), other.answer(), timeout));
    }

    private static List<Unsettled> answered(List<Submitted> sent, List<SendOutcomes.Outcome> outcomes) {
        List<Unsettled> unsettled = new ArrayList<>(0);
        for (int i = 0; i < sent.size(); i++) {
            SendOutcomes.Outcome outcome = i < outcomes.size() ? outcomes.get(i) : null;
            EntryAck ack = outcome == null ? null : outcome.ack();
            Refusal refusal = outcome == null ? null : outcome.refusal();
            if (ack != null && sent.get(i).command() instanceof Send send) {
                send.reply().accepted(ack);
            } else {
                unsettled.addAll(refused(List.of(sent.get(i)), refusal == null ? Refusal.OUTCOME_UNKNOWN : refusal));
            }
        }
        return unsettled;
    }

    private static List<Unsettled> refused(List<Submitted> sent, Refusal refusal) {
        boolean mayPass = refusal == Refusal.RETRY_LATER || refusal == Refusal.OUTCOME_UNKNOWN;
        List<Unsettled> unsettled = new ArrayList<>(0);
        for (Submitted submitted : sent) {
            if (mayPass && submitted.reply().keepsOrder()) {
                unsettled.add(new Unsettled(submitted, refusal));
            } else {
                submitted.reply().refused(refusal);
            }
        }
        return unsettled;
    }
}
