package chat.parley.search.query;

import chat.parley.api.ConversationId;
import chat.parley.api.Membership;
import chat.parley.api.Visibility;
import chat.parley.api.Visibility.Span;
import chat.parley.search.index.Fields;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a member may read, as a filter: {@link Visibility#sees} for every message of the history at once. */
final class PermissionFilter {
    private PermissionFilter() {}

    /** Conversations of which the same positions are visible share a clause: few are seen otherwise than as a whole. */
    static Query of(List<Membership> memberships) {
        Map<Visibility, List<FieldValue>> conversations = memberships.stream()
                .filter(membership -> !membership.visibility().spans().isEmpty())
                .collect(Collectors.groupingBy(
                        Membership::visibility,
                        LinkedHashMap::new,
                        Collectors.mapping(
                                membership ->
                                        FieldValue.of(membership.conversation().value()),
                                Collectors.toList())));
        if (conversations.isEmpty()) {
            return Query.of(query -> query.matchNone(none -> none));
        }
        BoolQuery.Builder visible = new BoolQuery.Builder().minimumShouldMatch("1");
        conversations.forEach((visibility, ids) -> visible.should(clause(visibility, ids)));
        return visible.build()._toQuery();
    }

    private static Query clause(Visibility visibility, List<FieldValue> conversations) {
        Query anyOfThem = Query.of(query ->
                query.terms(terms -> terms.field(Fields.CONVERSATION).terms(values -> values.value(conversations))));
        if (visibility.equals(Visibility.ALL)) {
            return anyOfThem;
        }
        return Query.of(query -> query.bool(bool -> bool.filter(anyOfThem)
                .minimumShouldMatch("1")
                .should(visibility.spans().stream()
                        .map(PermissionFilter::within)
                        .toList())));
    }

    private static Query within(Span span) {
        return Query.of(query -> query.range(range -> range.untyped(positions ->
                positions.field(Fields.POSITION).gte(JsonData.of(span.from())).lte(JsonData.of(span.to())))));
    }

    static boolean seesAny(List<Membership> memberships, ConversationId conversation) {
        return memberships.stream()
                .anyMatch(membership -> membership.conversation().equals(conversation)
                        && !membership.visibility().spans().isEmpty());
    }
}
