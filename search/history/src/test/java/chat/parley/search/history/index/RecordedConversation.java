package chat.parley.search.history.index;

import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.conversation.ConversationEventStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ann and Bob, whose conversations start with their first messages, which mention Bob. */
final class RecordedConversation extends ConversationEventStore {
    static final ConversationId TEA = new ConversationId("c-tea");
    static final ConversationId ELSEWHERE = new ConversationId("c-elsewhere");
    static final UserId ANN = new UserId("ann");
    static final UserId BOB = new UserId("bob");

    private final AtomicLong now = new AtomicLong(1_000_000);

    RecordedConversation() {
        super(FakeTextProtection.legible());
    }

    @Override
    protected Instant now() {
        return Instant.ofEpochMilli(now.getAndIncrement());
    }

    long say(ConversationId conversation, UserId by, String text) {
        return reply(conversation, by, text, null);
    }

    synchronized long reply(ConversationId conversation, UserId by, String text, @Nullable Long to) {
        if (entries(conversation).isEmpty()) {
            startDirect(conversation, ANN, BOB);
        }
        return reply(conversation, by, text, to, BOB);
    }

    long edit(ConversationId conversation, long target, String text) {
        return edit(conversation, target, text, List.of(BOB));
    }

    long edit(ConversationId conversation, long target, String text, @Nullable List<UserId> mentions) {
        UserId by = find(conversation, target).orElseThrow().by();
        return edit(conversation, by, target, text, mentions);
    }

    long retract(ConversationId conversation, long target) {
        return retract(conversation, ANN, target);
    }

    /** Destroys the user's key, then records it. */
    void erase(UserId user) {
        protection().destroy(user);
        publish("Account", user.value(), 0, new AccountErased(user, now()));
    }

    /** Texts from before this entry expire. */
    void expire(ConversationId conversation, long position) {
        Instant before = find(conversation, position).orElseThrow().at();
        publish("Retention", "retention", 0, new TextsExpired(conversation, before, before));
    }

    /** The events of one conversation in order. */
    List<MessageEvent> changes(ConversationId conversation) {
        List<ConversationEvent> log = entries(conversation);
        return IntStream.rangeClosed(2, log.size())
                .mapToObj(position -> new MessageEvent(position, log.get(position - 1)))
                .toList();
    }
}
