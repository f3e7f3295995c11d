package chat.parley.api.port;

import chat.parley.api.audit.Replay;
import java.util.Optional;

/** The replays that auditors asked for and whose sockets have not come yet. */
public interface ReplayTickets {
    /** The replay of this ticket, once; empty if the ticket is unknown, used or expired. */
    Optional<Replay> redeem(String ticket);
}
