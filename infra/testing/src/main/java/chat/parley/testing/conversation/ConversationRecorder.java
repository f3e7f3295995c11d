package chat.parley.testing.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.testing.FakeTextProtection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Appends what users do in conversations as events, without the rules of the domain. Each method answers the position. */
public abstract class ConversationRecorder {
    private final FakeTextProtection protection;
    private final SealedEvents events;
    private final AtomicLong messages = new AtomicLong();
    private final Map<ConversationId, Long> ordinals = new ConcurrentHashMap<>();

    protected ConversationRecorder(FakeTextProtection protection) {
        this.protection = protection;
        this.events = new SealedEvents(protection);
    }

    public final FakeTextProtection protection() {
        return protection;
    }

    /** The time of the next event. */
    protected abstract Instant now();

    public abstract long append(ConversationEvent event);

    public final long startDirect(ConversationId id, UserId by, UserId with) {
        return append(new DirectStarted(id, by, with, now()));
    }

    /** Users may not join it themselves. */
    public final long startGroup(ConversationId id, UserId by, String title, HistoryAccess history, UserId... members) {
        return append(new GroupStarted(id, by, events.title(id, by, title), List.of(members), false, history, now()));
    }

    public final long join(ConversationId id, UserId by, UserId user) {
        return append(new MemberJoined(id, by, user, now()));
    }

    public final long leave(ConversationId id, UserId by, UserId user) {
        return append(new MemberLeft(id, by, user, now()));
    }

    public final long rename(ConversationId id, UserId by, String title) {
        return append(new GroupRenamed(id, by, events.title(id, by, title), now()));
    }

    public final long send(ConversationId id, UserId by, String text, UserId... mentions) {
        return reply(id, by, text, null, mentions);
    }

    public final long reply(ConversationId id, UserId by, String text, @Nullable Long to, UserId... mentions) {
        return append(message(id, by, text, to, List.of(mentions), now()));
    }

    protected final MessageSent message(
            ConversationId id, UserId by, String text, @Nullable Long to, List<UserId> mentions, Instant at) {
        String clientMessageId = "m" + messages.incrementAndGet();
        return events.message(id, by, clientMessageId, text, ordinals.merge(id, 1L, Long::sum), to, mentions, at);
    }

    public final long edit(ConversationId id, UserId by, long target, String text, @Nullable List<UserId> mentions) {
        return append(events.edit(id, by, target, text, mentions, now()));
    }

    public final long retract(ConversationId id, UserId by, long target) {
        return append(new MessageRetracted(id, by, target, now()));
    }

    public final long react(ConversationId id, UserId by, long target, String emoji, boolean added) {
        return append(new ReactionChanged(id, by, target, emoji, added, now()));
    }
}
