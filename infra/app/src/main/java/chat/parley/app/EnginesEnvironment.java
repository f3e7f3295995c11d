package chat.parley.app;

import chat.parley.embedded.elasticsearch.EmbeddedSearch;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Derives the defaults that follow from {@code parley.engines}. Any explicit setting overrides them. */
final class EnginesEnvironment implements EnvironmentPostProcessor {
    private static final String NO_SERVER = "parley.search.uri does not name an Elasticsearch server";

    private static final String NO_ARCHIVE = "Elasticsearch is not included in Parley. To enable search, download "
            + EmbeddedSearch.ARCHIVE + " and set parley.embedded.search-archive to the file";

    private final Log log;

    EnginesEnvironment(DeferredLogFactory logs) {
        this.log = logs.getLog(EnginesEnvironment.class);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean server = "server".equals(environment.getProperty("parley.engines", "embedded"));
        boolean axonServer =
                server && !"postgres".equals(environment.getProperty("parley.event-store.engine", "axon-server"));
        Map<String, Object> derived = new HashMap<>();
        derived.put("axon.axonserver.enabled", axonServer);
        if (!server) {
            // The stand-in executes one write at a time, so a second segment would only wait.
            derived.put("parley.read-side.segments", 1);
        }
        if (server) {
            // Operator endpoints must not be reachable with the API. They listen on the loopback interface unless
            // configured otherwise.
            derived.put("management.server.port", "${PARLEY_MANAGEMENT_PORT:9090}");
            derived.put("management.server.address", "127.0.0.1");
        }
        // A node cannot serve without its event store. Without its read side or its vault it can: messages that are
        // sent are stored and delivered. All nodes share those, so a balancer would take every node out at once.
        derived.put(
                "management.endpoint.health.group.readiness.include",
                server ? "readinessState,eventStore" : "readinessState,db");
        // A node with the read side answers its own queries: a page of the longest messages exceeds Axon Server's limit
        // of 4 MB per message.
        derived.put("axon.axonserver.shortcut-queries-to-local-handlers", true);
        derived.put(
                "spring.flyway.locations",
                axonServer ? "classpath:db/vault" : "classpath:db/vault,classpath:db/events");
        String whereSearchIs = server ? "parley.search.uri" : "parley.embedded.search-archive";
        if (!environment.containsProperty(whereSearchIs)) {
            derived.put("parley.search.enabled", false);
            if (!environment.containsProperty("parley.search.enabled")) {
                log.info("Search is disabled: " + (server ? NO_SERVER : NO_ARCHIVE));
            }
        }
        environment.getPropertySources().addLast(new MapPropertySource("parley-engines", derived));
    }
}
