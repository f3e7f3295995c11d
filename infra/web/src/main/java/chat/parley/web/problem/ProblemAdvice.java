package chat.parley.web.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Answers the exceptions of every controller with problems. */
@RestControllerAdvice
public final class ProblemAdvice {
    private final ProblemWriter problems;

    public ProblemAdvice(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void refuse(Exception thrown, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            throw thrown;
        }
        problems.write(response, Problems.of(thrown));
    }

    @ExceptionHandler
    void refuse(HttpRequestMethodNotSupportedException thrown, HttpServletResponse response) throws IOException {
        String[] supported = thrown.getSupportedMethods();
        if (supported != null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", supported));
        }
        problems.write(response, Problems.of(thrown));
    }

    /** The client has disconnected, so there is no answer. */
    @ExceptionHandler
    void refuse(AsyncRequestNotUsableException gone) {}
}
