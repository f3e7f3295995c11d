package chat.parley.domain;

import chat.parley.api.Refusal;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditLogId;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.audit.RecordAuditAccess;
import chat.parley.api.port.TextProtection;
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

/** The accesses of one auditor. The sequence numbers have no gaps, so a removed access would be noticed. */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class AuditLog {
    /** {@link AuditLogId#toString()}. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private @Nullable String id;

    private long atMillis;

    AuditLog() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordAuditAccess command, Clock clock, TextProtection protection) {
        TextRules.requireLine(command.reason(), TextRules.REASON_MAX, Refusal.REASON_REQUIRED);
        TextRules.requireQuery(command.request());
        UserId auditor = command.log().auditor();
        Instant now = EventTime.now(clock, atMillis);
        AggregateLifecycle.apply(new HistoryAudited(
                auditor,
                command.action(),
                command.conversation(),
                command.user(),
                sealed(protection, auditor, command.request(), "request", now),
                sealed(protection, auditor, command.reason(), "reason", now),
                sealed(protection, auditor, command.address(), "address", now),
                now));
    }

    private static SealedText sealed(
            TextProtection protection, UserId auditor, String text, String field, Instant now) {
        return protection.seal(auditor, text, TextProtection.auditContext(auditor, field, now));
    }

    @EventSourcingHandler
    void on(HistoryAudited event) {
        id = new AuditLogId(event.auditor()).toString();
        atMillis = event.at().toEpochMilli();
    }
}
