package chat.parley.command.http.conversation;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Membership;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.EventFeed;
import chat.parley.dispatch.ReadModelClient;
import java.util.Optional;

/** Checks the caller's membership in a conversation. */
final class MembershipCheck {
    private static final long WHATEVER_THERE_IS = -1;

    private final ReadModelClient readModel;
    private final EventFeed events;

    MembershipCheck(ReadModelClient readModel, EventFeed events) {
        this.readModel = readModel;
        this.events = events;
    }

    /** @throws Refused {@link Refusal#CONVERSATION_NOT_FOUND} if the user was never a member */
    void require(UserId user, ConversationId conversation) {
        if (find(user, conversation, WHATEVER_THERE_IS).isEmpty()) {
            newest(user, conversation);
        }
    }

    /** The membership with everything stored so far included. */
    private Membership newest(UserId user, ConversationId conversation) {
        return find(user, conversation, events.head()).orElseThrow(() -> new Refused(Refusal.CONVERSATION_NOT_FOUND));
    }

    /** @throws Refused {@link Refusal#CONVERSATION_NOT_FOUND} or {@link Refusal#POSITION_NOT_FOUND} */
    void requireVisible(UserId user, ConversationId conversation, long position) {
        boolean known = find(user, conversation, WHATEVER_THERE_IS)
                .filter(membership -> sees(membership, position))
                .isPresent();
        if (!known && !sees(newest(user, conversation), position)) {
            throw new Refused(Refusal.POSITION_NOT_FOUND);
        }
    }

    private Optional<Membership> find(UserId user, ConversationId conversation, long atLeastIndex) {
        return readModel.ask(new FindMemberships(user, atLeastIndex), Memberships.class).memberships().stream()
                .filter(membership -> membership.conversation().equals(conversation))
                .findFirst();
    }

    private static boolean sees(Membership membership, long position) {
        return position <= membership.head() && membership.visibility().sees(position);
    }
}
