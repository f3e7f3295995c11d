package chat.parley.api.conversation;

import chat.parley.api.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One outcome per message of a {@link ConversationCommand.SendMessages}, in its order. */
public record SendOutcomes(List<Outcome> outcomes) {
    /** Exactly one of the two is not null. */
    public record Outcome(@Nullable EntryAck ack, @Nullable Refusal refusal) {
        public static Outcome accepted(EntryAck ack) {
            return new Outcome(ack, null);
        }

        public static Outcome refused(Refusal refusal) {
            return new Outcome(null, refusal);
        }
    }
}
