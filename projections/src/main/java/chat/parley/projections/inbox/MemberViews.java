package chat.parley.projections.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Visibility;
import chat.parley.projections.conversation.ConversationState;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.ReadModelStore;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Loads member views: one read of the inbox, one of the conversations. */
public final class MemberViews {
    private final ReadModelStore store;

    public MemberViews(ReadModelStore store) {
        this.store = store;
    }

    /** A view for every conversation that the user is or was in. */
    List<MemberView> of(UserId user) {
        return of(user, 0);
    }

    /** The same, with the newest message if there are at most {@code withLast} conversations. */
    List<MemberView> of(UserId user, int withLast) {
        Document places = new Document();
        ReadModelStore.small(store.inboxes(), InboxShard.all(user), null)
                .values()
                .forEach(part -> places.putAll(DocumentFields.sub(part, "c")));
        List<String> fields = fields(user, false);
        if (places.size() <= withLast) {
            fields.add(ConversationState.LAST);
        }
        Map<String, Document> conversations =
                ReadModelStore.small(store.conversations(), places.keySet(), Projections.include(fields));
        List<MemberView> views = new ArrayList<>();
        conversations.forEach((id, conversation) -> {
            MemberView view = new MemberView(
                    user, new ConversationState(new ConversationId(id), conversation), DocumentFields.sub(places, id));
            // A user who joined after the stored head sees the conversation as soon as its document includes the
            // joining.
            if (view.lastVisible() > 0) {
                views.add(view);
            }
        });
        return views;
    }

    /**
     * The view of a user who may see part of this conversation.
     *
     * @throws Refused {@link Refusal#CONVERSATION_NOT_FOUND} or {@link Refusal#NOT_A_MEMBER}
     */
    public MemberView required(UserId user, ConversationId id) {
        MemberView view = find(user, id, false).orElseThrow(() -> new Refused(Refusal.CONVERSATION_NOT_FOUND));
        if (view.visibility().equals(Visibility.NOTHING) || view.lastVisible() == 0) {
            throw new Refused(Refusal.NOT_A_MEMBER);
        }
        return view;
    }

    /** The view of any user, possibly without visible positions; empty if there is no such conversation. */
    Optional<MemberView> find(UserId user, ConversationId id, boolean withMembers) {
        Document conversation =
                ReadModelStore.one(store.conversations(), id.value(), Projections.include(fields(user, withMembers)));
        if (conversation == null) {
            return Optional.empty();
        }
        @Nullable
        Document inbox = ReadModelStore.one(store.inboxes(), InboxShard.of(user, id), Projections.include("c." + id));
        return Optional.of(view(user, new ConversationState(id, conversation), inbox));
    }

    /** @param inbox the document that {@link InboxShard} names, if there is one */
    public static MemberView view(UserId user, ConversationState conversation, @Nullable Document inbox) {
        Document places = inbox == null ? new Document() : DocumentFields.sub(inbox, "c");
        return new MemberView(
                user, conversation, DocumentFields.sub(places, conversation.id().value()));
    }

    private static List<String> fields(UserId user, boolean withMembers) {
        List<String> fields = new ArrayList<>(ConversationState.SCALARS);
        fields.add(withMembers ? "m" : "m." + user);
        return fields;
    }
}
