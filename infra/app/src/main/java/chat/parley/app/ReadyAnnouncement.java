package chat.parley.app;

import chat.parley.api.process.Roles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Prints the line that announces that Parley is ready. */
@Component
class ReadyAnnouncement {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyAnnouncement.class);

    private final Roles roles;

    ReadyAnnouncement(Roles roles) {
        this.roles = roles;
    }

    @EventListener
    void announce(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            LOG.info(
                    "Parley{} is ready after {} s: http://localhost:{}",
                    roles.isComplete() ? "" : " (" + roles + ")",
                    event.getTimeTaken() == null ? "?" : event.getTimeTaken().toSeconds(),
                    web.getWebServer().getPort());
        }
    }
}
