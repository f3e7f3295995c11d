package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageUnpinned;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindPins;
import chat.parley.api.conversation.FindPins.Pin;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinsTest {
    private static final ConversationId GROUP = new ConversationId("group");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final UserId CLEO = new UserId("cleo");
    private static final Instant AT = Instant.parse("2026-11-21T09:30:00.123Z");

    private final ReadModelHolder model = new ReadModelHolder();
    private final EventHistoryFixture history = new EventHistoryFixture();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void areVisibleWithTheMessageAndThePinningEntry(int batchSize) {
        add(new GroupStarted(
                GROUP, ANN, new SealedText("k", "n", "t"), List.of(BEN), false, HistoryAccess.SINCE_JOINED, AT));
        message(2);
        message(3);
        message(4);
        add(pinned(2)); // 5
        add(pinned(3)); // 6
        add(pinned(4)); // 7
        add(new MessageUnpinned(GROUP, ANN, 3, AT)); // 8
        add(new MemberLeft(GROUP, BEN, BEN, AT)); // 9
        add(new MemberJoined(GROUP, ANN, CLEO, AT)); // 10
        message(11);
        add(pinned(3)); // 12
        add(pinned(11)); // 13
        add(new MessageRetracted(GROUP, ANN, 4, AT)); // 14
        List<RecordedEvent> all = history.events();
        for (int from = 0; from < all.size(); from += batchSize) {
            model.write(all.subList(from, Math.min(all.size(), from + batchSize)));
        }

        assertThat(pins(ANN)).containsExactly(pin(11, 13), pin(3, 12), pin(2, 5));
        // The pins when Ben left, and those of messages since Cleo joined.
        assertThat(pins(BEN)).containsExactly(pin(4, 7), pin(2, 5));
        assertThat(pins(CLEO)).containsExactly(pin(11, 13));
        assertThatThrownBy(() -> pins(new UserId("dan"))).isInstanceOf(Refused.class);
    }

    private List<Pin> pins(UserId user) {
        return model.inboxes.handle(new FindPins(user, GROUP)).join().pins();
    }

    private static Pin pin(long target, long position) {
        return new Pin(target, position, ANN, AT);
    }

    private static MessagePinned pinned(long target) {
        return new MessagePinned(GROUP, ANN, target, AT);
    }

    private void message(long position) {
        add(RandomHistory.message(GROUP, ANN, "m" + position, "text", position, List.of()));
    }

    private void add(ConversationEvent event) {
        history.add(event);
    }
}
