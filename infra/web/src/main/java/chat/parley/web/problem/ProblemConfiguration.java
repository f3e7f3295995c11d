package chat.parley.web.problem;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Answers every exception of a controller, a filter or the container with a problem. */
@Configuration(proxyBeanMethods = false)
@Import({ProblemWriter.class, ProblemAdvice.class, ProblemErrorController.class})
public class ProblemConfiguration {
    @Bean
    FilterRegistrationBean<ProblemFilter> problemFilter(ProblemWriter problems) {
        FilterRegistrationBean<ProblemFilter> filter = new FilterRegistrationBean<>(new ProblemFilter(problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
