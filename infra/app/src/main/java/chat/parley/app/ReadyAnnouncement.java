package chat.parley.app;

import chat.parley.api.process.Roles;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Prints the line that announces that Parley is ready. */
@Component
class ReadyAnnouncement {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyAnnouncement.class);

    private final Roles roles;
    private final ObjectProvider<BuildProperties> build;

    /** @param build absent unless Maven has packaged Parley */
    ReadyAnnouncement(Roles roles, ObjectProvider<BuildProperties> build) {
        this.roles = roles;
        this.build = build;
    }

    @EventListener
    void announce(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            LOG.info(
                    "Parley{}{} is ready after {} s: http://localhost:{}",
                    build.stream().map(known -> " " + known.getVersion()).collect(Collectors.joining()),
                    roles.isComplete() ? "" : " (" + roles + ")",
                    event.getTimeTaken() == null ? "?" : event.getTimeTaken().toSeconds(),
                    web.getWebServer().getPort());
        }
    }
}
