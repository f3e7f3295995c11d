package chat.parley.wire;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.MessageUnpinned;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders a recorded entry for clients and reveals its text. Every way to clients uses it. */
public final class EntryRenderer {
    private static final Logger log = LoggerFactory.getLogger(EntryRenderer.class);

    private final TextProtection protection;

    public EntryRenderer(TextProtection protection) {
        this.protection = protection;
    }

    public Entry render(RecordedEntry recorded) {
        long position = recorded.position();
        ConversationEvent event = recorded.event();
        return switch (event) {
            case DirectStarted e ->
                new Entry.Started(
                        e.conversation(),
                        position,
                        e.by(),
                        e.at(),
                        ConversationKind.DIRECT,
                        e.admitted().stream()
                                .map(user -> new Entry.Member(user, MemberRole.MEMBER))
                                .toList(),
                        null,
                        null,
                        null,
                        false);
            case GroupStarted e -> started(e, position);
            case MessageSent e -> message(e, recorded);
            case MessageEdited e -> edit(e, recorded);
            case MessageRetracted e -> new Entry.Retraction(e.conversation(), position, e.by(), e.at(), e.target());
            case ReactionChanged e ->
                new Entry.Reaction(e.conversation(), position, e.by(), e.at(), e.target(), e.emoji(), e.added());
            case MemberJoined e -> new Entry.Joined(e.conversation(), position, e.by(), e.at(), e.user());
            case MemberLeft e -> new Entry.Left(e.conversation(), position, e.by(), e.at(), e.user());
            case GroupRenamed e -> {
                String title = reveal(e.title(), TextProtection.titleContext(e.conversation()), event, position);
                yield new Entry.Renamed(e.conversation(), position, e.by(), e.at(), title, title == null);
            }
            case MemberRoleChanged e -> new Entry.Role(e.conversation(), position, e.by(), e.at(), e.user(), e.role());
            case JoinabilityChanged e ->
                new Entry.Joinability(e.conversation(), position, e.by(), e.at(), e.joinable());
            case MessagePinned e -> new Entry.Pinned(e.conversation(), position, e.by(), e.at(), e.target());
            case MessageUnpinned e -> new Entry.Unpinned(e.conversation(), position, e.by(), e.at(), e.target());
        };
    }

    private Entry started(GroupStarted e, long position) {
        String title = reveal(e.title(), TextProtection.titleContext(e.conversation()), e, position);
        List<Entry.Member> members = new ArrayList<>(e.members().size() + 1);
        members.add(new Entry.Member(e.by(), MemberRole.OWNER));
        e.members().forEach(user -> members.add(new Entry.Member(user, MemberRole.MEMBER)));
        return new Entry.Started(
                e.conversation(),
                position,
                e.by(),
                e.at(),
                ConversationKind.GROUP,
                members,
                title,
                e.joinable(),
                e.history(),
                title == null);
    }

    private Entry message(MessageSent e, RecordedEntry recorded) {
        String text = recorded.retractedBy() == null ? currentText(e, recorded) : null;
        return new Entry.Message(
                e.conversation(),
                recorded.position(),
                e.by(),
                e.at(),
                e.clientMessageId(),
                text,
                e.replyTo(),
                currentMentions(e, recorded.edit()),
                e.ordinal(),
                recorded.editedBy(),
                recorded.retractedBy(),
                text == null && recorded.retractedBy() == null,
                recorded.reactions().stream()
                        .map(each -> new Entry.Reactions(each.emoji(), each.users()))
                        .toList());
    }

    private @Nullable String currentText(MessageSent e, RecordedEntry recorded) {
        MessageEdited newest = recorded.edit();
        if (newest != null) {
            return editText(newest, recorded.position());
        }
        ClientMessageId id = e.clientMessageId();
        return reveal(e.text(), TextProtection.messageContext(e.conversation(), e.by(), id), e, recorded.position());
    }

    private static List<UserId> currentMentions(MessageSent e, @Nullable MessageEdited newest) {
        return newest == null || newest.mentions() == null ? e.mentions() : newest.mentions();
    }

    private Entry edit(MessageEdited e, RecordedEntry recorded) {
        boolean retracted = recorded.retractedBy() != null;
        String text = retracted ? null : editText(e, recorded.position());
        return new Entry.Edit(
                e.conversation(),
                recorded.position(),
                e.by(),
                e.at(),
                e.target(),
                text,
                retracted ? null : e.mentions(),
                recorded.retractedBy(),
                text == null && !retracted);
    }

    private @Nullable String editText(MessageEdited e, long position) {
        return reveal(e.text(), TextProtection.editContext(e.conversation(), e.by(), e.target()), e, position);
    }

    /**
     * Null if the key is destroyed. An altered text reads the same and is logged: one bad entry must not make the rest of
     * a conversation unreadable.
     */
    private @Nullable String reveal(SealedText sealed, TextContext context, ConversationEvent event, long position) {
        try {
            return protection.reveal(sealed, context).orElse(null);
        } catch (IllegalStateException altered) {
            log.error("The text of entry {} {} was altered", event.conversation(), position, altered);
            return null;
        }
    }
}
