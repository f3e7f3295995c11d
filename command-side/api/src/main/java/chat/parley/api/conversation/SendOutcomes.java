package chat.parley.api.conversation;

import chat.parley.api.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each message of a {@link ConversationCommand.SendMessages}, in its order. */
public record SendOutcomes(List<Outcome> outcomes) {
    /** Exactly one of the two is there. */
    public record Outcome(@Nullable EntryAck ack, @Nullable Refusal refusal) {
        public static Outcome accepted(EntryAck ack) {
            return new Outcome(ack, null);
        }

        public static Outcome refused(Refusal refusal) {
            return new Outcome(null, refusal);
        }
    }
}
