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

    private record Registered(Subscriber subscriber, Supplier<Instant> lastActive) {}

    /**
     * Adds a subscriber. It replaces the one of the same device. Otherwise, if the user has too many, it replaces the
     * one without activity for the longest time.
     */
    public void register(Subscriber subscriber, Supplier<Instant> lastActive) {
        Registered replaced;
        synchronized (users) {
            Map<DeviceId, Registered> devices = users.computeIfAbsent(subscriber.user(), _ -> new HashMap<>(2));
            replaced = devices.remove(subscriber.device());
            if (replaced == null && devices.size() >= maxPerUser) {
                replaced = Collections.min(
                        devices.values(),
                        Comparator.comparing(
                                registered -> registered.lastActive().get()));
                devices.remove(replaced.subscriber().device());
            }
            devices.put(subscriber.device(), new Registered(subscriber, lastActive));
        }
        if (replaced != null) {
            replaced.subscriber().end(CloseReason.REPLACED);
        }
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
