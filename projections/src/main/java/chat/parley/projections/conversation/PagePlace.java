package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationId;

/** Where a position's entry lies: which page of its conversation, and which slot of that page. */
public record PagePlace(long page, int slot) {
    public static final int PAGE_SIZE = 64;

    public static PagePlace of(long position) {
        return new PagePlace((position - 1) / PAGE_SIZE, (int) ((position - 1) % PAGE_SIZE));
    }

    public static String pageId(ConversationId conversation, long page) {
        return conversation + ":" + page;
    }

    public String pageId(ConversationId conversation) {
        return pageId(conversation, page);
    }

    /** The {@code _id} in texts. */
    public static String textId(ConversationId conversation, long position) {
        return conversation + ":" + position;
    }
}
