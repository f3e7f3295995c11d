package chat.parley.api.search;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Sent before an analyst sees a result. Not idempotent: a repeated search is recorded again.
 *
 * @param query as the analyst wrote it
 * @param reason as the analyst stated it
 * @param hits  total number of hits
 */
public record RecordSearch(
        @TargetAggregateIdentifier SearchLogId log, SearchUse use, String query, String reason, long hits) {
    @Override
    public String toString() {
        return "RecordSearch[log=" + log + ", use=" + use + ", hits=" + hits + "]";
    }
}
