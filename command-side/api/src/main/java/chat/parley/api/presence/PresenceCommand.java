package chat.parley.api.presence;

import chat.parley.api.account.DeviceId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * What a push node tells of a user's devices; never for a heartbeat. A device's sessions have ascending numbers: what is
 * told of an older one than is known changes nothing, and neither does what holds already.
 */
public sealed interface PresenceCommand {
    PresenceId id();

    DeviceId device();

    long session();

    /** A device is connected that was not. */
    record OpenDevice(@TargetAggregateIdentifier PresenceId id, DeviceId device, long session)
            implements PresenceCommand {}

    /** @param lastActive when its user last did something there */
    record CloseDevice(
            @TargetAggregateIdentifier PresenceId id,
            DeviceId device,
            long session,
            OfflineReason reason,
            Instant lastActive)
            implements PresenceCommand {}

    record SetDeviceStatus(@TargetAggregateIdentifier PresenceId id, DeviceId device, long session, DeviceStatus status)
            implements PresenceCommand {}
}
