package chat.parley.load.workload;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ChatClient;
import chat.parley.load.client.RunAbortedException;
import chat.parley.load.protocol.OutgoingMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One device that says the numbered things of its conversations, so many in flight. */
public final class PipelinedSender {
    /** What a server takes from one socket before it stops reading. */
    private static final int WINDOW = 32;

    private final ChatClient writer;
    private final Violations violations;
    private final long limitSeconds;
    private final Semaphore window = new Semaphore(WINDOW);

    public PipelinedSender(ChatClient writer, Violations violations, Duration patience) {
        this.writer = writer;
        this.violations = violations;
        limitSeconds = 2 * patience.toSeconds() + 1;
    }

    /** Sends these numbers, both included; they are acknowledged after {@link #awaitAcks}. */
    public void say(NumberedConversation conversation, int from, int to) throws InterruptedException {
        for (int number = from; number <= to; number++) {
            acquire(1);
            int said = number;
            String id = conversation.script().id(conversation.index(), number);
            var ignored = writer.send(new OutgoingMessage(conversation.id(), id, conversation.text(number), List.of()))
                    .whenComplete((position, problem) -> {
                        check(conversation, said, position, problem);
                        window.release();
                    });
        }
    }

    public void awaitAcks() throws InterruptedException {
        acquire(WINDOW);
        window.release(WINDOW);
    }

    private void check(
            NumberedConversation conversation, int number, @Nullable Long position, @Nullable Throwable problem) {
        String where = conversation.id() + " number " + number;
        if (position == null) {
            violations.add(Violations.Kind.NEVER_ACKED, where + ": " + problem);
        } else if (position != NumberedConversation.position(number)) {
            violations.add(Violations.Kind.ACKED_ELSEWHERE, where + " was acknowledged as " + position);
        }
    }

    private void acquire(int permits) throws InterruptedException {
        if (!window.tryAcquire(permits, limitSeconds, TimeUnit.SECONDS)) {
            throw new RunAbortedException("Messages in flight were not settled within " + limitSeconds + " s", null);
        }
    }
}
