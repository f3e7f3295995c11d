package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.api.contact.UserRelationships;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Whether somebody may be told what another has read. Nobody waits for the answer, so that the fan-out does no I/O. */
public final class ReadReceipts {
    private final UserRelationships relations;
    private final BlockPolicy blocks;

    public ReadReceipts(UserRelationships relations, BlockPolicy blocks) {
        this.relations = relations;
        this.blocks = blocks;
    }

    /** Null where it is not known yet. */
    @Nullable
    Boolean known(UserId reader, UserId other) {
        CompletableFuture<Boolean> answer = mayTell(reader, other);
        return answer.state() == Future.State.SUCCESS ? answer.resultNow() : null;
    }

    /**
     * Tells unless the reader does not want that or a block stands between the two: at once where it is known, else as
     * soon as it is. Where nobody answers, nobody is told; there will be another mark.
     */
    void tell(UserId reader, UserId other, Runnable telling) {
        CompletableFuture<Void> _ = mayTell(reader, other).thenAccept(told -> {
            if (told) {
                telling.run();
            }
        });
    }

    private CompletableFuture<Boolean> mayTell(UserId reader, UserId other) {
        return relations
                .privacyOf(reader)
                .thenCombine(
                        blocks.stops(Interaction.READ, reader, other),
                        (privacy, stopped) -> privacy.settings().readReceipts() && !stopped);
    }
}
