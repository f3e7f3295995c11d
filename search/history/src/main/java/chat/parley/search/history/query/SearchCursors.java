package chat.parley.search.history.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import co.elastic.clients.elasticsearch._types.FieldValue;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes the position in a result as text: a keyed hash, then URL-safe Base64 of the point in time and the sort values
 * of the next page. The hash covers user and request, so that a cursor is valid for no other user and no other request.
 */
final class SearchCursors {
    private static final JsonMapper JSON = new JsonMapper();

    /** All characters of {@link KeyedHash#of}: a forged cursor could choose what is searched. */
    private static final int TAG_CHARACTERS = 32;

    /** A point in time of two indexes takes a few hundred. */
    private static final int MAX_CHARACTERS = 6_000;

    private final KeyedHash hash;

    SearchCursors(KeyedHash hash) {
        this.hash = hash;
    }

    /** @param after never empty */
    record Cursor(String pointInTime, List<FieldValue> after) {}

    String encode(Cursor cursor, SearchPlan plan, SearchOrder order) {
        Body body = new Body(
                cursor.pointInTime(),
                cursor.after().stream().map(FieldValue::_get).toList());
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(body));
        return tag(encoded, plan, order) + encoded;
    }

    /** @throws Refused {@link Refusal#CURSOR_INVALID} unless it was issued for this user and this request */
    Cursor decode(String cursor, SearchPlan plan, SearchOrder order) {
        if (cursor.length() <= TAG_CHARACTERS || cursor.length() > MAX_CHARACTERS) {
            throw new Refused(Refusal.CURSOR_INVALID);
        }
        String encoded = cursor.substring(TAG_CHARACTERS);
        if (!MessageDigest.isEqual(
                tag(encoded, plan, order).getBytes(UTF_8),
                cursor.substring(0, TAG_CHARACTERS).getBytes(UTF_8))) {
            throw new Refused(Refusal.CURSOR_INVALID);
        }
        // The hash has verified that this server issued the cursor.
        Body body = JSON.readValue(Base64.getUrlDecoder().decode(encoded), Body.class);
        return new Cursor(
                body.pointInTime(),
                body.after().stream().map(SearchCursors::value).toList());
    }

    private static FieldValue value(Object value) {
        return switch (value) {
            case String text -> FieldValue.of(text);
            case Double number -> FieldValue.of(number.doubleValue());
            case Number number -> FieldValue.of(number.longValue());
            default -> throw new IllegalStateException("No sort value can be a " + value.getClass());
        };
    }

    private String tag(String encoded, SearchPlan plan, SearchOrder order) {
        SearchRequest question = plan.question();
        String bound = Stream.of(
                        "search",
                        encoded,
                        plan.asker().user(),
                        plan.everything(),
                        order,
                        question.zone(),
                        question.conversation(),
                        question.sender(),
                        question.from(),
                        question.to(),
                        plan.query().text())
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
        return hash.of(Purpose.CURSOR, bound);
    }

    private record Body(String pointInTime, List<Object> after) {}
}
