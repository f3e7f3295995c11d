package chat.parley.identity.profile;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.api.account.ClaimUsername;
import chat.parley.api.account.UserId;
import chat.parley.api.port.EventFeed;
import chat.parley.api.port.TextProtection;
import chat.parley.api.text.Usernames;
import chat.parley.dispatch.CommandDispatcher;
import chat.parley.eventprocessing.feed.Retry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Claims the looks of usernames that were taken before the claims of looks existed, or under an earlier version of
 * Unicode. It runs once for each version of Unicode, from the event store, oldest account first. Until it is done no
 * username can be taken.
 */
public final class FormerNamesClaimer implements FormerNames, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FormerNamesClaimer.class);
    private static final Duration NEXT_EVENT = Duration.ofSeconds(1);
    private static final BackOff EACH_SECOND = new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS);

    private static final Set<Class<?>> NAMING = Set.of(AccountRegistered.class, UsernameChanged.class);

    /** In most stores the claims are made before the first request. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final UsernameClaims claims;
    private final CommandDispatcher commands;
    private final EventFeed events;
    private final TextProtection protection;
    private final JdbcClient vault;
    private final Clock clock;
    private final CountDownLatch claimed = new CountDownLatch(1);
    private @Nullable Thread worker;

    public FormerNamesClaimer(
            UsernameClaims claims,
            CommandDispatcher commands,
            EventFeed events,
            TextProtection protection,
            JdbcClient vault,
            Clock clock) {
        this.claims = claims;
        this.commands = commands;
        this.events = events;
        this.protection = protection;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public void requireClaimed() {
        try {
            if (!claimed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refused(Refusal.RETRY_LATER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(Refusal.RETRY_LATER);
        }
    }

    @Override
    public synchronized void start() {
        worker = Thread.ofVirtual().name("former-names").start(this::claimUntilDone);
    }

    @Override
    public synchronized void stop() {
        if (worker != null) {
            worker.interrupt();
            worker = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return worker != null;
    }

    private void claimUntilDone() {
        try {
            var _ = Retry.until(done -> done, EACH_SECOND, this::isClaimed);
            claimed.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClaimed() throws InterruptedException {
        try {
            if (!isMarked()) {
                claimAll();
                mark();
            }
            return true;
        } catch (RuntimeException e) {
            log.warn("Not all looks of former usernames are claimed, so nobody can sign up; retried in a second", e);
            return false;
        }
    }

    private void claimAll() throws InterruptedException {
        long head = events.head();
        if (head < 0) {
            return;
        }
        try (EventFeed.Follower follower = events.follow(-1)) {
            long index = -1;
            while (index < head) {
                EventFeed.Item item = follower.next(NEXT_EVENT);
                if (item != null) {
                    index = item.index();
                    if (NAMING.contains(item.type())) {
                        claim((AccountEvent) item.payload());
                    }
                }
            }
        }
    }

    private void claim(AccountEvent event) {
        switch (event) {
            case AccountRegistered registered -> claim(registered.user(), registered.username());
            case UsernameChanged changed -> claim(changed.user(), changed.username());
            default -> {}
        }
    }

    private void claim(UserId user, SealedText name) {
        protection
                .reveal(name, TextProtection.usernameContext(user))
                .ifPresent(username -> claims.ofLooks(username)
                        .forEach(look -> commands.send(new ClaimUsername(look, user), UserId.class)));
    }

    private boolean isMarked() {
        return vault.sql("select 1 from vault.claimed_looks where unicode_version = ?")
                .param(Usernames.unicodeVersion())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void mark() {
        vault.sql("insert into vault.claimed_looks (unicode_version, claimed_at) values (?, ?) on conflict do nothing")
                .params(Usernames.unicodeVersion(), Timestamp.from(clock.instant()))
                .update();
    }
}
