package chat.parley.testing;

import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;

/** Query handlers of a test on a query bus in memory. */
public final class InMemoryQueries {
    private InMemoryQueries() {}

    /** A gateway to a bus with these handlers. */
    public static QueryGateway gateway(Object... handlers) {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        for (Object handler : handlers) {
            new AnnotationQueryHandlerAdapter<>(handler).subscribe(bus);
        }
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }
}
