package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationId;

/** The page of a position within its conversation, and the slot within the page. */
public record PageSlot(long page, int slot) {
    public static final int PAGE_SIZE = 64;

    public static PageSlot of(long position) {
        return new PageSlot((position - 1) / PAGE_SIZE, (int) ((position - 1) % PAGE_SIZE));
    }

    public static String pageId(ConversationId conversation, long page) {
        return conversation + ":" + page;
    }

    public String pageId(ConversationId conversation) {
        return pageId(conversation, page);
    }

    /** The {@code _id} in the collection {@code texts}. */
    public static String textId(ConversationId conversation, long position) {
        return conversation + ":" + position;
    }
}
