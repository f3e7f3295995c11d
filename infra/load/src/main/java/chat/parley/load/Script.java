package chat.parley.load;

/** What is said: every message has its number in it, and is as long as all the others. */
final class Script {
    /** What the figures of chat servers are usually told for. */
    static final int USUAL_CHARACTERS = 200;

    private final MessageIds ids = new MessageIds();
    private final String padding;
    private final int characters;

    Script(int characters) {
        this.characters = characters;
        padding = ".".repeat(characters);
    }

    String id(int talk, int number) {
        return ids.next(System.currentTimeMillis(), talk, number);
    }

    String text(int talk, int number) {
        return ("Message " + number + " of conversation " + talk + " " + padding).substring(0, characters);
    }

    /** As {@link ServerFrame.Entry#said()} has it. */
    static long said(String sender, String text) {
        return Hash64.entry("message", sender, null, Hash64.of(text));
    }
}
