package chat.parley.projections.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import org.jspecify.annotations.Nullable;

/** Receives what a fold finds out about the people of its conversation. Each call names the index of its event. */
public interface MembershipSink {
    void joined(UserId user, ConversationId conversation, long position, long ordinalBefore, long index);

    void left(
            UserId user,
            ConversationId conversation,
            long position,
            long ordinal,
            long index,
            MessageRef lastMessage,
            @Nullable String title);

    /** The pins that somebody who just left may still see. */
    void pinnedWhenTheyLeft(UserId user, ConversationId conversation, long index, PinnedMessages pins);

    void read(UserId user, ConversationId conversation, long position, long ordinal, long index);

    void preferred(UserId user, ConversationId conversation, PreferencesChanged preferences, long index);
}
