package chat.parley.web.problem;

import chat.parley.api.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes every problem of a controller, a filter or the security chain. */
public final class ProblemWriter {
    private static final long MILLIS_PER_SECOND = 1000;

    private final JsonMapper json;
    private final MeterRegistry meters;

    public ProblemWriter(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    public void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.retryAfterMs() != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds(problem.retryAfterMs())));
        }
        if (problem.status() == Refusal.UNAUTHENTICATED.status()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        byte[] body = body(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** Returns the JSON of a problem that is about to be sent, and counts the problem. */
    public byte[] body(Problem problem) {
        meters.counter("parley.refusals", "code", problem.code()).increment();
        return json.writeValueAsBytes(problem);
    }

    private static long seconds(long millis) {
        return Math.ceilDiv(millis, MILLIS_PER_SECOND);
    }
}
