package chat.parley.load.workload;

import chat.parley.load.protocol.MessageIds;

/** Messages of a fixed length: each text contains its number and is otherwise made of words. */
public final class SyntheticMessages {
    /** The length that figures of chat servers are usually given for. */
    public static final int USUAL_CHARACTERS = 200;

    /** So many starts in the word text that two messages of a conversation rarely share one. */
    private static final int WORD_TEXT_STARTS = 1 << 18;

    private static final int MAX_PREFIX = 64;

    private final String words;
    private final int characters;

    public SyntheticMessages(int characters) {
        this.characters = characters;
        words = ZipfText.of(WORD_TEXT_STARTS + characters);
    }

    /** A clientMessageId that identifies the message by its conversation and number. */
    String id(int conversation, int number) {
        return MessageIds.next(System.currentTimeMillis(), conversation, number);
    }

    String text(int conversation, int number) {
        int start = Math.floorMod(31 * conversation + 17 * number, WORD_TEXT_STARTS);
        StringBuilder text = new StringBuilder(characters + MAX_PREFIX)
                .append("Message ")
                .append(number)
                .append(" of conversation ")
                .append(conversation)
                .append(' ')
                .append(words, start, start + characters);
        text.setLength(characters);
        return text.toString();
    }
}
