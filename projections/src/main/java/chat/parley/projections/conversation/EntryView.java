package chat.parley.projections.conversation;

import chat.parley.api.conversation.Visibility;

/** A conversation and what a reader sees of it. */
public interface EntryView {
    ConversationState conversation();

    Visibility visibility();
}
