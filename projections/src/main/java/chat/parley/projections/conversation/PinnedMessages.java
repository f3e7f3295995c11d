package chat.parley.projections.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.FindPins.Pin;
import chat.parley.api.conversation.Visibility;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;

/** The pinned messages in a conversation's document. */
public record PinnedMessages(Document byTarget) {
    public static final String FIELD = "p";

    boolean has(long target) {
        return byTarget.containsKey(String.valueOf(target));
    }

    PinnedMessages with(MessagePinned pin, long position) {
        Document more = new Document(byTarget);
        more.put(
                String.valueOf(pin.target()),
                List.of(position, pin.by().value(), pin.at().toEpochMilli()));
        return new PinnedMessages(more);
    }

    PinnedMessages without(long target) {
        Document fewer = new Document(byTarget);
        fewer.remove(String.valueOf(target));
        return new PinnedMessages(fewer);
    }

    /** The pins of which this user may see both the message and the pinning entry, newest first. */
    public List<Pin> seen(Visibility visibility) {
        return byTarget.keySet().stream()
                .map(this::pin)
                .filter(pin -> visibility.sees(pin.target()) && visibility.sees(pin.position()))
                .sorted(Comparator.comparingLong(Pin::position).reversed())
                .toList();
    }

    private Pin pin(String target) {
        List<Object> pin = byTarget.getList(target, Object.class);
        return new Pin(
                Long.parseLong(target),
                ((Number) pin.get(0)).longValue(),
                new UserId((String) pin.get(1)),
                Instant.ofEpochMilli(((Number) pin.get(2)).longValue()));
    }
}
