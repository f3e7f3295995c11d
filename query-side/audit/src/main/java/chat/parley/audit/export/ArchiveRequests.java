package chat.parley.audit.export;

import chat.parley.api.Refused;
import chat.parley.api.search.FindHits;
import chat.parley.audit.event.EventRange;
import chat.parley.eventprocessing.query.QueryClient;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Resolves orders, which takes as long as a search if one is part of the order. */
final class ArchiveRequests {
    /** Each takes some 100 bytes while the archive is made. */
    private static final int MOST_HITS = 100_000;

    private final QueryClient queries;
    private final JsonMapper json;

    ArchiveRequests(QueryClient queries, JsonMapper json) {
        this.queries = queries;
        this.json = json;
    }

    /** @throws Refused if a parameter is wrong, or as the search is refused */
    ArchiveRequest of(ExportOrder order, EventRange range) {
        return new ArchiveRequest(
                range, order.events().filter(), Optional.ofNullable(order.q()).map(this::hits), order.documents());
    }

    private HitSelection hits(String query) {
        return new HitSelection(
                queries.ask(new FindHits(query, MOST_HITS), FindHits.Hits.class).hits(), json);
    }
}
