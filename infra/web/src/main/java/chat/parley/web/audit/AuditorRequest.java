package chat.parley.web.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.AuditLogId;
import chat.parley.api.audit.RecordAuditAccess;
import chat.parley.api.conversation.ConversationId;
import chat.parley.web.RequestParameters;
import chat.parley.web.token.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** A request of an auditor, who states a reason. */
public final class AuditorRequest {
    private AuditorRequest() {}

    /** @throws Refused {@link Refusal#FORBIDDEN} unless the caller is an auditor */
    public static UserId auditor(Jwt token) {
        AuthenticatedUser caller = AuthenticatedUser.of(token);
        if (!caller.roles().contains(SystemRole.AUDITOR)) {
            throw new Refused(Refusal.FORBIDDEN);
        }
        return caller.user();
    }

    /**
     * The command that records what the request is about to read.
     *
     * @param conversation the conversation whose entries are read; null if the access is not bound to one
     * @param user         the person whose data are read; null if the access is not bound to one
     * @throws Refused {@link Refusal#FORBIDDEN} or {@link Refusal#REASON_REQUIRED}
     */
    public static RecordAuditAccess access(
            Jwt token,
            AuditAction action,
            @Nullable ConversationId conversation,
            @Nullable UserId user,
            @Nullable String reason,
            HttpServletRequest request) {
        return new RecordAuditAccess(
                new AuditLogId(auditor(token)),
                action,
                conversation,
                user,
                described(request),
                RequestParameters.reason(reason),
                request.getRemoteAddr());
    }

    private static String described(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }
}
