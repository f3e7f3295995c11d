package chat.parley.api.presence;

import chat.parley.api.account.DeviceId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Commands by which a push node reports a user's devices; never sent for a heartbeat. The sessions of a device have
 * ascending numbers. A command for an older session than the known one, or whose effect holds already, changes nothing.
 */
public sealed interface PresenceCommand {
    PresenceId id();

    DeviceId device();

    long session();

    /** A device has connected. */
    record OpenDevice(@TargetAggregateIdentifier PresenceId id, DeviceId device, long session)
            implements PresenceCommand {}

    /** @param lastActive when the user was last active on this device */
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
