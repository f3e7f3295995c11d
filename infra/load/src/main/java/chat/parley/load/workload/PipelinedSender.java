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

/** Sends the numbered messages of conversations through one client, a window of them in flight. */
public final class PipelinedSender {
    /** What a server takes from one socket before it stops reading. */
    private static final int WINDOW = 32;

    private final ChatClient client;
    private final Violations violations;
    private final long limitSeconds;
    private final Semaphore window = new Semaphore(WINDOW);

    public PipelinedSender(ChatClient client, Violations violations, Duration patience) {
        this.client = client;
        this.violations = violations;
        limitSeconds = 2 * patience.toSeconds() + 1;
    }

    /** Sends the messages with these numbers, both included; they are acknowledged after {@link #awaitAcks}. */
    public void send(NumberedConversation conversation, int from, int to) throws InterruptedException {
        for (int i = from; i <= to; i++) {
            acquire(1);
            int number = i;
            var ignored = client.send(new OutgoingMessage(
                            conversation.id(), conversation.messageId(number), conversation.text(number), List.of()))
                    .whenComplete((position, problem) -> {
                        check(conversation, number, position, problem);
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
