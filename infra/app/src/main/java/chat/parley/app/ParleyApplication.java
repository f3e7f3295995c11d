package chat.parley.app;

import chat.parley.audit.AuditConfiguration;
import chat.parley.backup.OperatorCommands;
import chat.parley.command.http.CommandHttpConfiguration;
import chat.parley.discovery.DiscoveryConfiguration;
import chat.parley.embedded.EmbeddedEnginesConfiguration;
import chat.parley.embedded.elasticsearch.EmbeddedSearchConfiguration;
import chat.parley.eventstore.EventStoreConfiguration;
import chat.parley.identity.IdentityConfiguration;
import chat.parley.notifications.NotificationsConfiguration;
import chat.parley.page.PageConfiguration;
import chat.parley.projections.ProjectionsConfiguration;
import chat.parley.push.PushConfiguration;
import chat.parley.query.http.QueryHttpConfiguration;
import chat.parley.retention.RetentionConfiguration;
import chat.parley.search.history.SearchConfiguration;
import chat.parley.web.WebConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The server: imports the configuration of every module. */
@SpringBootApplication
@Import({
    EmbeddedEnginesConfiguration.class,
    EmbeddedSearchConfiguration.class,
    EventStoreConfiguration.class,
    WebConfiguration.class,
    IdentityConfiguration.class,
    CommandHttpConfiguration.class,
    RetentionConfiguration.class,
    ProjectionsConfiguration.class,
    DiscoveryConfiguration.class,
    NotificationsConfiguration.class,
    QueryHttpConfiguration.class,
    AuditConfiguration.class,
    PageConfiguration.class,
    PushConfiguration.class,
    SearchConfiguration.class
})
public class ParleyApplication {
    public static void main(String[] args) {
        if (OperatorCommands.isNamedIn(args)) {
            OperatorCommands.main(args);
        } else {
            SpringApplication.run(ParleyApplication.class, args);
        }
    }
}
