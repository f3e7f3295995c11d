package chat.parley.app.health;

import chat.parley.api.port.FindReadModelState;
import chat.parley.api.process.Role;
import chat.parley.app.role.ConditionalOnRole;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.stereotype.Component;

/**
 * Reports whether the read side answers, and its progress. Spring's own MongoDB check uses a command that the stand-in
 * does not support.
 */
@ConditionalOnRole({Role.COMMAND, Role.PROJECTION, Role.PUSH, Role.API, Role.NOTIFY, Role.AUDIT})
@Component("readSideHealthIndicator")
final class ReadSideHealth extends IndexHealth {
    private final QueryGateway queries;

    ReadSideHealth(QueryGateway queries) {
        this.queries = queries;
    }

    @Override
    long index() {
        return queries.query(new FindReadModelState(Long.MIN_VALUE), FindReadModelState.State.class)
                .join()
                .index();
    }
}
