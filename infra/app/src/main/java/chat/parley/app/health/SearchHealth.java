package chat.parley.app.health;

import chat.parley.api.process.Role;
import chat.parley.app.role.ConditionalOnRole;
import chat.parley.search.history.engine.SearchEngine;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Reports the state of search. It never makes Parley unhealthy, because chat works without search. */
@ConditionalOnRole({Role.SEARCH, Role.API, Role.AUDIT})
@Component("searchHealthIndicator")
class SearchHealth implements HealthIndicator {
    private final SearchEngine engine;

    SearchHealth(SearchEngine engine) {
        this.engine = engine;
    }

    @Override
    public Health health() {
        SearchEngine.State state = engine.state();
        Health.Builder health = state == SearchEngine.State.UP ? Health.up() : Health.unknown();
        return health.withDetail("state", state.name().toLowerCase(Locale.ROOT)).build();
    }
}
