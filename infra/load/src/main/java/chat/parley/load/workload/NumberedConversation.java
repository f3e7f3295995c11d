package chat.parley.load.workload;

import chat.parley.load.check.Violations;
import chat.parley.load.client.ConversationHistory;
import java.util.List;

/**
 * A conversation in which one person says numbered things one after the other, so that what stands at every position is
 * known beforehand: number n at position n + 1, after the beginning.
 *
 * @param index  its number among the conversations of its run
 * @param writer the user id of who says them
 */
public record NumberedConversation(int index, String id, String writer, SyntheticMessages script) {
    public static long position(long number) {
        return number + 1;
    }

    public String text(int number) {
        return script.text(index, number);
    }

    /** Whether these are the entries at {@code from} and after, so many and no others. */
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
