package chat.parley.projections.conversation;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.FindConversation.Member;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.EventJson;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads a conversation's document. */
public record ConversationState(ConversationId id, Document document) {
    /** The fields whose size does not depend on the number of members. */
    public static final List<String> SCALARS = List.of("h", "i", "o", "k", "y", "n", "t", "w", "e", "q", "r");

    /** The newest message. */
    public static final String LAST = "l";

    public long head() {
        return DocumentFields.longOf(document, "h");
    }

    /** The global index of the entry at the head. */
    public long headIndex() {
        return DocumentFields.longOf(document, "i");
    }

    /** Number of messages. */
    public long messages() {
        return DocumentFields.longOf(document, "o");
    }

    public MessageRef lastMessage() {
        return MessageRef.in(document);
    }

    /** No message after this position was edited or retracted. */
    public long changedThrough() {
        return DocumentFields.longOf(document, "q");
    }

    /** No message after this position has reactions. */
    long reactedThrough() {
        return DocumentFields.longOf(document, "r");
    }

    public ConversationKind kind() {
        return ConversationKind.valueOf(document.getString("k"));
    }

    public HistoryAccess history() {
        return HistoryAccess.valueOf(document.getString("y"));
    }

    public boolean joinable() {
        return DocumentFields.flag(document, "n");
    }

    @Nullable
    public SealedText title() {
        String title = document.getString("t");
        return title == null ? null : EventJson.sealed(title);
    }

    /** The other user of a direct conversation; the user in a conversation with oneself. */
    public Optional<UserId> with(UserId user) {
        List<String> people = document.getList("w", String.class, List.of());
        return people.stream()
                .filter(person -> !person.equals(user.value()))
                .findFirst()
                .or(() -> people.stream().findFirst())
                .map(UserId::new);
    }

    /** The stored state of one user, member or not. */
    public Document member(UserId user) {
        return DocumentFields.sub(DocumentFields.sub(document, "m"), user.value());
    }

    /** In the order in which they joined. */
    public List<Member> members() {
        return DocumentFields.sub(document, "m").entrySet().stream()
                .filter(member -> member.getValue() instanceof Document kept && kept.containsKey("r"))
                .map(member -> Map.entry(member.getKey(), (Document) member.getValue()))
                .sorted(Comparator.<Map.Entry<String, Document>>comparingLong(
                                member -> DocumentFields.longOf(member.getValue(), "a"))
                        .thenComparing(member -> role(member.getValue()), Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .map(member -> new Member(new UserId(member.getKey()), role(member.getValue())))
                .toList();
    }

    private static MemberRole role(Document member) {
        return MemberRole.valueOf(member.getString("r"));
    }
}
