package chat.parley.projections;

import chat.parley.api.ConversationId;

/** Where a position's entry lies: which page of its conversation, and which slot of that page. */
record PagePlace(long page, int slot) {
    static final int PAGE_SIZE = 64;

    static PagePlace of(long position) {
        return new PagePlace((position - 1) / PAGE_SIZE, (int) ((position - 1) % PAGE_SIZE));
    }

    static String pageId(ConversationId conversation, long page) {
        return conversation + ":" + page;
    }

    String pageId(ConversationId conversation) {
        return pageId(conversation, page);
    }

    /** The {@code _id} in texts. */
    static String textId(ConversationId conversation, long position) {
        return conversation + ":" + position;
    }
}
