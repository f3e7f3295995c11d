package chat.parley.push.session;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.dispatch.CommandDispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Combines the moves of one client's read marks into few commands. The first move in a conversation is sent at once.
 * The moves of the following {@value #INTERVAL_SECONDS} s are sent as one command. Waiting moves are sent when the
 * session ends.
 *
 * <p>Threading: may be used by any thread; commands are sent by virtual threads.
 */
final class ReadMarkCoalescer {
    static final int INTERVAL_SECONDS = 2;
    private static final long INTERVAL_NANOS =
            Duration.ofSeconds(INTERVAL_SECONDS).toNanos();

    /** Maximum refs that wait for the command of one mark. With more of them the command is sent at once. */
    private static final int MAX_WAITING_REFS = 16;

    private final UserId user;
    private final CommandDispatcher commands;
    private final Executor executor;
    private final Reply reply;
    private final Map<ConversationId, Mark> marks = new HashMap<>();

    ReadMarkCoalescer(UserId user, CommandDispatcher commands, Executor executor, Reply reply) {
        this.user = user;
        this.commands = commands;
        this.executor = executor;
        this.reply = reply;
    }

    /** The receiver of the outcome, called once for each ref. */
    interface Reply {
        void done(String ref, Optional<Refusal> refusal);
    }

    private static final class Mark {
        private long sentAt;
        private long position;
        private boolean waiting;
        private List<String> refs = new ArrayList<>(0);
    }

    /** Moves a mark to a position that the user may mark as read. */
    synchronized void move(ConversationId conversation, long position, @Nullable String ref, long nowNanos) {
        Mark known = marks.get(conversation);
        Mark mark = known == null ? new Mark() : known;
        marks.put(conversation, mark);
        mark.position = Math.max(mark.position, position);
        mark.waiting = true;
        if (ref != null) {
            mark.refs.add(ref);
        }
        if (known == null || nowNanos - mark.sentAt >= INTERVAL_NANOS || mark.refs.size() >= MAX_WAITING_REFS) {
            send(conversation, mark, nowNanos);
        }
    }

    /** Sends the moves that are due, and forgets the marks that did not move during the interval. */
    synchronized void tick(long nowNanos) {
        for (Iterator<Map.Entry<ConversationId, Mark>> all = marks.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<ConversationId, Mark> next = all.next();
            Mark mark = next.getValue();
            if (nowNanos - mark.sentAt >= INTERVAL_NANOS) {
                if (mark.waiting) {
                    send(next.getKey(), mark, nowNanos);
                } else {
                    all.remove();
                }
            }
        }
    }

    /** Sends all waiting moves. */
    synchronized void flush() {
        marks.forEach((conversation, mark) -> {
            if (mark.waiting) {
                send(conversation, mark, mark.sentAt);
            }
        });
    }

    private void send(ConversationId conversation, Mark mark, long nowNanos) {
        MoveReadMark command = new MoveReadMark(new ReadMarkId(conversation, user), mark.position);
        List<String> refs = mark.refs;
        mark.refs = new ArrayList<>(0);
        mark.waiting = false;
        mark.sentAt = nowNanos;
        executor.execute(() -> {
            Optional<Refusal> refusal = carryOut(command);
            refs.forEach(ref -> reply.done(ref, refusal));
        });
    }

    private Optional<Refusal> carryOut(MoveReadMark command) {
        try {
            commands.send(command);
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.refusal());
        }
    }
}
