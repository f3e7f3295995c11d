package chat.parley.notifications.decision;

import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.notifications.decision.NotificationMarks.Outdated;
import chat.parley.notifications.decision.NotificationMarks.Place;
import chat.parley.notifications.decision.NotificationMarks.Read;
import chat.parley.notifications.decision.PendingMessages.Batch;
import chat.parley.notifications.delivery.NotificationMeters;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.PushNotification;
import chat.parley.notifications.registration.RegisteredDevice;
import chat.parley.notifications.registration.Registrations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Takes messages from the event stream to the queue of notifications: waits the settle time, selects the recipients,
 * marks the messages as notified, and enqueues.
 */
public final class NotificationDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotificationDispatcher.class);

    private static final int MAX_DECIDING = 8;
    private static final int MAX_READS = 50_000;
    private static final int READS_AT_ONCE = 1_000;
    private static final int TICKS_PER_SETTLE_TIME = 20;
    private static final Duration POSTPONED_BY = Duration.ofSeconds(2);

    private final PendingMessages waiting;
    private final RecipientSelector decider;
    private final NotificationText wording;
    private final NotificationMarks marks;
    private final Registrations registrations;
    private final NotificationQueue outbox;
    private final NotificationMeters meters;
    private final NotificationProperties properties;
    private final Clock clock;
    private final Map<Read, Long> reads = new HashMap<>();
    private final Semaphore deciding = new Semaphore(MAX_DECIDING);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notifications").factory());
    private volatile Instant quietUntil = Instant.MAX;

    public NotificationDispatcher(
            PendingMessages waiting,
            RecipientSelector decider,
            NotificationText wording,
            NotificationMarks marks,
            Registrations registrations,
            NotificationQueue outbox,
            NotificationMeters meters,
            NotificationProperties properties,
            Clock clock) {
        this.waiting = waiting;
        this.decider = decider;
        this.wording = wording;
        this.marks = marks;
        this.registrations = registrations;
        this.outbox = outbox;
        this.meters = meters;
        this.properties = properties;
        this.clock = clock;
    }

    void start() {
        quietUntil = clock.instant().plus(properties.startGrace());
        meters.watch(waiting::size, outbox::size);
        long tick =
                Math.max(1, properties.settle().dividedBy(TICKS_PER_SETTLE_TIME).toMillis());
        var _ = timer.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS);
    }

    void sent(NotifiableMessage message) {
        // Sending a message moves the sender's read mark.
        read(message.sender(), message.conversation(), message.position());
        Instant now = clock.instant();
        if (isStale(message, now)) {
            return;
        }
        Instant due = now.plus(properties.settle());
        if (!waiting.add(message, due.isBefore(quietUntil) ? quietUntil : due)) {
            meters.passedOver();
        }
    }

    private boolean isStale(NotifiableMessage message, Instant now) {
        return message.at().plus(properties.staleAfter()).isBefore(now);
    }

    void retracted(ConversationId conversation, long position) {
        waiting.retracted(conversation, position);
    }

    /** Withdraws notifications of the messages read. If the queue is full, some stay visible. */
    void read(UserId user, ConversationId conversation, long position) {
        Read read = new Read(user, conversation);
        synchronized (reads) {
            if (reads.size() < MAX_READS || reads.containsKey(read)) {
                reads.merge(read, position, Math::max);
            }
        }
    }

    private void tick() {
        try {
            withdraw();
            for (Batch batch : waiting.takeDue(clock.instant())) {
                deciding.acquire();
                Thread.ofVirtual().name("deciding-", 0).start(() -> {
                    try {
                        decide(batch);
                    } finally {
                        deciding.release();
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("Notifications are delayed; the step is retried", e);
        }
    }

    private void decide(Batch batch) {
        try {
            Instant now = clock.instant();
            List<NotifiableMessage> messages = batch.messages().stream()
                    .filter(message -> !isStale(message, now))
                    .toList();
            if (!messages.isEmpty()) {
                deliver(decider.decide(batch.conversation(), messages));
            }
            waiting.decided(batch);
        } catch (Refused | DataAccessException e) {
            log.debug("The recipients of a message could not be decided; this is retried", e);
            waiting.postpone(batch, clock.instant().plus(POSTPONED_BY));
        } catch (RuntimeException e) {
            log.error(
                    "The recipients of {} messages could not be decided; nobody is notified of them",
                    batch.messages().size(),
                    e);
            waiting.decided(batch);
        }
    }

    private void deliver(List<Notification> notifications) {
        if (notifications.isEmpty()) {
            return;
        }
        Set<Place> claimed = marks.claim(notifications.stream()
                .collect(Collectors.toMap(
                        Notification::mark,
                        notification -> notification.message().position())));
        notifications.stream()
                .filter(notification -> claimed.contains(notification.mark()))
                .forEach(notification ->
                        outbox.add(notification.mark(), notification.device(), () -> wording.alert(notification)));
    }

    private void withdraw() {
        Map<Read, Long> some = new HashMap<>();
        synchronized (reads) {
            reads.entrySet().stream().limit(READS_AT_ONCE).forEach(read -> some.put(read.getKey(), read.getValue()));
            some.forEach(reads::remove);
        }
        if (some.isEmpty()) {
            return;
        }
        Map<Place, Long> outdated =
                marks.withdraw(some).stream().collect(Collectors.toMap(Outdated::place, Outdated::position));
        if (outdated.isEmpty()) {
            return;
        }
        Set<UserId> users = new HashSet<>();
        outdated.keySet().forEach(place -> users.add(place.user()));
        Map<UserId, List<RegisteredDevice>> devices =
                registrations.of(users).stream().collect(Collectors.groupingBy(RegisteredDevice::user));
        outdated.forEach((place, position) -> devices.getOrDefault(place.user(), List.of()).stream()
                .filter(device -> device.id().equals(place.device()))
                .forEach(device -> outbox.add(
                        place,
                        device,
                        () -> Optional.of(new PushNotification.Withdrawal(place.conversation(), position)))));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
