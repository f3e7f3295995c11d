package chat.parley.app;

import chat.parley.command.http.CommandHttpConfiguration;
import chat.parley.discovery.DiscoveryConfiguration;
import chat.parley.embedded.EmbeddedEnginesConfiguration;
import chat.parley.embedded.elasticsearch.EmbeddedSearchConfiguration;
import chat.parley.eventstore.EventStoreConfiguration;
import chat.parley.notifications.NotificationsConfiguration;
import chat.parley.projections.ProjectionsConfiguration;
import chat.parley.push.PushConfiguration;
import chat.parley.query.http.QueryHttpConfiguration;
import chat.parley.search.history.SearchConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The Spring Boot application with all modules. */
@SpringBootApplication
@Import({
    EmbeddedEnginesConfiguration.class,
    EmbeddedSearchConfiguration.class,
    EventStoreConfiguration.class,
    CommandHttpConfiguration.class,
    ProjectionsConfiguration.class,
    DiscoveryConfiguration.class,
    NotificationsConfiguration.class,
    QueryHttpConfiguration.class,
    PushConfiguration.class,
    SearchConfiguration.class
})
public class ParleyApplication {
    public static void main(String[] args) {
        SpringApplication.run(ParleyApplication.class, args);
    }
}
