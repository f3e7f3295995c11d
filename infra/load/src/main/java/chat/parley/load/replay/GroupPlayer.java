package chat.parley.load.replay;

import chat.parley.load.client.ConversationApi;
import chat.parley.load.client.RequestRefusedException;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.OutgoingMessage;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays one block: starts its group, then one step after the other. Messages of one sender are in flight together, up
 * to the window; another sender begins when those are acknowledged, for nothing else makes the order of the log the
 * order of history. People join and leave when nothing is in flight.
 */
final class GroupPlayer {
    private final GroupReplay run;
    private final ReplayClients crowd;
    private final ConversationApi groups;
    private final MessageIds ids;
    private final ReplaySettings settings;
    private final Semaphore window;

    GroupPlayer(GroupReplay run, ReplayClients crowd, ConversationApi groups, MessageIds ids, ReplaySettings settings) {
        this.run = run;
        this.crowd = crowd;
        this.groups = groups;
        this.ids = ids;
        this.settings = settings;
        window = new Semaphore(settings.window());
    }

    void play() throws InterruptedException {
        try {
            ReplayPlan plan = run.plan();
            String conversation = groups.start(
                    crowd.host().account(),
                    settings.run() + " " + plan.name(),
                    plan.members().stream().map(crowd::user).toList());
            run.started(conversation);
            steps(conversation, plan.steps());
        } catch (RequestRefusedException | RunAbortedException e) {
            run.failed(String.valueOf(e.getMessage()));
        }
    }

    private void steps(String conversation, List<ReplayStep> steps) throws InterruptedException {
        String speaking = null;
        for (int i = 0; i < steps.size(); i++) {
            ReplayStep step = steps.get(i);
            switch (step) {
                case ReplayStep.Say say -> {
                    if (settings.ordered() && !say.nick().equals(speaking)) {
                        everythingAcked();
                    }
                    speaking = say.nick();
                    say(conversation, i, say);
                }
                case ReplayStep.Join join -> {
                    everythingAcked();
                    groups.join(crowd.of(join.nick()).account(), conversation);
                }
                case ReplayStep.Leave leave -> {
                    everythingAcked();
                    groups.leave(crowd.of(leave.nick()).account(), conversation);
                }
            }
        }
        everythingAcked();
    }

    private void say(String conversation, int index, ReplayStep.Say say) throws InterruptedException {
        acquire(1);
        String id = ids.next(System.currentTimeMillis(), run.index(), index);
        run.sending(index, id);
        List<String> mentions = say.mentions().stream().map(crowd::user).toList();
        var ignored = crowd.of(say.nick())
                .send(new OutgoingMessage(conversation, id, say.text(), mentions))
                .whenComplete((position, problem) -> settled(index, position, problem));
    }

    private void settled(int index, @Nullable Long position, @Nullable Throwable problem) {
        if (position != null) {
            run.acked(index, position);
        } else if (problem != null) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            run.refused(index, String.valueOf(cause.getMessage()));
        }
        window.release();
    }

    private void everythingAcked() throws InterruptedException {
        acquire(settings.window());
        window.release(settings.window());
    }

    /** A device that gives up fails its messages, so that this ends; the limit is for what we did not think of. */
    private void acquire(int permits) throws InterruptedException {
        long limitSeconds = 2 * settings.patience().toSeconds() + 1;
        if (!window.tryAcquire(permits, limitSeconds, TimeUnit.SECONDS)) {
            throw new RunAbortedException("Messages in flight were not settled within " + limitSeconds + " s", null);
        }
    }
}
