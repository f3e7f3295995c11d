package chat.parley.projections.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sort key of a conversation in an inbox: pinned ones first, then by newest message. Indexes are unique, so it also
 * marks the start of the next page.
 */
record InboxOrder(boolean pinned, long index) implements Comparable<InboxOrder> {
    private static final Pattern TEXT = Pattern.compile("([pu])(\\d{1,18})");
    private static final Comparator<InboxOrder> ORDER = Comparator.comparing(InboxOrder::pinned)
            .thenComparingLong(InboxOrder::index)
            .reversed();

    static InboxOrder of(MemberView view) {
        return new InboxOrder(view.pinned(), view.lastActivityIndex());
    }

    static InboxOrder parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new Refused(Refusal.CURSOR_INVALID);
        }
        return new InboxOrder("p".equals(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public int compareTo(InboxOrder other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return (pinned ? "p" : "u") + index;
    }
}
