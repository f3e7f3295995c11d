package chat.parley.search.history.permission;

import chat.parley.api.conversation.Visibility;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.search.history.document.Fields;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds a filter for the texts that a member may read: {@link Visibility}, applied to all texts of the history at
 * once. A text is readable if the positions of the message and of the text's entry are visible, and the position of the
 * entry that ended it is not.
 *
 * <p>For a membership with several spans the filter also accepts a text that was replaced in another span than the one
 * in which it ended; {@code HitVisibilityFilter} removes it.
 */
public final class PermissionFilter {
    private PermissionFilter() {}

    /** Conversations with equal visibility share a clause; most are visible as a whole. */
    public static Query of(Permission permission) {
        Map<Visibility, List<FieldValue>> conversations = permission.conversations().entrySet().stream()
                .filter(seen -> !seen.getValue().spans().isEmpty())
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        LinkedHashMap::new,
                        Collectors.mapping(seen -> FieldValue.of(seen.getKey().value()), Collectors.toList())));
        if (conversations.isEmpty()) {
            return Query.of(query -> query.matchNone(none -> none));
        }
        List<Query> unbroken = new ArrayList<>();
        List<Query> visible = new ArrayList<>();
        conversations.forEach((visibility, ids) -> {
            if (visibility.isUnbroken()) {
                unbroken.add(ofWhoIsStillThere(visibility, ids));
            } else {
                visible.add(ofWhoWasAway(visibility, ids));
            }
        });
        if (!unbroken.isEmpty()) {
            visible.add(Query.of(query -> query.bool(bool ->
                    bool.mustNot(exists(Fields.END)).minimumShouldMatch("1").should(unbroken))));
        }
        return anyOf(visible);
    }

    /** A current member without gaps sees all later changes, so only current texts are searched. */
    private static Query ofWhoIsStillThere(Visibility visibility, List<FieldValue> conversations) {
        return visibility.equals(Visibility.ALL)
                ? anyOfThem(conversations)
                : Query.of(query ->
                        query.bool(bool -> bool.filter(anyOfThem(conversations), seen(visibility, Fields.POSITION))));
    }

    private static Query ofWhoWasAway(Visibility visibility, List<FieldValue> conversations) {
        return Query.of(query -> query.bool(bool -> bool.filter(
                        anyOfThem(conversations), seen(visibility, Fields.POSITION), seen(visibility, Fields.VERSION))
                .mustNot(seen(visibility, Fields.ENDED_BY))));
    }

    private static Query anyOfThem(List<FieldValue> conversations) {
        return Query.of(query ->
                query.terms(terms -> terms.field(Fields.CONVERSATION).terms(values -> values.value(conversations))));
    }

    private static Query seen(Visibility visibility, String field) {
        return anyOf(
                visibility.spans().stream().map(span -> within(span, field)).toList());
    }

    private static Query within(Span span, String field) {
        return Query.of(query -> query.range(range -> range.untyped(positions ->
                positions.field(field).gte(JsonData.of(span.from())).lte(JsonData.of(span.to())))));
    }

    private static Query exists(String field) {
        return Query.of(query -> query.exists(exists -> exists.field(field)));
    }

    private static Query anyOf(List<Query> queries) {
        return Query.of(query -> query.bool(bool -> bool.minimumShouldMatch("1").should(queries)));
    }
}
