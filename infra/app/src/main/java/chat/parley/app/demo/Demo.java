package chat.parley.app.demo;

import chat.parley.api.Refused;
import chat.parley.api.port.EventFeed;
import chat.parley.identity.login.OfferedLogins;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Fills an empty event store with the story, and offers the logins of its people. A store that had events before gets no
 * people, so that the demonstration does not mix with real data.
 */
final class Demo implements ApplicationRunner, OfferedLogins {
    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private final Path dataDir;
    private final boolean isLocal;
    private final EventFeed events;
    private final Storyteller storyteller;
    private final Story story = Story.read();
    private volatile @Nullable DemoState state;

    /** @param isLocal whether engines and logins are this process's own; otherwise there is no demonstration */
    Demo(Path dataDir, boolean isLocal, EventFeed events, Storyteller storyteller) {
        this.dataDir = dataDir;
        this.isLocal = isLocal;
        this.events = events;
        this.storyteller = storyteller;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!isLocal) {
            log.info("Demo: none with parley.engines=server or parley.auth.issuer-uri");
            return;
        }
        DemoState known = DemoState.read(dataDir).orElse(null);
        if (known == null && events.head() >= 0) {
            log.info("Demo: none, because there are events already; use an empty parley.data-dir to see it");
            return;
        }
        DemoState begun = known == null ? DemoState.begin(dataDir) : known;
        try {
            state = begun.told() ? begun : told(begun);
            log.info(
                    "Demo: the login page offers {} people to browsers on this machine; --parley.demo=false hides them",
                    story.people().size());
        } catch (Refused refused) {
            log.warn("Demo: the people are incomplete ({}); the next start continues", refused.refusal());
        }
    }

    private DemoState told(DemoState begun) {
        storyteller.tell(story, begun.password());
        return begun.finish(dataDir);
    }

    @Override
    public List<OfferedLogin> offered() {
        DemoState now = state;
        return now == null
                ? List.of()
                : story.people().stream()
                        .map(person -> new OfferedLogin(
                                person.username(), person.displayName(), person.roles(), now.password()))
                        .toList();
    }
}
