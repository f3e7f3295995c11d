package chat.parley.projections.conversation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;

/**
 * A message that mentioned a user, in its original text or in an edit. {@link MessageChanges} decides whether it still
 * does for this user.
 */
public record Mention(long position, boolean sent) {
    private static final int MAX_KEPT = 100;
    private static final String FIELD = "n";

    static Mention bySending(long position) {
        return new Mention(position, true);
    }

    static Mention byAnEdit(long target) {
        return new Mention(target, false);
    }

    /** @param member the stored state of one member */
    public static List<Mention> of(Document member) {
        return member.getList(FIELD, Object.class, List.of()).stream()
                .map(kept -> ((Number) kept).longValue())
                .map(kept -> new Mention(Math.abs(kept), kept > 0))
                .toList();
    }

    /** Adds a mention and keeps the newest ones, ascending. */
    static List<Mention> with(List<Mention> before, Mention mention) {
        if (before.stream().anyMatch(known -> known.position() == mention.position())) {
            return before;
        }
        List<Mention> all = new ArrayList<>(before);
        all.add(mention);
        all.sort(Comparator.comparingLong(Mention::position));
        return List.copyOf(all.subList(Math.max(0, all.size() - MAX_KEPT), all.size()));
    }

    /** The stored form: the position, negative if only an edit mentions the user. */
    long stored() {
        return sent ? position : -position;
    }
}
