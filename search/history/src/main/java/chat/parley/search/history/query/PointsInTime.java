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
 * The points in time that this node holds open for pages to come. Each keeps parts of the index from being cleaned up,
 * so there are only so many of them: whoever opens more loses their oldest.
 */
final class PointsInTime {
    private static final Logger log = LoggerFactory.getLogger(PointsInTime.class);

    /** Of one user: a few devices, a few searches beside each other. */
    static final int MOST_PER_USER = 8;
    /** Of all users. */
    private static final int MOST = 2_000;

    private final HistorySearch history;
    private final Clock clock;

    /** By name, the longest unused first. */
    private final Map<String, Holder> open = new LinkedHashMap<>();

    PointsInTime(HistorySearch history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    String open(Plan plan) {
        String opened = history.open(plan);
        hold(plan.asker().user(), opened).forEach(this::closeQuietly);
        return opened;
    }

    /** Its name may have changed with the last page. */
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

    /** Those that are too many now. */
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

    /** What is not closed expires; nobody has to wait for that or to be told of it. */
    private void closeQuietly(String pointInTime) {
        try {
            history.close(pointInTime);
        } catch (Refused notNow) {
            log.debug("A point in time was not closed: {}", notNow.refusal().code());
        }
    }

    private record Holder(UserId user, Instant lastUsed) {}
}
