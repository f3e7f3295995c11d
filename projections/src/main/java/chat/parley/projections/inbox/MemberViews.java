package chat.parley.projections.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Visibility;
import chat.parley.projections.conversation.ConversationState;
import chat.parley.projections.store.Docs;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Finds the places of users in conversations: one get of the inbox, one of the conversations. */
public final class MemberViews {
    private final ReadModelStore store;

    public MemberViews(ReadModelStore store) {
        this.store = store;
    }

    /** Every conversation the user is or was in. */
    List<MemberView> of(UserId user) {
        return of(user, 0);
    }

    /** The same, each with its newest message where there are at most so many. */
    List<MemberView> of(UserId user, int withLast) {
        Document places = new Document();
        ReadModelStore.small(store.inboxes(), InboxPart.all(user), null)
                .values()
                .forEach(part -> places.putAll(Docs.sub(part, "c")));
        List<String> fields = fields(user, false);
        if (places.size() <= withLast) {
            fields.add(ConversationState.LAST);
        }
        Map<String, Document> conversations =
                ReadModelStore.small(store.conversations(), places.keySet(), Projections.include(fields));
        List<MemberView> seats = new ArrayList<>();
        conversations.forEach((id, conversation) -> {
            MemberView seat = new MemberView(
                    user, new ConversationState(new ConversationId(id), conversation), Docs.sub(places, id));
            // Who joined at a position that the conversation's document does not have yet sees it a moment later.
            if (seat.lastVisible() > 0) {
                seats.add(seat);
            }
        });
        return seats;
    }

    /**
     * The place of somebody who may see something of this conversation.
     *
     * @throws Refused {@link Refusal#CONVERSATION_NOT_FOUND}, {@link Refusal#NOT_A_MEMBER}
     */
    public MemberView required(UserId user, ConversationId id) {
        MemberView seat = find(user, id, false).orElseThrow(() -> new Refused(Refusal.CONVERSATION_NOT_FOUND));
        if (seat.visibility().equals(Visibility.NOTHING) || seat.lastVisible() == 0) {
            throw new Refused(Refusal.NOT_A_MEMBER);
        }
        return seat;
    }

    /** The place of anybody, perhaps seeing nothing; empty where there is no such conversation. */
    Optional<MemberView> find(UserId user, ConversationId id, boolean withMembers) {
        Document conversation =
                ReadModelStore.one(store.conversations(), id.value(), Projections.include(fields(user, withMembers)));
        if (conversation == null) {
            return Optional.empty();
        }
        @Nullable
        Document inbox = ReadModelStore.one(store.inboxes(), InboxPart.of(user, id), Projections.include("c." + id));
        Document place = inbox == null ? new Document() : Docs.sub(Docs.sub(inbox, "c"), id.value());
        return Optional.of(new MemberView(user, new ConversationState(id, conversation), place));
    }

    private static List<String> fields(UserId user, boolean withMembers) {
        List<String> fields = new ArrayList<>(ConversationState.SCALARS);
        fields.add(withMembers ? "m" : "m." + user);
        return fields;
    }
}
