package chat.parley.api.search;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Asked before an analyst sees anything of what was found. Each one is an event: nobody searches unrecorded because they
 * have searched the same before.
 *
 * @param query as the analyst wrote it
 * @param hits  how many there are in all
 */
public record RecordSearch(@TargetAggregateIdentifier SearchLogId log, SearchUse use, String query, long hits) {
    @Override
    public String toString() {
        return "RecordSearch[log=" + log + ", use=" + use + ", hits=" + hits + "]";
    }
}
