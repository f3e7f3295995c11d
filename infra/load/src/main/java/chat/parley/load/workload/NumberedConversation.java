package chat.parley.load.workload;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ConversationHistory;
import java.util.List;

/**
 * A conversation in which one user sends numbered messages in order, so that the entry at every position is known
 * beforehand: message n is at position n + 1, after the start of the conversation.
 *
 * @param index  of the conversation in its run
 * @param writer the id of the user who sends them
 */
public record NumberedConversation(int index, String id, String writer, SyntheticMessages messages) {
    public static long position(long number) {
        return number + 1;
    }

    public String text(int number) {
        return messages.text(index, number);
    }

    public String messageId(int number) {
        return messages.id(index, number);
    }

    /** Checks that these are exactly the {@code count} entries from position {@code from}. */
    public void check(List<ConversationHistory.Entry> entries, long from, long count, Violations violations) {
        if (entries.size() != count) {
            violations.add(
                    Violations.Kind.HISTORY_GAP,
                    id + " from position " + from + " has " + entries.size() + " entries, not " + count);
        }
        long position = from;
        for (ConversationHistory.Entry entry : entries) {
            if (entry.position() != position) {
                violations.add(
                        Violations.Kind.HISTORY_GAP,
                        id + " has position " + entry.position() + " in place of " + position);
                return;
            }
            if (!isRight(entry)) {
                violations.add(Violations.Kind.HISTORY_DIFFERS, id + " position " + position);
            }
            position++;
        }
    }

    private boolean isRight(ConversationHistory.Entry entry) {
        if (entry.position() == 1) {
            return entry.kind().equals("started");
        }
        int number = Math.toIntExact(entry.position() - 1);
        return entry.kind().equals("message")
                && entry.sender().equals(writer)
                && entry.ordinal() == number
                && text(number).equals(entry.text());
    }
}
