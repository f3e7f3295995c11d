package chat.parley.audit;

import chat.parley.api.account.FindUser;
import chat.parley.api.account.FindUser.Profile;
import chat.parley.api.account.FindUser.Profiles;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.eventstore.serialization.EventSerializer;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.ConversationEventStore;
import chat.parley.testing.conversation.SealedEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.SerializedObject;

/** People who talk, with all that they say in event stores in memory. */
public final class ConversationScenario extends ConversationEventStore {
    public static final Instant BEGIN = Instant.parse("2026-11-29T23:59:57.250Z");

    public final StoredEvents raw = new StoredEvents();
    private final EventSerializer serializer = new EventSerializer();
    private final Map<UserId, Profile> names = new HashMap<>();
    private Instant now = BEGIN;

    public ConversationScenario() {
        super(new FakeTextProtection());
    }

    @Override
    protected Instant now() {
        return now;
    }

    /** Lets time pass between events. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Gives somebody a display name. The username is the id. */
    public UserId named(String id, String name) {
        UserId user = new UserId(id);
        names.put(user, new SealedEvents(protection()).profile(user, id, name));
        return user;
    }

    @Override
    public synchronized long append(ConversationEvent event) {
        long position = super.append(event);
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);
        long index = raw.head() + 1;
        raw.append(new RawEvent(
                index,
                "event-" + index,
                "Conversation",
                event.conversation().value(),
                position - 1,
                event.at().toEpochMilli(),
                stored.getType().getName(),
                stored.getType().getRevision(),
                stored.getData(),
                Map.of()));
        return position;
    }

    public ConversationId direct(String id, UserId by, UserId with) {
        ConversationId conversation = new ConversationId(id);
        startDirect(conversation, by, with);
        return conversation;
    }

    public ConversationId group(String id, String title, HistoryAccess history, UserId by, UserId... members) {
        ConversationId conversation = new ConversationId(id);
        startGroup(conversation, by, title, history, members);
        return conversation;
    }

    public long edit(ConversationId conversation, UserId by, long target, String text) {
        return edit(conversation, by, target, text, List.of());
    }

    /** Answers with the names that {@link #named} has given. */
    @QueryHandler
    public Profiles handle(FindUser.Several query) {
        return new Profiles(
                query.users().stream().map(names::get).filter(Objects::nonNull).toList());
    }
}
