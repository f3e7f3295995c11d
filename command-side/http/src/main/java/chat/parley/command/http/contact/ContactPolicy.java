package chat.parley.command.http.contact;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.contact.FindContacts.Counts;
import chat.parley.api.contact.FindContacts.Standing;
import chat.parley.dispatch.ReadModelClient;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of contacts and open requests, as counted by the read side. A limit of the other user is answered
 * with the same refusal as a block, so that the answer does not reveal a block.
 */
public final class ContactPolicy {
    public static final int MAX_CONTACTS = 5_000;

    /** Limits the requests that a user has sent, and separately those that a user has received. */
    public static final int MAX_OPEN_REQUESTS = 500;

    private final ReadModelClient readModel;

    ContactPolicy(ReadModelClient readModel) {
        this.readModel = readModel;
    }

    /** @throws Refused {@link Refusal#CONTACT_REFUSED}, {@link Refusal#LIMIT_EXCEEDED} */
    void check(UserId by, UserId with) {
        if (refusal(by, with) != null) {
            // The counts may be out of date.
            readModel.catchUp();
            Refusal refusal = refusal(by, with);
            if (refusal != null) {
                throw new Refused(refusal);
            }
        }
    }

    private @Nullable Refusal refusal(UserId by, UserId with) {
        Standing standing = readModel.ask(new FindContacts.Between(by, with), Standing.class);
        ContactState state = standing.state();
        if (state == ContactState.CONTACT || state == ContactState.REQUESTED) {
            return null;
        }
        return state == ContactState.ASKED ? ofAccepting(standing) : ofAsking(standing);
    }

    private static @Nullable Refusal ofAccepting(Standing standing) {
        if (standing.one().contacts() >= MAX_CONTACTS) {
            return Refusal.LIMIT_EXCEEDED;
        }
        return standing.other().contacts() >= MAX_CONTACTS ? Refusal.CONTACT_REFUSED : null;
    }

    private @Nullable Refusal ofAsking(Standing standing) {
        Counts mine = standing.one();
        if (mine.contacts() >= MAX_CONTACTS || mine.requested() >= MAX_OPEN_REQUESTS) {
            return Refusal.LIMIT_EXCEEDED;
        }
        Counts theirs = standing.other();
        boolean full = theirs.contacts() >= MAX_CONTACTS || theirs.asked() >= MAX_OPEN_REQUESTS;
        return full ? Refusal.CONTACT_REFUSED : null;
    }
}
