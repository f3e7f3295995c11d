package chat.parley.load.replay;

import java.util.List;

/** One step of a plan; each makes exactly one entry. */
sealed interface ReplayStep {
    String nick();

    /** @param mentions nicks of members at that time */
    record Say(String nick, String text, List<String> mentions) implements ReplayStep {}

    record Join(String nick) implements ReplayStep {}

    record Leave(String nick) implements ReplayStep {}
}
