package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.port.TextProtection;
import chat.parley.api.search.HistorySearched;
import chat.parley.api.search.RecordSearch;
import chat.parley.api.search.SearchLogId;
import chat.parley.api.text.TextRules;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The searches of one analyst. The sequence numbers have no gaps, so a removed search would be noticed. */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class SearchLog {
    /** {@link SearchLogId#toString()}. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable String id;

    private long atMillis;

    SearchLog() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordSearch command, Clock clock, TextProtection protection) {
        require(command.hits() >= 0, Refusal.INVALID_PARAMETER);
        TextRules.requireQuery(command.query());
        TextRules.requireLine(command.reason(), TextRules.REASON_MAX, Refusal.REASON_REQUIRED);
        UserId analyst = command.log().analyst();
        Instant now = EventTime.now(clock, atMillis);
        SealedText query = protection.seal(analyst, command.query(), TextProtection.searchContext(analyst, now));
        SealedText reason =
                protection.seal(analyst, command.reason(), TextProtection.searchReasonContext(analyst, now));
        AggregateLifecycle.apply(new HistorySearched(analyst, command.use(), query, reason, command.hits(), now));
    }

    @EventSourcingHandler
    void on(HistorySearched event) {
        id = new SearchLogId(event.analyst()).toString();
        atMillis = event.at().toEpochMilli();
    }
}
