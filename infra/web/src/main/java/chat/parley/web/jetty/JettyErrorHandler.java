package chat.parley.web.jetty;

import chat.parley.web.problem.Problem;
import chat.parley.web.problem.ProblemWriter;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.springframework.http.MediaType;

/**
 * Answers requests that Jetty refuses before any filter, such as an ambiguous URL. After some of these Jetty closes the
 * connection without announcing it, and the next request on it would get no answer. So the answer announces the close.
 */
final class JettyErrorHandler extends ErrorHandler {
    private final ProblemWriter problems;

    public JettyErrorHandler(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = Problem.ofStatus(response.getStatus());
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        response.write(true, ByteBuffer.wrap(problems.body(problem)), callback);
        return true;
    }
}
