package chat.parley.push;

import chat.parley.api.UserId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Whether others may be told what somebody has read. Nobody waits for the read side, so that the fan-out does no I/O. */
final class ReadReceipts {
    private final FollowedAnswers<Boolean> allowed;

    /** @param question {@link ReadModel#tellsReads} */
    ReadReceipts(FollowedAnswers.Question<Boolean> question, Executor asking) {
        this.allowed = new FollowedAnswers<>(question, asking);
    }

    void startAfter(long index) {
        allowed.startAfter(index);
    }

    void changed(UserId reader, boolean told, long index) {
        allowed.replaced(reader, told, index);
    }

    /** Null where it is not known yet. */
    @Nullable
    Boolean known(UserId reader) {
        return allowed.known(reader);
    }

    /**
     * Tells unless the reader does not want that: at once where it is known, else as soon as it is. Where the read side
     * does not answer, nobody is told; there will be another mark.
     */
    void tell(UserId reader, Runnable telling) {
        CompletableFuture<Void> _ = allowed.of(reader).thenAccept(told -> {
            if (told) {
                telling.run();
            }
        });
    }
}
