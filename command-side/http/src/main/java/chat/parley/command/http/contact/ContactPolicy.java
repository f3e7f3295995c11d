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
 * How many contacts and open requests people may have, as far as the read side knows. What lies with the other person is
 * refused as a block is, which the relation itself asks about, so that nobody learns from it that they are blocked.
 */
public final class ContactPolicy {
    public static final int MAX_CONTACTS = 5_000;

    /** Each way: as many as somebody has asked, and as many as have asked them. */
    public static final int MAX_OPEN_REQUESTS = 500;

    private final ReadModelClient readModel;

    ContactPolicy(ReadModelClient readModel) {
        this.readModel = readModel;
    }

    /** @throws Refused {@link Refusal#CONTACT_REFUSED}, {@link Refusal#LIMIT_EXCEEDED} */
    void check(UserId by, UserId with) {
        if (refusal(by, with) != null) {
            // Perhaps of what holds no more.
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
