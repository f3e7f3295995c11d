package chat.parley.push.session;

import chat.parley.api.port.TypingRelay;
import chat.parley.api.port.TypingRelay.Typing;
import chat.parley.push.fanout.Fanout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells other nodes who types on this one, and the members on this node who types on others. The same sign given twice
 * between two rounds is passed on once.
 */
public final class TypingExchange {
    /** The pause between two rounds, so that typing costs the relay few requests however many people type. */
    public static final Duration PAUSE = Duration.ofMillis(100);

    /** Signs that cannot be passed on within seconds are of no use any more. */
    private static final int MOST_WAITING = 1_000;

    private final TypingRelay relay;
    private final Fanout fanout;
    private final Set<Typing> waiting = new LinkedHashSet<>();

    public TypingExchange(TypingRelay relay, Fanout fanout) {
        this.relay = relay;
        this.fanout = fanout;
    }

    /** Never waits. Dropped if too many wait. */
    public void passOn(Typing typing) {
        synchronized (waiting) {
            if (waiting.size() < MOST_WAITING) {
                waiting.add(typing);
            }
        }
    }

    public void round() {
        try {
            relay.exchange(next()).forEach(fanout::typingElsewhere);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Typing> next() {
        List<Typing> next = new ArrayList<>();
        synchronized (waiting) {
            Iterator<Typing> oldest = waiting.iterator();
            while (oldest.hasNext() && next.size() < TypingRelay.MOST_SIGNS) {
                next.add(oldest.next());
                oldest.remove();
            }
        }
        return next;
    }
}
