package chat.parley.push;

import chat.parley.api.FindPresence.OpenDevices;
import chat.parley.api.FindPresence.UserPresence;
import chat.parley.api.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of the read side about who is there. Each call blocks its (virtual) thread. */
interface PresenceModel {
    List<UserId> contacts(UserId user) throws InterruptedException;

    /** Of these users, with everything up to this index. */
    List<UserPresence> presences(List<UserId> users, long atLeastIndex) throws InterruptedException;

    /** Devices that are connected, a page of them, with everything up to this index. */
    OpenDevices openDevices(@Nullable String after, long atLeastIndex) throws InterruptedException;
}
