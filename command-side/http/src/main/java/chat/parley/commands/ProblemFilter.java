package chat.parley.commands;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Around everything: what a filter throws is answered like what a controller throws, and by no container page. */
final class ProblemFilter extends OncePerRequestFilter {
    private final ProblemWriter problems;

    ProblemFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException wrapped) {
            problems.write(response, Problems.of(wrapped.getRootCause() == null ? wrapped : wrapped.getRootCause()));
        } catch (RuntimeException thrown) {
            problems.write(response, Problems.of(thrown));
        }
    }
}
