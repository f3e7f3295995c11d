package chat.parley.retention;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.search.FindHits;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** The answer of search as a test sets it. */
final class FakeHits {
    private volatile List<FindHits.Hit> hits = List.of();
    private volatile @Nullable Refusal refusal;

    void are(FindHits.Hit... found) {
        refusal = null;
        hits = List.of(found);
    }

    void areRefused(Refusal because) {
        refusal = because;
    }

    @QueryHandler
    FindHits.Hits answer(FindHits query) {
        if (refusal != null) {
            throw new Refused(refusal);
        }
        return new FindHits.Hits(hits);
    }
}
