package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.presence.FindPresence.OpenDevices;
import chat.parley.api.presence.FindPresence.UserPresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queries about presence. Each call blocks its virtual thread. */
public interface PresenceReader {
    List<UserId> contacts(UserId user) throws InterruptedException;

    /** The presences of these users, with all events up to this index applied. */
    List<UserPresence> presences(List<UserId> users, long atLeastIndex) throws InterruptedException;

    /** One page of the connected devices, with all events up to this index applied. */
    OpenDevices openDevices(@Nullable String after, long atLeastIndex) throws InterruptedException;
}
