package chat.parley.app;

import chat.parley.app.role.RoleConfiguration;
import chat.parley.backup.OperatorCommands;
import chat.parley.dispatch.DispatchConfiguration;
import chat.parley.embedded.EmbeddedEnginesConfiguration;
import chat.parley.embedded.elasticsearch.EmbeddedSearchConfiguration;
import chat.parley.eventstore.EventStoreConfiguration;
import chat.parley.retention.erasure.ErasureProgressConfiguration;
import chat.parley.web.WebConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** The server: what every process has. {@link RoleConfiguration} has the rest. */
@SpringBootApplication
@Import({
    EmbeddedEnginesConfiguration.class,
    EmbeddedSearchConfiguration.class,
    EventStoreConfiguration.class,
    WebConfiguration.class,
    DispatchConfiguration.class,
    ErasureProgressConfiguration.class
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
