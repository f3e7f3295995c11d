package chat.parley.api.audit;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An auditor read history. Stored before anything is shown. Texts are sealed under the auditor's own key, see {@code
 * TextProtection.auditContext}.
 *
 * @param conversation the conversation whose entries were read; null if the access was not bound to one
 * @param user         the person whose data were read; null if the access was not bound to one
 * @param request      what was read, as path and parameters
 * @param reason       as the auditor stated it
 * @param address      the network address of the request
 */
@Revision("1")
public record HistoryAudited(
        UserId auditor,
        AuditAction action,
        @Nullable ConversationId conversation,
        @Nullable UserId user,
        SealedText request,
        SealedText reason,
        SealedText address,
        Instant at) {}
