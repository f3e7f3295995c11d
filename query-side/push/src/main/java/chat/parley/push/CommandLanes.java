package chat.parley.push;

import chat.parley.api.ConversationCommand.Draft;
import chat.parley.api.ConversationCommand.SendMessages;
import chat.parley.api.ConversationId;
import chat.parley.api.EntryAck;
import chat.parley.api.Refusal;
import chat.parley.api.SendOutcomes;
import chat.parley.push.CommandJob.Other;
import chat.parley.push.CommandJob.Send;
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
 */
final class CommandLanes {
    /** Text of one batch; a command goes over a network in server mode. */
    private static final int MAX_BATCH_CHARS = 256 * 1024;

    private final Commands commands;
    private final Headway headway;
    private final Map<ConversationId, Lane> lanes = new ConcurrentHashMap<>();

    /** What waits in one lane, guarded by its place in the map. */
    private static final class Lane {
        private final Deque<CommandJob> jobs = new ArrayDeque<>(2);
    }

    CommandLanes(Commands commands, Headway headway) {
        this.commands = commands;
        this.headway = headway;
    }

    void submit(CommandJob job) {
        ConversationId conversation = job.conversation();
        Lane opened = new Lane();
        Lane taken = lanes.compute(conversation, (_, present) -> {
            Lane lane = present == null ? opened : present;
            lane.jobs.add(job);
            return lane;
        });
        if (taken == opened) {
            // Not within: the first thing the thread does is to come back here, and would find the door held.
            Thread.ofVirtual().name("parley-lane").start(() -> drive(conversation));
        }
    }

    /** Whether nothing is in flight or waiting. */
    boolean isIdle() {
        return lanes.isEmpty();
    }

    private void drive(ConversationId conversation) {
        for (List<CommandJob> batch = nextInTime(conversation); !batch.isEmpty(); batch = nextInTime(conversation)) {
            run(conversation, batch);
        }
    }

    /** What gathers while the fan-out catches up leaves together. */
    private List<CommandJob> nextInTime(ConversationId conversation) {
        try {
            headway.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return next(conversation);
    }

    /** What leaves next, in order; empty when the lane is, which is then gone. */
    private List<CommandJob> next(ConversationId conversation) {
        List<CommandJob> batch = new ArrayList<>();
        lanes.computeIfPresent(conversation, (_, lane) -> {
            int chars = 0;
            for (CommandJob job = lane.jobs.peek(); fits(job, batch, chars); job = lane.jobs.peek()) {
                batch.add(lane.jobs.remove());
                chars += textOf(job);
            }
            return batch.isEmpty() ? null : lane;
        });
        return batch;
    }

    private static boolean fits(@Nullable CommandJob job, List<CommandJob> batch, int chars) {
        if (job == null || batch.isEmpty()) {
            return job != null;
        }
        return job instanceof Send
                && batch.getLast() instanceof Send
                && batch.size() < SendMessages.MAX_MESSAGES
                && chars + textOf(job) <= MAX_BATCH_CHARS;
    }

    private static int textOf(@Nullable CommandJob job) {
        return job instanceof Send send ? send.draft().text().length() : 0;
    }

    private void run(ConversationId conversation, List<CommandJob> batch) {
        if (batch.getFirst() instanceof Other other) {
            switch (commands.send(other.command(), EntryAck.class)) {
                case Commands.Done<EntryAck> done -> other.reply().accepted(done.answer());
                case Commands.Failed<EntryAck> failed -> other.reply().refused(failed.refusal());
            }
            return;
        }
        List<Draft> drafts =
                batch.stream().map(Send.class::cast).map(Send::draft).toList();
        switch (commands.send(new SendMessages(conversation, drafts), SendOutcomes.class)) {
            case Commands.Done<SendOutcomes> done -> answer(batch, done.answer().outcomes());
            case Commands.Failed<SendOutcomes> failed ->
                batch.forEach(job -> job.reply().refused(failed.refusal()));
        }
    }

    private static void answer(List<CommandJob> batch, List<SendOutcomes.Outcome> outcomes) {
        for (int i = 0; i < batch.size(); i++) {
            SendOutcomes.Outcome outcome = i < outcomes.size() ? outcomes.get(i) : null;
            EntryAck ack = outcome == null ? null : outcome.ack();
            Refusal refusal = outcome == null ? null : outcome.refusal();
            CommandJob.Reply reply = batch.get(i).reply();
            if (ack != null) {
                reply.accepted(ack);
            } else {
                reply.refused(refusal == null ? Refusal.OUTCOME_UNKNOWN : refusal);
            }
        }
    }
}
