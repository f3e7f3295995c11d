package chat.parley.push.presence;

import chat.parley.api.account.UserId;
import chat.parley.api.presence.FindPresence.OpenDevices;
import chat.parley.api.presence.FindPresence.UserPresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the read side about who is there. Each call blocks its (virtual) thread. */
public interface PresenceModel {
    List<UserId> contacts(UserId user) throws InterruptedException;

    /** Of these users, with everything up to this index. */
    List<UserPresence> presences(List<UserId> users, long atLeastIndex) throws InterruptedException;

    /** Devices that are connected, a page of them, with everything up to this index. */
    OpenDevices openDevices(@Nullable String after, long atLeastIndex) throws InterruptedException;
}
