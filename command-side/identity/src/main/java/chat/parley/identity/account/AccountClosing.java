package chat.parley.identity.account;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.DeactivateAccount;
import chat.parley.api.account.AccountCommand.DeleteAccount;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactCommand.EndContact;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.conversation.ConversationCommand.RemoveDeletedMember;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.port.ActivityVault;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.KeyedHash;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.dispatch.ReadModelClient;
import chat.parley.identity.login.KnownLoginSources;
import chat.parley.identity.login.Logins;
import chat.parley.identity.password.Credentials;
import chat.parley.identity.password.MailAddresses;
import chat.parley.identity.password.OneTimeCodes;

/**
 * Deactivates and deletes accounts. A deletion has several steps, and the process may crash after any of them. So the
 * deletion is recorded before the first step, every step can be repeated, and {@link DeletionFinisher} repeats all of
 * them.
 */
public final class AccountClosing {
    private final PendingDeletions deletions;
    private final Credentials credentials;
    private final OneTimeCodes codes;
    private final MailAddresses addresses;
    private final KnownLoginSources sources;
    private final ActivityVault activity;
    private final Logins logins;
    private final CommandDispatcher commands;
    private final ReadModelClient readModel;
    private final EventFeed events;
    private final KeyedHash hash;

    AccountClosing(
            PendingDeletions deletions,
            Credentials credentials,
            OneTimeCodes codes,
            MailAddresses addresses,
            KnownLoginSources sources,
            ActivityVault activity,
            Logins logins,
            CommandDispatcher commands,
            ReadModelClient readModel,
            EventFeed events,
            KeyedHash hash) {
        this.deletions = deletions;
        this.credentials = credentials;
        this.codes = codes;
        this.addresses = addresses;
        this.sources = sources;
        this.activity = activity;
        this.logins = logins;
        this.commands = commands;
        this.readModel = readModel;
        this.events = events;
        this.hash = hash;
    }

    /** The read side tells other users that the account is closed, so it is up to date before this returns. */
    public void deactivate(UserId user) {
        commands.send(new DeactivateAccount(user));
        readModel.catchUp();
        logins.endAll(user, null);
    }

    /**
     * Once this returns, no session of the user is open and none can be opened. Contacts and memberships end soon
     * after. A deleted account can be deleted again.
     *
     * @throws Refused {@link Refusal#LAST_ADMIN} or {@link Refusal#USER_NOT_FOUND}; any other refusal leaves the deletion
     * to {@link DeletionFinisher}
     */
    public void delete(UserId user) {
        deletions.begin(user);
        close(user);
    }

    private void close(UserId user) {
        try {
            commands.send(new DeleteAccount(user));
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.LAST_ADMIN || refused.refusal() == Refusal.USER_NOT_FOUND) {
                deletions.end(user);
            }
            throw refused;
        }
        readModel.catchUp();
        credentials.remove(user);
        codes.forget(user);
        addresses.forget(user);
        sources.forget(user);
        activity.forget(user);
        logins.endAll(user, null);
    }

    /** Runs every step of a deletion, from the first. */
    void finish(UserId user) {
        close(user);
        endContacts(user);
        leaveGroups(user);
    }

    private void endContacts(UserId user) {
        readModel.ask(new FindContacts(user), FindContacts.Contacts.class).contacts().stream()
                .map(FindContacts.Contact::user)
                .forEach(other -> commands.send(new EndContact(hash.contact(user, other), user, other)));
    }

    private void leaveGroups(UserId user) {
        readModel.ask(new FindMemberships(user, events.head()), Memberships.class).memberships().stream()
                .filter(membership -> membership.kind() == ConversationKind.GROUP
                        && membership.visibility().isOpen())
                .forEach(membership -> commands.send(new RemoveDeletedMember(membership.conversation(), user)));
    }
}
