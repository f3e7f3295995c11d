package chat.parley.search.query;

import chat.parley.search.query.Criterion.AsOf;
import chat.parley.search.query.Criterion.Was;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query as it was understood: every condition holds for what is found. Of several {@code from:}, {@code in:} or
 * {@code was:}, of which a message has only one, one holds.
 *
 * @param zone where the days of the query begin
 */
public record ParsedQuery(List<Condition> conditions, ZoneId zone) {
    public ParsedQuery {
        conditions = List.copyOf(conditions);
    }

    /** Whether it looks at texts that an edit or a retraction has put an end to. */
    public boolean looksIntoThePast() {
        return wanted(Was.class).findAny().isPresent()
                || wanted(AsOf.class).findAny().isPresent();
    }

    <C extends Criterion> Stream<C> wanted(Class<C> kind) {
        return conditions.stream()
                .filter(condition -> !condition.excluded())
                .map(Condition::criterion)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** The query in one way of writing it, which is understood as this again. */
    public String written() {
        return conditions.stream().map(Condition::written).collect(Collectors.joining(" "));
    }

    /** What people look for stays out of logs. */
    @Override
    public String toString() {
        return "ParsedQuery[" + conditions.size() + " conditions]";
    }

    /** @param excluded whether the criterion must not hold */
    public record Condition(boolean excluded, Criterion criterion) {
        private String written() {
            return excluded ? "-" + criterion.written() : criterion.written();
        }
    }
}
