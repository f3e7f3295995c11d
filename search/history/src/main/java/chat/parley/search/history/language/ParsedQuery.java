package chat.parley.search.history.language;

import chat.parley.search.history.language.Criterion.AsOf;
import chat.parley.search.history.language.Criterion.Was;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query as it was understood: every condition holds for what is found. Of several {@code from:}, {@code in:} or
 * {@code was:}, of which a message has only one, one holds. A text that {@link #mayBeQuoted} is found whatever the
 * conditions say.
 *
 * @param text       the whole query, in composed form and with single spaces, which is understood as this again; empty where it
 *                   is not all there yet
 * @param conditions none where it is nothing but a text
 * @param zone       where the days of the query begin
 */
public record ParsedQuery(String text, List<Condition> conditions, ZoneId zone) {
    public ParsedQuery {
        conditions = List.copyOf(conditions);
    }

    /** Finds everything. */
    public static ParsedQuery empty(ZoneId zone) {
        return new ParsedQuery("", List.of(), zone);
    }

    /** The same without any meaning but itself. */
    public ParsedQuery quoted() {
        return new ParsedQuery(text, List.of(), zone);
    }

    /** The same conditions, and a word that is being typed. */
    public ParsedQuery andBeginning(String word) {
        return new ParsedQuery(
                "",
                Stream.concat(conditions.stream(), Stream.of(new Condition(false, new Criterion.Beginning(word))))
                        .toList(),
                zone);
    }

    /** Whether it has signs, so that it may be copied from a message that the conditions do not find. */
    public boolean mayBeQuoted() {
        return !text.isEmpty() && (conditions.isEmpty() || Characters.hasSigns(text));
    }

    /** Whether it looks at texts that an edit or a retraction has put an end to. */
    public boolean looksIntoThePast() {
        return wanted(Was.class).findAny().isPresent()
                || wanted(AsOf.class).findAny().isPresent();
    }

    public <C extends Criterion> Stream<C> wanted(Class<C> kind) {
        return conditions.stream()
                .filter(condition -> !condition.excluded())
                .map(Condition::criterion)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    /** What people look for stays out of logs. */
    @Override
    public String toString() {
        return "ParsedQuery[" + conditions.size() + " conditions]";
    }

    /** @param excluded whether the criterion must not hold */
    public record Condition(boolean excluded, Criterion criterion) {}
}
