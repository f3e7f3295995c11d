package chat.parley.load.replay;

import java.util.List;

/** One thing that happens in a block; each makes exactly one entry. */
sealed interface ReplayStep {
    String nick();

    /** @param mentions nicks, members at that moment */
    record Say(String nick, String text, List<String> mentions) implements ReplayStep {}

    record Join(String nick) implements ReplayStep {}

    record Leave(String nick) implements ReplayStep {}
}
