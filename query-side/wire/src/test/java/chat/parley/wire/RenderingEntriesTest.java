package chat.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RenderingEntriesTest {
    private final EntryRenderer renderer = new EntryRenderer(new ContextIsText());

    /** Opens a text as its context; has one key and one altered text. */
    private static final class ContextIsText implements TextProtection {
        @Override
        public SealedText seal(UserId author, String text, TextContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> reveal(SealedText sealed, TextContext context) {
            if (sealed.ciphertext().equals("altered")) {
                throw new IllegalStateException("altered");
            }
            return sealed.keyId().equals("k") ? Optional.of(context.binding()) : Optional.empty();
        }

        @Override
        public Optional<UserId> author(SealedText sealed) {
            throw new UnsupportedOperationException();
        }
    }

    private static MessageSent message(SealedText text) {
        return new MessageSent(
                FrameSamples.CONVERSATION,
                FrameSamples.ANN,
                FrameSamples.ID,
                text,
                "h",
                3,
                null,
                List.of(),
                FrameSamples.AT);
    }

    private static MessageEdited edit(@Nullable List<UserId> mentions) {
        return new MessageEdited(FrameSamples.CONVERSATION, FrameSamples.ANN, 2, TEXT, mentions, "h", FrameSamples.AT);
    }

    private static MessageSent mentioning(UserId user) {
        return new MessageSent(
                FrameSamples.CONVERSATION,
                FrameSamples.ANN,
                FrameSamples.ID,
                TEXT,
                "h",
                3,
                null,
                List.of(user),
                FrameSamples.AT);
    }

    private static final SealedText TEXT = new SealedText("k", "n", "c");
    private static final SealedText SHREDDED = new SealedText("gone", "n", "c");

    private Entry.Message render(ConversationEvent event, @Nullable MessageEdited edit, @Nullable Long retractedBy) {
        Long editedBy = edit == null ? null : 7L;
        return (Entry.Message) renderer.render(new RecordedEntry(2, 9, event, editedBy, edit, retractedBy, List.of()));
    }

    @Test
    void aMessageHasItsText() {
        Entry.Message entry = render(message(TEXT), null, null);
        assertThat(entry.text()).isEqualTo("message/c1/ann/" + FrameSamples.ID);
        assertThat(entry.erased()).isFalse();
        assertThat(entry.ordinal()).isEqualTo(3);
    }

    @Test
    void anEditedMessageHasTheNewestText() {
        Entry.Message entry = render(message(TEXT), edit(List.of()), null);
        assertThat(entry.text()).isEqualTo("edit/c1/ann/2");
        assertThat(entry.edited()).isEqualTo(7);
    }

    @Test
    void anEditedMessageHasTheMentionsOfTheNewestEdit() {
        assertThat(render(mentioning(FrameSamples.BOB), edit(List.of(FrameSamples.ANN)), null)
                        .mentions())
                .containsExactly(FrameSamples.ANN);
        assertThat(render(mentioning(FrameSamples.BOB), edit(List.of()), null).mentions())
                .isEmpty();
    }

    @Test
    void anEditOfRevision1KeepsTheMentions() {
        assertThat(render(mentioning(FrameSamples.BOB), edit(null), null).mentions())
                .containsExactly(FrameSamples.BOB);
        assertThat(renderer.render(RecordedEntry.of(7, 9, edit(null))))
                .isInstanceOfSatisfying(
                        Entry.Edit.class, entry -> assertThat(entry.mentions()).isNull());
    }

    @Test
    void anEditHasItsMentions() {
        assertThat(renderer.render(RecordedEntry.of(7, 9, edit(List.of()))))
                .isInstanceOfSatisfying(
                        Entry.Edit.class, entry -> assertThat(entry.mentions()).isEmpty());
    }

    @Test
    void aRetractedMessageHasNoTextAndIsNotErased() {
        Entry.Message entry = render(message(TEXT), null, 8L);
        assertThat(entry.text()).isNull();
        assertThat(entry.retracted()).isEqualTo(8);
        assertThat(entry.erased()).isFalse();
    }

    @Test
    void aShreddedMessageIsErased() {
        assertThat(render(message(SHREDDED), null, null).erased()).isTrue();
    }

    @Test
    void anAlteredTextDoesNotHideOtherEntries() {
        assertThat(render(message(new SealedText("k", "n", "altered")), null, null)
                        .erased())
                .isTrue();
    }

    @Test
    void aGroupStartsWithItsOwnerFirst() {
        Entry entry = renderer.render(RecordedEntry.of(
                1,
                0,
                new GroupStarted(
                        FrameSamples.CONVERSATION,
                        FrameSamples.ANN,
                        TEXT,
                        List.of(FrameSamples.BOB),
                        true,
                        HistoryAccess.ALL,
                        FrameSamples.AT)));
        assertThat(entry).isInstanceOfSatisfying(Entry.Started.class, started -> {
            assertThat(started.title()).isEqualTo("title/c1");
            assertThat(started.members())
                    .containsExactly(
                            new Entry.Member(FrameSamples.ANN, MemberRole.OWNER),
                            new Entry.Member(FrameSamples.BOB, MemberRole.MEMBER));
        });
    }

    @Test
    void entriesDoNotPrintTheirTexts() {
        for (Entry entry : FrameSamples.ENTRIES) {
            assertThat(entry.toString()).doesNotContain("안녕", "text=t", "Title");
        }
        for (ClientFrame frame : FrameSamples.CLIENT_FRAMES) {
            assertThat(frame.toString()).doesNotContain("안녕", "token=", "text=");
        }
    }
}
