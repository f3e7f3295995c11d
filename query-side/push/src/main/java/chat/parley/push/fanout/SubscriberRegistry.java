package chat.parley.push.fanout;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.wire.CloseReason;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The subscribers of this node by user and device, at most one per device.
 *
 * <p>Threading: may be used by any thread.
 */
public final class SubscriberRegistry {
    private final int maxPerUser;
    private final Map<UserId, Map<DeviceId, Registered>> users = new HashMap<>();

    public SubscriberRegistry(int maxPerUser) {
        this.maxPerUser = maxPerUser;
    }

    private record Registered(Subscriber subscriber, Supplier<Instant> lastActive, long openedNanos) {
        boolean openedAfter(Registered other) {
            return openedNanos - other.openedNanos > 0;
        }
    }

    /**
     * Adds a subscriber. It replaces the one of the same device, or is replaced by it if that was opened later, because
     * the socket of this one may have been cut while its token was verified. Otherwise, if the user has too many, it
     * replaces the one without activity for the longest time.
     *
     * @param openedNanos when its socket was opened, by the monotonic clock
     */
    public void register(Subscriber subscriber, Supplier<Instant> lastActive, long openedNanos) {
        Registered registered = new Registered(subscriber, lastActive, openedNanos);
        Registered replaced;
        synchronized (users) {
            Map<DeviceId, Registered> devices = users.computeIfAbsent(subscriber.user(), _ -> new HashMap<>(2));
            Registered same = devices.get(subscriber.device());
            if (same != null && same.openedAfter(registered)) {
                replaced = registered;
            } else {
                replaced = same == null && devices.size() >= maxPerUser ? leastActive(devices.values()) : same;
                if (replaced != null) {
                    devices.remove(replaced.subscriber().device());
                }
                devices.put(subscriber.device(), registered);
            }
        }
        if (replaced != null) {
            replaced.subscriber().end(CloseReason.REPLACED);
        }
    }

    private static Registered leastActive(Collection<Registered> devices) {
        return Collections.min(
                devices,
                Comparator.comparing(registered -> registered.lastActive().get()));
    }

    public void unregister(Subscriber subscriber) {
        synchronized (users) {
            users.computeIfPresent(subscriber.user(), (_, devices) -> {
                devices.computeIfPresent(
                        subscriber.device(),
                        (_, registered) -> registered.subscriber() == subscriber ? null : registered);
                return devices.isEmpty() ? null : devices;
            });
        }
    }

    /** The user's subscribers on this node, live or catching up. */
    public Collection<Subscriber> of(UserId user) {
        synchronized (users) {
            return users.getOrDefault(user, Map.of()).values().stream()
                    .map(Registered::subscriber)
                    .toList();
        }
    }
}
