package chat.parley.push;

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
import chat.parley.eventprocessing.query.QueryClient;
import chat.parley.push.fanout.CatchUpReader;
import chat.parley.push.presence.PresenceReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;

/** Reads the read side over the query bus. Each call blocks its virtual thread. */
final class AxonReadModel implements CatchUpReader, PresenceReader {
    /** Longer than the read side itself waits for an index ({@code parley.read-side.max-wait}). */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final QueryClient queries;

    /** Bounds the queries that run at once, when many clients connect at the same time. */
    private final Semaphore permits;

    AxonReadModel(QueryGateway queries, int maxQueries) {
        this.queries = new QueryClient(queries, TIMEOUT);
        this.permits = new Semaphore(maxQueries, true);
    }

    @Override
    public Memberships memberships(UserId user, long atLeastIndex) throws InterruptedException {
        return askWithPermit(new FindMemberships(user, atLeastIndex), Memberships.class);
    }

    @Override
    public Entries missed(FindMissed query) throws InterruptedException {
        return askWithPermit(query, Entries.class);
    }

    @Override
    public List<UserId> contacts(UserId user) throws InterruptedException {
        return askWithPermit(new FindContacts(user), FindContacts.Contacts.class).contacts().stream()
                .filter(contact -> contact.state() == ContactState.CONTACT)
                .map(FindContacts.Contact::user)
                .toList();
    }

    @Override
    public List<UserPresence> presences(List<UserId> users, long atLeastIndex) throws InterruptedException {
        return askWithPermit(new FindPresence(users, atLeastIndex), FindPresence.Presences.class)
                .users();
    }

    @Override
    public OpenDevices openDevices(@Nullable String after, long atLeastIndex) throws InterruptedException {
        return queries.askInterruptibly(new FindPresence.Open(after, atLeastIndex), OpenDevices.class);
    }

    private <T> T askWithPermit(Object query, Class<T> answer) throws InterruptedException {
        permits.acquire();
        try {
            return queries.askInterruptibly(query, answer);
        } finally {
            permits.release();
        }
    }
}
