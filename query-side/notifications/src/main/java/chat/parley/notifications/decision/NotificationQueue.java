package chat.parley.notifications.decision;

import chat.parley.notifications.address.PushService;
import chat.parley.notifications.decision.NotificationMarks.Place;
import chat.parley.notifications.delivery.NotificationMeters;
import chat.parley.notifications.delivery.NotificationProperties;
import chat.parley.notifications.delivery.PushNotification;
import chat.parley.notifications.delivery.PushOutcome;
import chat.parley.notifications.delivery.PushSenders;
import chat.parley.notifications.registration.RegisteredDevice;
import chat.parley.notifications.registration.Registrations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The queue of notifications. Each service, and each Web Push server, has its own lane, so that a slow one does not
 * delay others. Per conversation and device only the newest notification is queued. A failed one is retried with
 * growing pauses, not before the time that the service asks for, until it is given up.
 */
public final class NotificationQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotificationQueue.class);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 16;

    private final PushSenders senders;
    private final Registrations registrations;
    private final NotificationMeters meters;
    private final NotificationProperties properties;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("push-retries").factory());
    private final Map<Place, Job> jobs = new HashMap<>();
    /** A notification for the same place waits until the current one is sent, so that they arrive in order. */
    private final Map<Place, Job> sending = new HashMap<>();

    private final Map<String, Lane> lanes = new HashMap<>();
    private boolean closed;

    public NotificationQueue(
            PushSenders senders,
            Registrations registrations,
            NotificationMeters meters,
            NotificationProperties properties,
            Clock clock) {
        this.senders = senders;
        this.registrations = registrations;
        this.meters = meters;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param push called for each attempt; empty if there is nothing to send any more */
    private record Job(
            Place place,
            RegisteredDevice device,
            Supplier<Optional<PushNotification>> push,
            Instant giveUpAt,
            int attempt) {
        PushService service() {
            return device.address().service();
        }
    }

    private static final class Lane {
        private final Deque<Job> waiting = new ArrayDeque<>();
        private int sending;
    }

    /** Replaces a queued notification for the same conversation on the same device. */
    void add(Place place, RegisteredDevice device, Supplier<Optional<PushNotification>> push) {
        put(new Job(place, device, push, clock.instant().plus(properties.giveUpAfter()), 0));
    }

    private synchronized void put(Job job) {
        if (closed) {
            return;
        }
        Lane lane = lanes.computeIfAbsent(job.device().address().lane(), name -> new Lane());
        Job before = jobs.get(job.place());
        if (before == null
                && (jobs.size() + sending.size() >= properties.maxQueued()
                        || lane.waiting.size() >= properties.maxQueuedPerLane())) {
            meters.dropped(job.service());
            tidy(job);
            return;
        }
        jobs.put(job.place(), job);
        if (before != null) {
            lane.waiting.remove(before);
        }
        lane.waiting.add(job);
        pump(lane);
    }

    private void pump(Lane lane) {
        while (lane.sending < properties.maxSendingPerLane() && !lane.waiting.isEmpty()) {
            Job job = lane.waiting.remove();
            if (!sending.containsKey(job.place()) && jobs.remove(job.place(), job)) {
                lane.sending++;
                sending.put(job.place(), job);
                Thread.ofVirtual().name("push-", 0).start(() -> send(job));
            }
        }
    }

    private void send(Job job) {
        try {
            settle(job, attempt(job));
        } finally {
            sent(job);
        }
    }

    private PushOutcome attempt(Job job) {
        if (clock.instant().isAfter(job.giveUpAt())) {
            return new PushOutcome.Rejected("late");
        }
        try {
            Optional<PushNotification> push = job.push().get();
            return push.isPresent() ? senders.send(job.device().address(), push.get()) : new PushOutcome.Unneeded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PushOutcome.Rejected("interrupted");
        } catch (RuntimeException e) {
            // Only the exception's class, because its message may contain the address.
            log.warn(
                    "Sending a notification by {} failed: {}",
                    job.service().wireName(),
                    e.getClass().getName());
            return new PushOutcome.TryAgain(null);
        }
    }

    private void settle(Job job, PushOutcome outcome) {
        switch (outcome) {
            case PushOutcome.Accepted _ -> meters.sent(job.service());
            case PushOutcome.Unneeded _ -> {}
            case PushOutcome.TryAgain again -> tryAgain(job, again.after());
            case PushOutcome.Gone gone -> remove(job, gone);
            case PushOutcome.Rejected rejected -> {
                log.debug("{} refused a push: {}", job.service().wireName(), rejected.reason());
                meters.failed(job.service());
            }
        }
    }

    private void remove(Job job, PushOutcome.Gone gone) {
        try {
            if (registrations.gone(job.device(), gone.since())) {
                meters.removed(job.service());
            }
        } catch (DataAccessException e) {
            log.warn(
                    "The registration of an unreachable device could not be removed; the next notification retries it",
                    e);
        }
    }

    private void tryAgain(Job job, @Nullable Duration atTheEarliest) {
        Duration pause = pause(job.attempt());
        if (atTheEarliest != null && atTheEarliest.compareTo(pause) > 0) {
            pause = atTheEarliest;
        }
        if (clock.instant().plus(pause).isAfter(job.giveUpAt())) {
            meters.failed(job.service());
            return;
        }
        Job next = new Job(job.place(), job.device(), job.push(), job.giveUpAt(), job.attempt() + 1);
        synchronized (this) {
            sending.remove(job.place(), job);
            if (closed || jobs.putIfAbsent(next.place(), next) != null) {
                return;
            }
            meters.retried(job.service());
            var _ = timer.schedule(() -> resume(next), pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Doubles with each attempt and is randomised, so that notifications that failed together are not retried together.
     */
    private Duration pause(int attempt) {
        Duration doubled = properties.firstRetry().multipliedBy(1L << Math.min(attempt, MAX_DOUBLINGS));
        Duration longest = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return longest.dividedBy(2)
                .plusNanos(ThreadLocalRandom.current()
                        .nextLong(longest.dividedBy(2).toNanos() + 1));
    }

    /** Enqueues the job again unless a newer one has replaced it. */
    private synchronized void resume(Job job) {
        if (!closed && job.equals(jobs.get(job.place()))) {
            enqueue(job);
        }
    }

    private void enqueue(Job job) {
        Lane lane = lanes.computeIfAbsent(job.device().address().lane(), name -> new Lane());
        lane.waiting.add(job);
        pump(lane);
    }

    private synchronized void sent(Job job) {
        Lane lane = lanes.get(job.device().address().lane());
        sending.remove(job.place(), job);
        Job next = jobs.get(job.place());
        if (next != null && next.attempt() == 0) {
            enqueue(next);
        }
        if (lane != null) {
            lane.sending--;
            pump(lane);
        }
        tidy(job);
    }

    private void tidy(Job job) {
        String name = job.device().address().lane();
        Lane lane = lanes.get(name);
        if (lane != null && lane.sending == 0 && lane.waiting.isEmpty()) {
            lanes.remove(name);
        }
    }

    synchronized int size() {
        return jobs.size() + sending.size();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            jobs.clear();
            lanes.values().forEach(lane -> lane.waiting.clear());
        }
        timer.shutdownNow();
    }
}
