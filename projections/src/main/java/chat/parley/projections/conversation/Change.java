package chat.parley.projections.conversation;

import java.util.List;

/**
 * What a later entry did to a message.
 *
 * @param position   of that entry
 * @param target     the message's position
 * @param retraction an edit otherwise
 * @param mentions   whether it says whom the message mentions
 * @param large      whether its text is one of which few go into one answer
 */
record Change(long position, long target, boolean retraction, boolean mentions, boolean large) {
    private static final long RETRACTION = 1;
    private static final long MENTIONS = 2;
    private static final long LARGE = 4;

    static Change of(long position, List<Number> stored) {
        long kind = stored.get(1).longValue();
        return new Change(
                position,
                stored.get(0).longValue(),
                (kind & RETRACTION) != 0,
                (kind & MENTIONS) != 0,
                (kind & LARGE) != 0);
    }

    List<Long> stored() {
        return List.of(target, (retraction ? RETRACTION : 0) | (mentions ? MENTIONS : 0) | (large ? LARGE : 0));
    }
}
