package chat.parley.web.limit;

import chat.parley.web.problem.Problem;
import chat.parley.web.problem.ProblemWriter;
import chat.parley.web.problem.RateLimited;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts each request of the API against one kind of limit. */
public final class RateLimitFilter extends OncePerRequestFilter {
    private final String whom;
    private final Consumer<HttpServletRequest> limit;
    private final ProblemWriter problems;

    /** @param whom what requests are counted by; unique among the filters of a chain */
    public RateLimitFilter(String whom, Consumer<HttpServletRequest> limit, ProblemWriter problems) {
        this.whom = whom;
        this.limit = limit;
        this.problems = problems;
    }

    /**
     * Each filter has its own name. With the default, the name of the class, the second filter of a chain would count
     * as already applied.
     */
    @Override
    protected String getAlreadyFilteredAttributeName() {
        return RateLimitFilter.class.getName() + "." + whom;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            limit.accept(request);
        } catch (RateLimited limited) {
            problems.write(response, Problem.of(limited));
            return;
        }
        chain.doFilter(request, response);
    }
}
