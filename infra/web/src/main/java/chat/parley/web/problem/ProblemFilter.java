package chat.parley.web.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Around everything: what a filter throws is answered like what a controller throws, and by no container page. */
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
            // An answer that has begun cannot become another: the container cuts it, so that the client sees it.
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
