package chat.parley.retention.decision;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand;
import chat.parley.api.retention.RetentionCommand.AskRetention;
import chat.parley.api.retention.RetentionCommand.OrderErasure;
import chat.parley.api.retention.RetentionState;
import chat.parley.dispatch.CommandDispatcher;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Asks the aggregate that knows all holds and rules. */
public final class Decisions {
    private static final int NAMED = 20;

    private final CommandDispatcher commands;

    public Decisions(CommandDispatcher commands) {
        this.commands = commands;
    }

    /** @throws Refused as the aggregate refuses; for an erasure on hold, with the holds' ids */
    public void send(RetentionCommand command) {
        try {
            commands.send(command);
        } catch (Refused refused) {
            if (refused.refusal() == Refusal.ON_HOLD && command instanceof OrderErasure order) {
                requireNoHold(List.of(order.user()), order.conversations());
            }
            throw refused;
        }
    }

    public RetentionState state() {
        return commands.send(new AskRetention(), RetentionState.class);
    }

    /**
     * For a decision that takes effect before the aggregate can make it.
     *
     * @throws Refused {@link Refusal#ON_HOLD}, with the holds' ids
     */
    public void requireNoHold(Collection<UserId> users, Collection<ConversationId> conversations) {
        List<HoldId> holds = state().against(users, conversations);
        if (!holds.isEmpty()) {
            throw new Refused(Refusal.ON_HOLD, named(holds));
        }
    }

    private static String named(List<HoldId> holds) {
        String first = holds.stream().limit(NAMED).map(HoldId::value).collect(Collectors.joining(", "));
        int more = holds.size() - NAMED;
        return "On hold by " + first + (more > 0 ? " and " + more + " more" : "");
    }
}
