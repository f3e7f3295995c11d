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

/**
 * Makes {@code parley.engines} the one switch: what follows from it are defaults, which any other setting overrides.
 */
final class EnginesEnvironment implements EnvironmentPostProcessor {
    private static final String NO_SERVER = "parley.search.uri names no Elasticsearch";

    private static final String NO_ARCHIVE = "Elasticsearch is no part of Parley. To have it, fetch "
            + EmbeddedSearch.ARCHIVE + " and name the file with parley.embedded.search-archive";

    private final Log log;

    EnginesEnvironment(DeferredLogFactory logs) {
        this.log = logs.getLog(EnginesEnvironment.class);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean server = "server".equals(environment.getProperty("parley.engines", "embedded"));
        Map<String, Object> derived = new HashMap<>();
        derived.put("axon.axonserver.enabled", server);
        if (!server) {
            // Embedded is one process: after a kill it takes its own tokens back at once, and the stand-in for MongoDB
            // writes one thing at a time, so a second segment would only wait.
            derived.put("parley.read-side.owner", "embedded");
            derived.put("parley.read-side.segments", 1);
        }
        if (server) {
            // What operators ask is not for whoever reaches the API. From elsewhere than this machine it is reached
            // only
            // where another address is set on purpose.
            derived.put("management.server.port", "${PARLEY_MANAGEMENT_PORT:9090}");
            derived.put("management.server.address", "127.0.0.1");
        }
        // A node that has the read side answers its own questions: Axon Server's messages are bounded (4 MB), and a
        // page
        // of the longest messages is larger.
        derived.put("axon.axonserver.shortcut-queries-to-local-handlers", true);
        derived.put(
                "spring.flyway.locations", server ? "classpath:db/vault" : "classpath:db/vault,classpath:db/events");
        String whereSearchIs = server ? "parley.search.uri" : "parley.embedded.search-archive";
        if (!environment.containsProperty(whereSearchIs)) {
            derived.put("parley.search.enabled", false);
            if (!environment.containsProperty("parley.search.enabled")) {
                log.info("Search is off: " + (server ? NO_SERVER : NO_ARCHIVE));
            }
        }
        environment.getPropertySources().addLast(new MapPropertySource("parley-engines", derived));
    }
}
