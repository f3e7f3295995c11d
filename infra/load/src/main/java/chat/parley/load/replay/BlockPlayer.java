package chat.parley.load.replay;

import chat.parley.load.client.GaveUp;
import chat.parley.load.client.Groups;
import chat.parley.load.client.Refused;
import chat.parley.load.protocol.Draft;
import chat.parley.load.protocol.MessageIds;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Plays one block: starts its group, then one step after the other. Messages of one sender are in flight together, up
 * to the window; another sender begins when those are acknowledged, for nothing else makes the order of the log the
 * order of history. People join and leave when nothing is in flight.
 */
final class BlockPlayer {
    private final BlockRun run;
    private final Crowd crowd;
    private final Groups groups;
    private final MessageIds ids;
    private final ReplaySettings settings;
    private final Semaphore window;

    BlockPlayer(BlockRun run, Crowd crowd, Groups groups, MessageIds ids, ReplaySettings settings) {
        this.run = run;
        this.crowd = crowd;
        this.groups = groups;
        this.ids = ids;
        this.settings = settings;
        window = new Semaphore(settings.window());
    }

    void play() throws InterruptedException {
        try {
            BlockPlan plan = run.plan();
            String conversation = groups.start(
                    crowd.host().account(),
                    settings.run() + " " + plan.name(),
                    plan.members().stream().map(crowd::user).toList());
            run.started(conversation);
            steps(conversation, plan.steps());
        } catch (Refused | GaveUp e) {
            run.failed(String.valueOf(e.getMessage()));
        }
    }

    private void steps(String conversation, List<Step> steps) throws InterruptedException {
        String speaking = null;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            switch (step) {
                case Step.Say say -> {
                    if (settings.ordered() && !say.nick().equals(speaking)) {
                        everythingAcked();
                    }
                    speaking = say.nick();
                    say(conversation, i, say);
                }
                case Step.Join join -> {
                    everythingAcked();
                    groups.join(crowd.of(join.nick()).account(), conversation);
                }
                case Step.Leave leave -> {
                    everythingAcked();
                    groups.leave(crowd.of(leave.nick()).account(), conversation);
                }
            }
        }
        everythingAcked();
    }

    private void say(String conversation, int index, Step.Say say) throws InterruptedException {
        acquire(1);
        String id = ids.next(System.currentTimeMillis(), run.index(), index);
        run.sending(index, id);
        List<String> mentions = say.mentions().stream().map(crowd::user).toList();
        var ignored = crowd.of(say.nick())
                .send(new Draft(conversation, id, say.text(), mentions))
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
            throw new GaveUp("Messages in flight were not settled within " + limitSeconds + " s", null);
        }
    }
}
