package chat.parley.commands;

import chat.parley.api.ConversationId;
import chat.parley.api.ConversationKind;
import chat.parley.api.FindBlocks;
import chat.parley.api.FindConversation;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.UserId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;

/** Who has blocked the other neither starts nor continues a direct conversation with them, nor the other with them. */
final class Blocks {
    private static final int MAX_CACHED = 100_000;

    private final ReadModel readModel;
    /** The two people of a direct conversation, nobody for a group: neither ever changes. */
    private final Cache<ConversationId, List<UserId>> pairs =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

    Blocks(ReadModel readModel) {
        this.readModel = readModel;
    }

    /** @throws Refused {@link Refusal#BLOCKED} */
    void check(UserId one, UserId other) {
        if (readModel.ask(new FindBlocks.Between(one, other), Boolean.class)) {
            throw new Refused(Refusal.BLOCKED);
        }
    }

    /** @throws Refused {@link Refusal#BLOCKED}, or what {@link FindConversation} refuses */
    void check(UserId user, ConversationId conversation) {
        List<UserId> pair = pairs.getIfPresent(conversation);
        if (pair == null) {
            pair = pair(user, conversation);
            pairs.put(conversation, pair);
        }
        pair.stream().filter(person -> !person.equals(user)).forEach(other -> check(user, other));
    }

    private List<UserId> pair(UserId user, ConversationId conversation) {
        FindConversation.Details details = readModel.askSurely(
                new FindConversation(user, conversation), FindConversation.Details.class, found -> true);
        return details.kind() == ConversationKind.DIRECT
                ? details.members().stream().map(FindConversation.Member::user).toList()
                : List.of();
    }
}
