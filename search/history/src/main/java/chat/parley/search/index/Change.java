package chat.parley.search.index;

import chat.parley.api.ConversationEvent;

/** An event of a message, with its position in its conversation. */
record Change(long position, ConversationEvent event) {}
