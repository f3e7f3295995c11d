package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.contact.UserRelationships;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user may see the read marks of another: the reader's settings and a block in either direction decide. No thread
 * waits for the answer, so that the fan-out does no I/O.
 */
public final class ReadReceipts {
    private final UserRelationships relations;
    private final BlockPolicy blocks;

    public ReadReceipts(UserRelationships relations, BlockPolicy blocks) {
        this.relations = relations;
        this.blocks = blocks;
    }

    /** Null where the answer is not known yet. */
    @Nullable
    Boolean isAllowedIfKnown(UserId reader, UserId other) {
        CompletableFuture<Boolean> answer = isAllowed(reader, other);
        return answer.state() == Future.State.SUCCESS ? answer.resultNow() : null;
    }

    /**
     * Runs the sending of a read mark if it is allowed: at once where the answer is known, else when it comes. If it never
     * comes, the read mark is not sent; the next one is.
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
