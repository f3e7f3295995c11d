package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.search.history.language.CharacterClasses;
import chat.parley.search.history.language.Criterion.When;
import chat.parley.search.history.language.TimeExpressions;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search request as the user wrote it. All conditions that are not null must hold.
 *
 * @param text  in the query language
 * @param zone  time zone of the request's days
 * @param from  the first day or moment
 * @param to    the last day or moment
 * @param scope null for all that the user may search
 */
public record SearchRequest(
        @Nullable String text,
        ZoneId zone,
        @Nullable ConversationId conversation,
        @Nullable UserId sender,
        @Nullable When from,
        @Nullable When to,
        @Nullable SearchScope scope) {
    /** @throws Refused {@link Refusal#INVALID_PARAMETER} or {@link Refusal#INVALID_ID} */
    public static SearchRequest of(
            @Nullable String text,
            @Nullable String zone,
            @Nullable String conversation,
            @Nullable String sender,
            @Nullable String from,
            @Nullable String to,
            @Nullable SearchScope scope) {
        ZoneId days = zone == null ? ZoneId.of("UTC") : zone(zone);
        return new SearchRequest(
                text == null || text.codePoints().allMatch(CharacterClasses::isBlank) ? null : text,
                days,
                conversation == null ? null : new ConversationId(conversation),
                sender == null ? null : new UserId(sender),
                from == null ? null : when("from", from, days),
                to == null ? null : when("to", to, days),
                scope);
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Refused(Refusal.INVALID_PARAMETER, "tz takes the name of a time zone, such as Asia/Seoul");
        }
    }

    private static When when(String parameter, String text, ZoneId zone) {
        return TimeExpressions.when(text, zone)
                .orElseThrow(() ->
                        new Refused(Refusal.INVALID_PARAMETER, parameter + " takes " + TimeExpressions.WHAT_IS_TAKEN));
    }

    boolean isEmpty() {
        return text == null && conversation == null && sender == null && from == null && to == null;
    }

    /** The request in one line, as it is recorded: the query, then the other conditions. */
    public String written() {
        return Stream.of(
                        text,
                        parameter("conversation", conversation),
                        parameter("sender", sender),
                        parameter("from", from == null ? null : from.written()),
                        parameter("to", to == null ? null : to.written()),
                        zone.getId().equals("UTC") ? null : parameter("tz", zone))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String parameter(String name, @Nullable Object value) {
        return value == null ? null : name + "=" + value;
    }

    /** Logs must not contain queries. */
    @Override
    public String toString() {
        return "Question[scope=" + scope + "]";
    }
}
