package chat.parley.push.fanout;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.ContactState;
import chat.parley.api.contact.FindContacts;
import chat.parley.api.conversation.Entries;
import chat.parley.api.conversation.FindMissed;
import chat.parley.api.inbox.FindMemberships;
import chat.parley.api.inbox.Memberships;
import chat.parley.api.presence.FindPresence;
import chat.parley.api.presence.FindPresence.OpenDevices;
import chat.parley.api.presence.FindPresence.UserPresence;
import chat.parley.push.presence.PresenceModel;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;

/** The read side over the query bus. */
public final class AxonReadModel implements CatchUpReader, PresenceModel {
    /** Longer than the read side itself waits for an index ({@code parley.read-side.max-wait}). */
    private static final long PATIENCE_SECONDS = 30;

    private final QueryGateway queries;

    /** Sessions that connect all at once wait here for each other instead of overrunning the read side. */
    private final Semaphore attaching;

    public AxonReadModel(QueryGateway queries, int maxAttachQueries) {
        this.queries = queries;
        this.attaching = new Semaphore(maxAttachQueries, true);
    }

    @Override
    public Memberships memberships(UserId user, long atLeastIndex) throws InterruptedException {
        return attaching(new FindMemberships(user, atLeastIndex), Memberships.class);
    }

    @Override
    public Entries missed(FindMissed query) throws InterruptedException {
        return attaching(query, Entries.class);
    }

    @Override
    public List<UserId> contacts(UserId user) throws InterruptedException {
        return attaching(new FindContacts(user), FindContacts.Contacts.class).contacts().stream()
                .filter(contact -> contact.state() == ContactState.CONTACT)
                .map(FindContacts.Contact::user)
                .toList();
    }

    @Override
    public List<UserPresence> presences(List<UserId> users, long atLeastIndex) throws InterruptedException {
        return attaching(new FindPresence(users, atLeastIndex), FindPresence.Presences.class)
                .users();
    }

    @Override
    public OpenDevices openDevices(@Nullable String after, long atLeastIndex) throws InterruptedException {
        return ask(new FindPresence.Open(after, atLeastIndex), OpenDevices.class);
    }

    private <T> T attaching(Object query, Class<T> answer) throws InterruptedException {
        attaching.acquire();
        try {
            return ask(query, answer);
        } finally {
            attaching.release();
        }
    }

    private <T> T ask(Object query, Class<T> answer) throws InterruptedException {
        try {
            return queries.query(query, answer).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw Refused.in(failed)
                    .map(Refused::new)
                    .map(RuntimeException.class::cast)
                    .orElseGet(() -> new IllegalStateException("The read side failed", failed.getCause()));
        } catch (TimeoutException late) {
            throw new Refused(Refusal.RETRY_LATER);
        }
    }
}
