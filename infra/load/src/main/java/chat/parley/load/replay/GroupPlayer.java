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
 * Plays one plan: starts its group, then plays its steps in order. Messages of one sender are in flight together, up to
 * the window. The next sender starts when they are acknowledged, because otherwise the order of history could differ
 * from that of the log. People join and leave when nothing is in flight.
 */
final class GroupPlayer {
    private final GroupReplay group;
    private final ReplayClients clients;
    private final ConversationApi conversations;
    private final ReplaySettings settings;
    private final Semaphore window;

    GroupPlayer(GroupReplay group, ReplayClients clients, ConversationApi conversations, ReplaySettings settings) {
        this.group = group;
        this.clients = clients;
        this.conversations = conversations;
        this.settings = settings;
        window = new Semaphore(settings.window());
    }

    void play() throws InterruptedException {
        try {
            ReplayPlan plan = group.plan();
            String conversation = conversations.startGroup(
                    clients.host().account(),
                    settings.run() + " " + plan.name(),
                    plan.members().stream().map(clients::user).toList());
            group.started(conversation);
            steps(conversation, plan.steps());
        } catch (RequestRefusedException | RunAbortedException e) {
            group.failed(String.valueOf(e.getMessage()));
        }
    }

    private void steps(String conversation, List<ReplayStep> steps) throws InterruptedException {
        String sender = null;
        for (int i = 0; i < steps.size(); i++) {
            ReplayStep step = steps.get(i);
            switch (step) {
                case ReplayStep.Say say -> {
                    if (settings.ordered() && !say.nick().equals(sender)) {
                        awaitAcks();
                    }
                    sender = say.nick();
                    say(conversation, i, say);
                }
                case ReplayStep.Join join -> {
                    awaitAcks();
                    conversations.join(clients.of(join.nick()).account(), conversation);
                }
                case ReplayStep.Leave leave -> {
                    awaitAcks();
                    conversations.leave(clients.of(leave.nick()).account(), conversation);
                }
            }
        }
        awaitAcks();
    }

    private void say(String conversation, int index, ReplayStep.Say say) throws InterruptedException {
        acquire(1);
        String id = MessageIds.next(System.currentTimeMillis(), group.index(), index);
        group.sending(index, id);
        List<String> mentions = say.mentions().stream().map(clients::user).toList();
        var ignored = clients.of(say.nick())
                .send(new OutgoingMessage(conversation, id, say.text(), mentions))
                .whenComplete((position, problem) -> settled(index, position, problem));
    }

    private void settled(int index, @Nullable Long position, @Nullable Throwable problem) {
        if (position != null) {
            group.acked(index, position);
        } else if (problem != null) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            group.refused(index, String.valueOf(cause.getMessage()));
        }
        window.release();
    }

    private void awaitAcks() throws InterruptedException {
        acquire(settings.window());
        window.release(settings.window());
    }

    /** A client that gives up fails its messages and so releases their permits; the limit guards against a bug in that. */
    private void acquire(int permits) throws InterruptedException {
        long limitSeconds = 2 * settings.patience().toSeconds() + 1;
        if (!window.tryAcquire(permits, limitSeconds, TimeUnit.SECONDS)) {
            throw new RunAbortedException("Messages in flight were not settled within " + limitSeconds + " s", null);
        }
    }
}
