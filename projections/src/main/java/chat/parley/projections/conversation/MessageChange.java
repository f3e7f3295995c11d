package chat.parley.projections.conversation;

import java.util.List;

/**
 * An edit or retraction of a message.
 *
 * @param position   position of the edit or retraction
 * @param target     position of the message
 * @param retraction false for an edit
 * @param mentions   whether the edit has mentions
 * @param large      whether the edit's text is large, see {@link StoredEntry}
 */
record MessageChange(long position, long target, boolean retraction, boolean mentions, boolean large) {
    private static final long RETRACTION = 1;
    private static final long MENTIONS = 2;
    private static final long LARGE = 4;

    static MessageChange of(long position, List<Number> stored) {
        long kind = stored.get(1).longValue();
        return new MessageChange(
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
