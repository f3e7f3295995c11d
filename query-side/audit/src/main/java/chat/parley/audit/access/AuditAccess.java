package chat.parley.audit.access;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.AuditLogId;
import chat.parley.api.audit.RecordAuditAccess;
import chat.parley.api.conversation.ConversationId;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.web.RequestParameters;
import chat.parley.web.audit.AuditorRequest;
import chat.parley.web.token.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** The one door to the history for auditors: nothing is shown before the access is a durable event. */
public final class AuditAccess {
    /** Stands for the server itself in the record of accesses. Accounts have random ids, never this one. */
    public static final UserId SYSTEM = new UserId("system");

    private final CommandDispatcher commands;

    public AuditAccess(CommandDispatcher commands) {
        this.commands = commands;
    }

    /**
     * What is about to be read.
     *
     * @param conversation the conversation whose entries are read; null if the access is not bound to one
     * @param user         the person whose data are read; null if the access is not bound to one
     */
    public record Subject(
            @Nullable ConversationId conversation, @Nullable UserId user) {}

    /**
     * Records the access.
     *
     * @param reason as the auditor stated it
     * @throws Refused {@link Refusal#FORBIDDEN} unless the caller is an auditor, {@link Refusal#REASON_REQUIRED}, or
     * {@link Refusal#RETRY_LATER} if the access could not be recorded
     */
    public void record(
            Jwt token, AuditAction action, Subject subject, @Nullable String reason, HttpServletRequest request) {
        commands.send(AuditorRequest.access(token, action, subject.conversation(), subject.user(), reason, request));
    }

    /**
     * As {@link #record}, for a request with a body.
     *
     * @param detail what in the body says what is read
     */
    public void record(
            Jwt token,
            AuditAction action,
            Subject subject,
            @Nullable String reason,
            String detail,
            HttpServletRequest request) {
        record(requireAuditor(token), action, subject, reason, described(request, detail), request);
    }

    /**
     * Records what an auditor or an admin does with the server.
     *
     * @param detail what in the body of the request says what is done
     * @throws Refused as {@link #record}, but admits admins too
     */
    public void recordOperation(
            Jwt token, AuditAction action, @Nullable String reason, String detail, HttpServletRequest request) {
        record(requireOperator(token), action, new Subject(null, null), reason, described(request, detail), request);
    }

    /** @throws Refused {@link Refusal#FORBIDDEN} unless the caller is an auditor or an admin */
    public static AuthenticatedUser requireOperator(Jwt token) {
        AuthenticatedUser caller = AuthenticatedUser.of(token);
        if (!caller.roles().contains(SystemRole.ADMIN)) {
            return requireAuditor(token);
        }
        return caller;
    }

    private static AuthenticatedUser requireAuditor(Jwt token) {
        UserId _ = AuditorRequest.auditor(token);
        return AuthenticatedUser.of(token);
    }

    private void record(
            AuthenticatedUser caller,
            AuditAction action,
            Subject subject,
            @Nullable String reason,
            String described,
            HttpServletRequest request) {
        String stated = RequestParameters.reason(reason);
        commands.send(new RecordAuditAccess(
                new AuditLogId(caller.user()),
                action,
                subject.conversation(),
                subject.user(),
                described,
                stated,
                request.getRemoteAddr()));
    }

    /**
     * Records an access that no person asked for.
     *
     * @param what what is about to be read
     * @throws Refused {@link Refusal#RETRY_LATER} if the access could not be recorded
     */
    public void recordOfSystem(AuditAction action, String what, String reason) {
        commands.send(new RecordAuditAccess(new AuditLogId(SYSTEM), action, null, null, what, reason, "this server"));
    }

    private static String described(HttpServletRequest request, String detail) {
        return request.getMethod() + " " + request.getRequestURI() + " " + detail;
    }
}
