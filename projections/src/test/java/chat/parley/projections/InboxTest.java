package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.FindConversation;
import chat.parley.api.conversation.FindConversation.Details;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.inbox.FindInbox.Inbox;
import chat.parley.api.inbox.FindInbox.Item;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final Instant AT = Instant.ofEpochMilli(1_000);
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final UserId EVE = new UserId("eve");
    private static final SealedText OLD = new SealedText("key", "nonce", "old");
    private static final SealedText NEW = new SealedText("key", "nonce", "new");

    private final ReadModelHolder model = new ReadModelHolder();
    private final EventHistoryFixture history = new EventHistoryFixture();

    private static ConversationId group(int number) {
        return new ConversationId("group" + number);
    }

    private void start(int number, boolean joinable) {
        history.add(new GroupStarted(group(number), ANN, OLD, List.of(BEN), joinable, HistoryAccess.SINCE_JOINED, AT));
    }

    private void write() {
        model.write(history.events());
    }

    @Test
    void isPagedPinnedFirstThenNewest() {
        IntStream.range(0, 10).forEach(number -> start(number, false));
        history.add(new PreferencesChanged(group(3), ANN, true, true, false, AT));
        history.add(new PreferencesChanged(group(5), ANN, false, true, true, AT));
        history.add(RandomHistory.message(group(2), BEN, "m", "text", 1, List.of()));
        history.add(new MemberLeft(group(7), ANN, ANN, AT));
        history.add(RandomHistory.message(group(7), BEN, "m", "unseen", 1, List.of()));
        write();
        List<ConversationId> seen = new ArrayList<>();
        String next = null;
        do {
            Inbox page = model.inboxes.handle(new FindInbox(ANN, next, 3));
            page.conversations().forEach(item -> seen.add(item.conversation()));
            next = page.next();
        } while (next != null);
        assertThat(seen)
                .containsExactly(
                        group(5), group(3), group(2), group(9), group(8), group(7), group(6), group(4), group(1),
                        group(0));
        Item left = item(ANN, group(7));
        assertThat(left.head()).isEqualTo(2);
        assertThat(left.unread()).isZero();
        assertThat(left.last()).isNull();
        assertThat(item(ANN, group(3)).muted()).isTrue();
        assertThat(item(ANN, group(2)).unread()).isEqualTo(1);
    }

    @Test
    void isReorderedOnlyByMessages() {
        start(1, true);
        start(2, false);
        history.add(RandomHistory.message(group(1), BEN, "m", "text", 1, List.of()));
        history.add(RandomHistory.message(group(2), BEN, "m", "text", 1, List.of()));
        history.add(new ReactionChanged(group(1), BEN, 2, "x", true, AT));
        history.add(new ReactionChanged(group(1), BEN, 2, "x", false, AT));
        history.add(new MessageEdited(group(1), BEN, 2, NEW, List.of(), "h", AT));
        history.add(new MessageRetracted(group(1), BEN, 2, AT));
        history.add(new MemberJoined(group(1), EVE, EVE, AT));
        history.add(new GroupRenamed(group(1), ANN, NEW, AT));
        history.add(new MemberLeft(group(1), EVE, EVE, AT));
        write();
        assertThat(model.inboxes.handle(new FindInbox(ANN, null, 3)).conversations())
                .extracting(Item::conversation)
                .containsExactly(group(2), group(1));
        Item moved = item(ANN, group(1));
        assertThat(moved.head()).isEqualTo(9);
        assertThat(moved.last()).isNotNull().satisfies(last -> {
            assertThat(last.position()).isEqualTo(2);
            assertThat(last.retractedBy()).isEqualTo(6L);
        });
    }

    @Test
    void countsNoMessagesFromBeforeTheMembershipAsUnread() {
        ConversationId open = group(1);
        history.add(new GroupStarted(open, ANN, OLD, List.of(), true, HistoryAccess.ALL, AT));
        history.add(RandomHistory.message(open, ANN, "m1", "before", 1, List.of()));
        history.add(new MemberJoined(open, BEN, BEN, AT));
        write();
        assertThat(item(BEN, open).unread()).isZero();
        assertThat(item(BEN, open).last()).isNotNull();
        history.add(RandomHistory.message(open, ANN, "m2", "after", 2, List.of(BEN)));
        history.add(RandomHistory.message(open, ANN, "m3", "oops", 3, List.of(BEN)));
        history.add(new MessageRetracted(open, ANN, 5, AT));
        write();
        assertThat(item(BEN, open).unread()).isEqualTo(1);
        assertThat(item(BEN, open).mentions()).isEqualTo(1);
        history.add(new MessageEdited(open, ANN, 4, NEW, List.of(), "h", AT));
        write();
        assertThat(item(BEN, open).mentions()).isZero();
    }

    @Test
    void refusesAForgedCursor() {
        for (String made : List.of("", "x1", "p", "p-1", "p99999999999999999999")) {
            assertRefused(Refusal.CURSOR_INVALID, () -> model.inboxes.handle(new FindInbox(ANN, made, 3)));
        }
    }

    @Test
    void isEmptyForAnUnknownUser() {
        assertThat(model.inboxes.handle(new FindInbox(EVE, null, 3))).isEqualTo(new Inbox(List.of(), null));
    }

    @Test
    void showsTheOtherUserOfADirectConversation() {
        ConversationId direct = new ConversationId("direct");
        history.add(new DirectStarted(direct, ANN, BEN, AT));
        write();
        assertThat(item(ANN, direct).with()).isEqualTo(BEN);
        assertThat(item(BEN, direct).with()).isEqualTo(ANN);
    }

    @Test
    void countsMentionsOnlyUpToTheStoredNumber() {
        start(1, false);
        for (int i = 1; i <= 130; i++) {
            history.add(RandomHistory.message(group(1), BEN, "m" + i, "text", i, List.of(ANN, BEN)));
        }
        history.events().forEach(recorded -> model.write(List.of(recorded)));
        assertThat(item(ANN, group(1)).mentions()).isEqualTo(100);
        assertThat(item(ANN, group(1)).unread()).isEqualTo(130);
        assertThat(item(BEN, group(1)).mentions()).isZero();
    }

    @Test
    void hidesANewTitleFromFormerMembers() {
        start(1, false);
        start(2, true);
        for (int number : List.of(1, 2)) {
            history.add(new MemberLeft(group(number), BEN, BEN, AT));
            history.add(new GroupRenamed(group(number), ANN, NEW, AT));
        }
        write();
        assertThat(item(BEN, group(1)).title()).isEqualTo(OLD);
        assertThat(item(BEN, group(2)).title()).isEqualTo(OLD);
        Details open = model.inboxes.handle(new FindConversation(BEN, group(2))).join();
        assertThat(open.title()).as("as anybody is told").isEqualTo(NEW);
        assertThat(item(ANN, group(1)).title()).isEqualTo(NEW);
        Details left = model.inboxes.handle(new FindConversation(BEN, group(1))).join();
        assertThat(left.title()).isEqualTo(OLD);
        assertThat(left.members()).isEmpty();
        assertThat(left.head()).isEqualTo(2);
    }

    @Test
    void showsNonMembersOnlyTheTitleOfAnOpenGroup() {
        start(1, false);
        start(2, true);
        write();
        Details open = model.inboxes.handle(new FindConversation(EVE, group(2))).join();
        assertThat(open.title()).isEqualTo(OLD);
        assertThat(open.members()).isEmpty();
        assertThat(open.head()).isZero();
        assertRefused(Refusal.NOT_A_MEMBER, () -> model.inboxes.handle(new FindConversation(EVE, group(1))));
        assertRefused(Refusal.CONVERSATION_NOT_FOUND, () -> model.inboxes.handle(new FindConversation(EVE, group(3))));
    }

    private Item item(UserId user, ConversationId conversation) {
        return model.inboxes.handle(new FindInbox(user, null, 100)).conversations().stream()
                .filter(item -> item.conversation().equals(conversation))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
