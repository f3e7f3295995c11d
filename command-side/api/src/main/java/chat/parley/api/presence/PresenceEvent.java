package chat.parley.api.presence;

import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What changes about who is there. */
public sealed interface PresenceEvent {
    UserId user();

    DeviceId device();

    Instant at();

    /** @param session its number, higher than those of the device before */
    @Revision("1")
    record DeviceOpened(UserId user, DeviceId device, long session, Instant at) implements PresenceEvent {}

    /** @param lastActive when the user last did something there, which logging out is not */
    @Revision("1")
    record DeviceClosed(
            UserId user, DeviceId device, long session, OfflineReason reason, Instant lastActive, Instant at)
            implements PresenceEvent {}

    @Revision("1")
    record DeviceStatusSet(UserId user, DeviceId device, DeviceStatus status, Instant at) implements PresenceEvent {}
}
