package chat.parley.domain;

import static chat.parley.domain.Preconditions.require;

import chat.parley.api.Refusal;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceCommand;
import chat.parley.api.presence.PresenceCommand.CloseDevice;
import chat.parley.api.presence.PresenceCommand.OpenDevice;
import chat.parley.api.presence.PresenceCommand.SetDeviceStatus;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.presence.PresenceEvent.DeviceClosed;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import chat.parley.api.presence.PresenceId;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** The connected devices of a user. Push nodes and heartbeats are not part of it. */
@AggregateRoot
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE)
public class Presence {
    /** {@link PresenceId#toString()}. */
    @AggregateIdentifier
    private @Nullable String id;

    private Map<String, Open> open = new HashMap<>();
    private long atMillis;

    /** @param session the number of the session that opened it */
    private record Open(long session, DeviceStatus status) {}

    Presence() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(OpenDevice command, Clock clock) {
        if (of(command).isEmpty()) {
            if (open.size() >= Account.MAX_DEVICES) {
                closeOldest(command.id().user(), clock);
            }
            AggregateLifecycle.apply(
                    new DeviceOpened(command.id().user(), command.device(), command.session(), now(clock)));
        }
    }

    /**
     * Closes the device with the oldest session, so that a new device is accepted at the limit. A user reaches the
     * limit by reconnecting with new device ids within the grace time, so the oldest one is most likely gone. The time
     * of its last activity is now, because another device of the user opens at this moment.
     */
    private void closeOldest(UserId user, Clock clock) {
        Map.Entry<String, Open> oldest = Collections.min(
                open.entrySet(),
                Comparator.comparingLong(entry -> entry.getValue().session()));
        Instant now = now(clock);
        AggregateLifecycle.apply(new DeviceClosed(
                user, new DeviceId(oldest.getKey()), oldest.getValue().session(), OfflineReason.SILENT, now, now));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CloseDevice command, Clock clock) {
        requireKnown();
        of(command).filter(device -> device.session() <= command.session()).ifPresent(device -> {
            Instant now = now(clock);
            AggregateLifecycle.apply(new DeviceClosed(
                    command.id().user(),
                    command.device(),
                    device.session(),
                    command.reason(),
                    command.lastActive().isAfter(now) ? now : command.lastActive(),
                    now));
        });
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SetDeviceStatus command, Clock clock) {
        requireKnown();
        of(command)
                .filter(device -> device.session() <= command.session() && device.status() != command.status())
                .ifPresent(_ -> AggregateLifecycle.apply(
                        new DeviceStatusSet(command.id().user(), command.device(), command.status(), now(clock))));
    }

    /** Only {@link OpenDevice} creates the aggregate. */
    private void requireKnown() {
        require(id != null, Refusal.USER_NOT_FOUND);
    }

    private Optional<Open> of(PresenceCommand command) {
        return Optional.ofNullable(open.get(command.device().value()));
    }

    private Instant now(Clock clock) {
        return EventTime.now(clock, atMillis);
    }

    @EventSourcingHandler
    void on(PresenceEvent event) {
        id = new PresenceId(event.user()).toString();
        atMillis = event.at().toEpochMilli();
        String device = event.device().value();
        switch (event) {
            case DeviceOpened e -> open.put(device, new Open(e.session(), DeviceStatus.ONLINE));
            case DeviceClosed _ -> open.remove(device);
            case DeviceStatusSet e ->
                open.computeIfPresent(device, (_, before) -> new Open(before.session(), e.status()));
        }
    }
}
