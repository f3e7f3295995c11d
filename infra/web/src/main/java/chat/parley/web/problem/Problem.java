package chat.parley.web.problem;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * A refusal in the form of RFC 9457. It never contains values from the request.
 *
 * @param code the stable code for programs
 * @param retryAfterMs time after which a retry makes sense
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable Long retryAfterMs,
        @JsonIgnore Refusal refusal) {
    /** Most often enough for a read model to catch up or a process to restart. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Set<Refusal> SOLVED_BY_WAITING =
            EnumSet.of(Refusal.RETRY_LATER, Refusal.DRAINING, Refusal.SEARCH_STARTING, Refusal.SEARCH_UNAVAILABLE);

    public static Problem of(Refusal refusal) {
        return of(refusal, refusal.title());
    }

    public static Problem of(Refusal refusal, String detail) {
        return of(refusal, detail, SOLVED_BY_WAITING.contains(refusal) ? SOON : null);
    }

    /** The problem for a bare status of a framework. A client error is never answered as an error of the server. */
    public static Problem ofStatus(int status) {
        Refusal refusal = Problems.ofStatus(HttpStatusCode.valueOf(status));
        Problem problem = of(refusal);
        return problem.status() != status && HttpStatusCode.valueOf(status).is4xxClientError()
                ? new Problem(problem.type(), problem.title(), status, problem.detail(), problem.code(), null, refusal)
                : problem;
    }

    public static Problem of(Refused refused) {
        return of(refused.refusal(), refused.detail());
    }

    public static Problem of(RateLimited limited) {
        return of(Refusal.RATE_LIMITED, limited.detail(), limited.retryAfter());
    }

    private static Problem of(Refusal refusal, String detail, @Nullable Duration retryAfter) {
        return new Problem(
                "urn:parley:problem:" + refusal.code(),
                refusal.title(),
                refusal.status(),
                detail,
                refusal.code(),
                retryAfter == null ? null : Math.max(1, retryAfter.toMillis()),
                refusal);
    }
}
