package chat.parley.projections.inbox;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a conversation stands in an inbox: pinned ones first, then the newest message. No two have the same index, so
 * this also says where the next page begins.
 */
record InboxOrder(boolean pinned, long index) implements Comparable<InboxOrder> {
    private static final Pattern TEXT = Pattern.compile("([pu])(\\d{1,18})");
    private static final Comparator<InboxOrder> ORDER = Comparator.comparing(InboxOrder::pinned)
            .thenComparingLong(InboxOrder::index)
            .reversed();

    static InboxOrder of(MemberView seat) {
        return new InboxOrder(seat.pinned(), seat.lastActivityIndex());
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
