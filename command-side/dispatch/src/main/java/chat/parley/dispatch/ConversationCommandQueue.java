package chat.parley.dispatch;

import chat.parley.api.Refusal;
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
import org.jspecify.annotations.Nullable;

/**
 * One lane per conversation with at most one command in flight: buses keep no order, lanes do. Messages that wait behind
 * each other leave together, each with its own answer, so a hot conversation pays for one commit and not for many. A lane
 * exists, with its virtual thread, only while something is in it.
 *
 * <p>What fails for a reason that will pass is tried again at the head of its lane, which repeating makes safe, so that
 * nothing of the same sender overtakes it. Where it does not pass in time, the session ends with it.
 */
public final class ConversationCommandQueue {
    /** Text of one batch; a command goes over a network in server mode. */
    private static final int MAX_BATCH_CHARS = 256 * 1024;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final CommandSender commands;
    private final FanoutBackpressure headway;
    private final Duration patience;
    private final Map<ConversationId, Lane> lanes = new ConcurrentHashMap<>();

    /** What waits in one lane, guarded by its place in the map. */
    private static final class Lane {
        private final Deque<Waiting> jobs = new ArrayDeque<>(2);
    }

    private record Waiting(QueuedCommand job, long sinceNanos) {}

    private record Unsettled(Waiting waiting, Refusal refusal) {}

    /** @param patience how long something is tried again after it was submitted */
    public ConversationCommandQueue(CommandSender commands, FanoutBackpressure headway, Duration patience) {
        this.commands = commands;
        this.headway = headway;
        this.patience = patience;
    }

    public void submit(QueuedCommand job) {
        ConversationId conversation = job.conversation();
        Lane opened = new Lane();
        Lane taken = lanes.compute(conversation, (_, present) -> {
            Lane lane = present == null ? opened : present;
            lane.jobs.add(new Waiting(job, System.nanoTime()));
            return lane;
        });
        if (taken == opened) {
            // Not within: the first thing the thread does is to come back here, and would find the door held.
            Thread.ofVirtual().name("parley-lane").start(() -> drive(conversation));
        }
    }

    /** Whether nothing is in flight or waiting. */
    public boolean isIdle() {
        return lanes.isEmpty();
    }

    private void drive(ConversationId conversation) {
        Duration pause = FIRST_PAUSE;
        for (List<Waiting> batch = nextInTime(conversation); !batch.isEmpty(); batch = nextInTime(conversation)) {
            List<Unsettled> unsettled = run(conversation, batch);
            if (unsettled.isEmpty()) {
                pause = FIRST_PAUSE;
            } else if (putBack(conversation, unsettled)) {
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** Before everything that came later, but for what has been tried for long enough. Whether there is any. */
    private boolean putBack(ConversationId conversation, List<Unsettled> unsettled) {
        List<Waiting> again = new ArrayList<>(unsettled.size());
        for (Unsettled job : unsettled) {
            boolean late = System.nanoTime() - job.waiting().sinceNanos() > patience.toNanos();
            if (late) {
                job.waiting().job().reply().givenUp(job.refusal());
            } else {
                again.add(job.waiting());
            }
        }
        lanes.computeIfPresent(conversation, (_, lane) -> {
            again.reversed().forEach(lane.jobs::addFirst);
            return lane;
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

    /** What gathers while the fan-out catches up leaves together. */
    private List<Waiting> nextInTime(ConversationId conversation) {
        try {
            headway.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return next(conversation);
    }

    /** What leaves next, in order; empty when the lane is, which is then gone. */
    private List<Waiting> next(ConversationId conversation) {
        List<Waiting> batch = new ArrayList<>();
        lanes.computeIfPresent(conversation, (_, lane) -> {
            int chars = 0;
            for (Waiting next = lane.jobs.peek(); fits(next, batch, chars); next = lane.jobs.peek()) {
                batch.add(lane.jobs.remove());
                chars += textOf(next);
            }
            return batch.isEmpty() ? null : lane;
        });
        return batch;
    }

    private static boolean fits(@Nullable Waiting next, List<Waiting> batch, int chars) {
        if (next == null || batch.isEmpty()) {
            return next != null;
        }
        return next.job() instanceof Send
                && batch.getLast().job() instanceof Send
                && batch.size() < SendMessages.MAX_MESSAGES
                && chars + textOf(next) <= MAX_BATCH_CHARS;
    }

    private static int textOf(@Nullable Waiting waiting) {
        return waiting != null && waiting.job() instanceof Send send
                ? send.draft().text().length()
                : 0;
    }

    /** Answers what is settled by this; the rest comes back, in its order. */
    private List<Unsettled> run(ConversationId conversation, List<Waiting> batch) {
        List<Waiting> jobs = new ArrayList<>(batch.size());
        for (Waiting waiting : batch) {
            QueuedCommand.Reply reply = waiting.job().reply();
            if (reply.isPointless()) {
                reply.refused(Refusal.RETRY_LATER);
            } else {
                jobs.add(waiting);
            }
        }
        if (jobs.isEmpty()) {
            return List.of();
        }
        if (jobs.getFirst().job() instanceof Other other) {
            return switch (commands.send(other.command(), EntryAck.class)) {
                case CommandSender.Done<EntryAck> done -> {
                    other.reply().accepted(done.answer());
                    yield List.of();
                }
                case CommandSender.Failed<EntryAck> failed -> refused(jobs, failed.refusal());
            };
        }
        List<Draft> drafts = jobs.stream()
                .map(Waiting::job)
                .map(Send.class::cast)
                .map(Send::draft)
                .toList();
        return switch (commands.send(new SendMessages(conversation, drafts), SendOutcomes.class)) {
            case CommandSender.Done<SendOutcomes> done ->
                answered(jobs, done.answer().outcomes());
            case CommandSender.Failed<SendOutcomes> failed -> refused(jobs, failed.refusal());
        };
    }

    private static List<Unsettled> answered(List<Waiting> jobs, List<SendOutcomes.Outcome> outcomes) {
        List<Unsettled> unsettled = new ArrayList<>(0);
        for (int i = 0; i < jobs.size(); i++) {
            SendOutcomes.Outcome outcome = i < outcomes.size() ? outcomes.get(i) : null;
            EntryAck ack = outcome == null ? null : outcome.ack();
            Refusal refusal = outcome == null ? null : outcome.refusal();
            if (ack != null) {
                jobs.get(i).job().reply().accepted(ack);
            } else {
                unsettled.addAll(refused(List.of(jobs.get(i)), refusal == null ? Refusal.OUTCOME_UNKNOWN : refusal));
            }
        }
        return unsettled;
    }

    private static List<Unsettled> refused(List<Waiting> jobs, Refusal refusal) {
        if (refusal == Refusal.RETRY_LATER || refusal == Refusal.OUTCOME_UNKNOWN) {
            return jobs.stream().map(job -> new Unsettled(job, refusal)).toList();
        }
        jobs.forEach(job -> job.job().reply().refused(refusal));
        return List.of();
    }
}
