package chat.parley.web.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter. It answers exceptions of other filters with problems instead of the container's error page.
 */
final class ProblemFilter extends OncePerRequestFilter {
    private final ProblemWriter problems;

    public ProblemFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException thrown) {
            // A committed answer cannot be replaced. The container aborts it, so that the client notices.
            if (response.isCommitted()) {
                throw thrown;
            }
            problems.write(response, Problems.of(unwrapped(thrown)));
        }
    }

    private static Throwable unwrapped(Exception thrown) {
        return thrown instanceof ServletException wrapper && wrapper.getRootCause() != null
                ? wrapper.getRootCause()
                : thrown;
    }
}
