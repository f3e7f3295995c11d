package chat.parley.api.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** Changes of a user's connected devices. */
public sealed interface PresenceEvent {
    UserId user();

    DeviceId device();

    Instant at();

    /** @param session the session's number, higher than those of the device's earlier sessions */
    @Revision("1")
    record DeviceOpened(UserId user, DeviceId device, long session, Instant at) implements PresenceEvent {}

    /** @param lastActive when the user was last active on this device; logging out is no activity */
    @Revision("1")
    record DeviceClosed(
            UserId user, DeviceId device, long session, OfflineReason reason, Instant lastActive, Instant at)
            implements PresenceEvent {}

    @Revision("1")
    record DeviceStatusSet(UserId user, DeviceId device, DeviceStatus status, Instant at) implements PresenceEvent {}
}
