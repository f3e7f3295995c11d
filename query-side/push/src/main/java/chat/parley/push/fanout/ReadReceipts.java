package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.contact.UserRelationships;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a user may see the read marks of another one, by the reader's settings and blocks in either
 * direction. No thread waits for the answer, because the fan-out does no I/O.
 */
public final class ReadReceipts {
    private final UserRelationships relations;
    private final BlockPolicy blocks;

    public ReadReceipts(UserRelationships relations, BlockPolicy blocks) {
        this.relations = relations;
        this.blocks = blocks;
    }

    /** Null if the answer is not known yet. */
    public @Nullable Boolean isAllowedIfKnown(UserId reader, UserId other) {
        CompletableFuture<Boolean> answer = isAllowed(reader, other);
        return answer.state() == Future.State.SUCCESS ? answer.resultNow() : null;
    }

    /**
     * Runs the sending of a read mark if it is permitted: at once if the answer is known, otherwise when it comes. If
     * no answer comes, this read mark is not sent; the next one may be.
     */
    void runIfAllowed(UserId reader, UserId other, Runnable sending) {
        CompletableFuture<Void> _ = isAllowed(reader, other).thenAccept(allowed -> {
            if (allowed) {
                sending.run();
            }
        });
    }

    private CompletableFuture<Boolean> isAllowed(UserId reader, UserId other) {
        return relations
                .privacyOf(reader)
                .thenCombine(
                        blocks.stops(Interaction.READ, reader, other),
                        (privacy, stopped) -> privacy.settings().readReceipts() && !stopped);
    }
}
