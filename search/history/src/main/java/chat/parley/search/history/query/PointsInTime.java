package chat.parley.search.history.query;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The points in time that this node keeps open for further pages. Each prevents parts of the index from being merged
 * away, so their number is limited; the oldest of a user is closed first.
 */
final class PointsInTime {
    private static final Logger log = LoggerFactory.getLogger(PointsInTime.class);

    /** Per user: a few devices with a few searches each. */
    static final int MOST_PER_USER = 8;
    /** For all users. */
    private static final int MOST = 2_000;

    private final HistorySearch history;
    private final Clock clock;

    /** By name, the least recently used first. */
    private final Map<String, Holder> open = new LinkedHashMap<>();

    PointsInTime(HistorySearch history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    String open(SearchPlan plan) {
        String opened = history.open(plan);
        hold(plan.asker().user(), opened).forEach(this::closeQuietly);
        return opened;
    }

    /** The name may have changed with the last page. */
    void renew(UserId user, String before, String now) {
        synchronized (open) {
            open.remove(before);
        }
        hold(user, now).forEach(this::closeQuietly);
    }

    void close(String pointInTime) {
        synchronized (open) {
            open.remove(pointInTime);
        }
        closeQuietly(pointInTime);
    }

    /** Registers a point in time and returns those that exceed the limits now. */
    private List<String> hold(UserId user, String pointInTime) {
        Instant now = clock.instant();
        synchronized (open) {
            open.values()
                    .removeIf(
                            holder -> holder.lastUsed().plus(HistorySearch.KEPT).isBefore(now));
            open.put(pointInTime, new Holder(user, now));
            List<String> surplus =
                    new ArrayList<>(surplus(holder -> holder.user().equals(user), MOST_PER_USER));
            surplus.addAll(surplus(holder -> true, MOST));
            surplus.forEach(open::remove);
            return surplus;
        }
    }

    private List<String> surplus(Predicate<Holder> whose, int most) {
        List<String> held = open.entrySet().stream()
                .filter(entry -> whose.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return held.subList(0, Math.max(0, held.size() - most));
    }

    /** Ignores failures, because a point in time that is not closed expires. */
    private void closeQuietly(String pointInTime) {
        try {
            history.close(pointInTime);
        } catch (Refused notNow) {
            log.debug("A point in time was not closed: {}", notNow.refusal().code());
        }
    }

    private record Holder(UserId user, Instant lastUsed) {}
}
