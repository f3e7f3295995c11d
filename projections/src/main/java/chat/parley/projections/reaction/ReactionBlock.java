package chat.parley.projections.reaction;

import chat.parley.api.conversation.ConversationId;
import chat.parley.projections.store.DocumentFields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Assigns the reactions to the messages at 16 positions to one document. */
public final class ReactionBlock {
    /** If each of its messages has as many reactions as are kept, a block takes about 3 MB. */
    private static final long POSITIONS = 16;

    private static final String REACTIONS = "c";

    private ReactionBlock() {}

    public static String idOf(ConversationId conversation, long target) {
        return conversation + ":" + (target - 1) / POSITIONS;
    }

    static String path(long position) {
        return REACTIONS + "." + position;
    }

    static Stream<StoredReaction> reactions(@Nullable Document block) {
        return block == null
                ? Stream.of()
                : DocumentFields.sub(block, REACTIONS).entrySet().stream().map(ReactionBlock::reaction);
    }

    private static StoredReaction reaction(Map.Entry<String, Object> stored) {
        return StoredReaction.of(Long.parseLong(stored.getKey()), (List<?>) stored.getValue());
    }
}
