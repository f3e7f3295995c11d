package chat.parley.search.history.operator;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.AuditLogId;
import chat.parley.api.audit.RecordAuditAccess;
import chat.parley.api.conversation.ConversationId;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.RoleAuthorities;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Checks access to the endpoints that administer the index, and records what they do before it is done. */
public final class OperatorAccess {
    private static final Set<String> AUTHORITIES = Stream.of(SystemRole.ADMIN, SystemRole.AUDITOR)
            .map(RoleAuthorities::of)
            .collect(Collectors.toUnmodifiableSet());

    private final Consumer<RecordAuditAccess> log;

    /** @param log returns when the record is durable, and throws {@link Refused} if it cannot be made */
    public OperatorAccess(Consumer<RecordAuditAccess> log) {
        this.log = log;
    }

    /** @throws Refused {@link Refusal#FORBIDDEN} unless the caller is an admin or auditor */
    static void require(@Nullable Authentication caller) {
        Authentication _ = operator(caller);
    }

    /**
     * Records an action that is about to begin.
     *
     * @param conversation null if the action is not bound to one
     * @param reason       as the caller stated it
     * @throws Refused as {@link #require}, {@link Refusal#REASON_REQUIRED}, or {@link Refusal#RETRY_LATER} if the action
     * could not be recorded
     */
    void record(
            @Nullable Authentication caller,
            AuditAction action,
            @Nullable ConversationId conversation,
            @Nullable String reason,
            HttpServletRequest request) {
        Authentication operator = operator(caller);
        log.accept(new RecordAuditAccess(
                new AuditLogId(new UserId(operator.getName())),
                action,
                conversation,
                null,
                request.getMethod() + " " + request.getRequestURI(),
                RequestParameters.reason(reason),
                request.getRemoteAddr()));
    }

    private static Authentication operator(@Nullable Authentication caller) {
        if (caller == null
                || caller.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .noneMatch(AUTHORITIES::contains)) {
            throw new Refused(Refusal.FORBIDDEN);
        }
        return caller;
    }
}
