package chat.parley.web.jetty;

import chat.parley.web.problem.Problem;
import chat.parley.web.problem.ProblemWriter;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.springframework.http.MediaType;

/**
 * Gives an error response without a body the problem that belongs to its status. Some frameworks refuse with a bare
 * status.
 */
final class EmptyErrorResponseHandler extends Handler.Wrapper {
    private final ProblemWriter problems;

    public EmptyErrorResponseHandler(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Answer(request, response), callback);
    }

    private final class Answer extends Response.Wrapper {
        Answer(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (isCommitted() || !HttpStatus.isClientError(getStatus()) || BufferUtil.hasContent(content)) {
                super.write(last, content, callback);
            } else if (last) {
                ByteBuffer problem = ByteBuffer.wrap(problems.body(Problem.ofStatus(getStatus())));
                getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                getHeaders().put(HttpHeader.CONTENT_LENGTH, problem.remaining());
                super.write(true, problem, callback);
            } else {
                // Nothing was written, so nothing has to be sent now.
                callback.succeeded();
            }
        }
    }
}
