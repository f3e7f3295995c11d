package chat.parley.load.workload;

import chat.parley.load.protocol.EntryHash;
import chat.parley.load.protocol.MessageIds;
import chat.parley.load.protocol.ReceivedFrame;

/** What is said: every message has its number in it, and is as long as all the others; the rest of it is words. */
public final class SyntheticMessages {
    /** What the figures of chat servers are usually told for. */
    public static final int USUAL_CHARACTERS = 200;

    /** Far more than any index would take for the same text again. */
    private static final int WORDS_TO_CHOOSE_FROM = 1 << 18;

    private static final int LONGEST_START = 64;

    private final MessageIds ids = new MessageIds();
    private final String words;
    private final int characters;

    public SyntheticMessages(int characters) {
        this.characters = characters;
        words = ZipfText.text(WORDS_TO_CHOOSE_FROM + characters);
    }

    public String id(int talk, int number) {
        return ids.next(System.currentTimeMillis(), talk, number);
    }

    String text(int talk, int number) {
        int start = Math.floorMod(31 * talk + 17 * number, WORDS_TO_CHOOSE_FROM);
        StringBuilder text = new StringBuilder(characters + LONGEST_START)
                .append("Message ")
                .append(number)
                .append(" of conversation ")
                .append(talk)
                .append(' ')
                .append(words, start, start + characters);
        text.setLength(characters);
        return text.toString();
    }

    /** As {@link ReceivedFrame.Entry#said()} has it. */
    static long said(String sender, String text) {
        return EntryHash.entry("message", sender, null, EntryHash.of(text));
    }
}
