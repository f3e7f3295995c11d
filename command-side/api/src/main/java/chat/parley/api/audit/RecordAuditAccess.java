package chat.parley.api.audit;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Sent before an auditor sees anything. Not idempotent: a repeated access is recorded again.
 *
 * @param conversation the conversation whose entries are read; null if the access is not bound to one
 * @param user         the person whose data are read; null if the access is not bound to one
 * @param request      what is read, as path and parameters
 * @param reason       as the auditor stated it
 * @param address      the network address of the request
 */
public record RecordAuditAccess(
        @TargetAggregateIdentifier AuditLogId log,
        AuditAction action,
        @Nullable ConversationId conversation,
        @Nullable UserId user,
        String request,
        String reason,
        String address) {
    @Override
    public String toString() {
        return "RecordAuditAccess[log=" + log + ", action=" + action + "]";
    }
}
