package chat.parley.search.history.language;

import chat.parley.search.history.language.Criterion.AsOf;
import chat.parley.search.history.language.Criterion.Was;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * A parsed query. Hits satisfy every condition; of several {@code from:}, {@code in:} or {@code was:}, which are
 * single-valued, one has to hold. If {@link #mayBeQuoted}, messages that contain the whole query literally are hits as
 * well.
 *
 * @param text       the whole query in NFC with single spaces, which parses to this again; empty if the query is not
 * complete yet
 * @param conditions empty if the query is only a literal text
 * @param zone       time zone of the query's days
 */
public record ParsedQuery(String text, List<Condition> conditions, ZoneId zone) {
    public ParsedQuery {
        conditions = List.copyOf(conditions);
    }

    /** Matches everything. */
    public static ParsedQuery empty(ZoneId zone) {
        return new ParsedQuery("", List.of(), zone);
    }

    /** The same text, only as a literal. */
    public ParsedQuery quoted() {
        return new ParsedQuery(text, List.of(), zone);
    }

    /** The same conditions and a prefix. */
    public ParsedQuery andBeginning(String word) {
        return new ParsedQuery(
                "",
                Stream.concat(conditions.stream(), Stream.of(new Condition(false, new Criterion.Beginning(word))))
                        .toList(),
                zone);
    }

    /**
     * Whether the query has signs, so that it may be a literal text from a message that the conditions do not match.
     */
    public boolean mayBeQuoted() {
        return !text.isEmpty() && (conditions.isEmpty() || CharacterClasses.hasSigns(text));
    }

    /** Whether the query concerns texts that an edit or a retraction has ended. */
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

    /** Logs must not contain queries. */
    @Override
    public String toString() {
        return "ParsedQuery[" + conditions.size() + " conditions]";
    }

    /** @param excluded whether the criterion must not hold */
    public record Condition(boolean excluded, Criterion criterion) {}
}
