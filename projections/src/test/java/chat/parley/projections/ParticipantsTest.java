package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.retention.FindParticipants;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Everybody who was ever in a conversation, whom a hold may protect. */
class ParticipantsTest {
    @Property(tries = 15)
    void areAllWhoEverCameIn(
            @ForAll @Size(min = 1, max = 80)
                    List<@IntRange(max = ReadModelMatchesEventsTest.MAX_NUMBER) Integer> numbers) {
        AuditedHistory history = AuditedHistory.random(numbers);
        for (ConversationId conversation : RandomHistory.CONVERSATIONS) {
            Set<UserId> expected = cameIn(conversation, history.events());
            if (!expected.isEmpty()) {
                assertThat(history.audit
                                .handle(new FindParticipants(conversation))
                                .users())
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    private static Set<UserId> cameIn(ConversationId conversation, List<RecordedEvent> events) {
        Set<UserId> users = new LinkedHashSet<>();
        for (RecordedEvent recorded : events) {
            switch (recorded.payload()) {
                case DirectStarted e
                when e.conversation().equals(conversation) -> {
                    users.add(e.by());
                    users.add(e.with());
                }
                case GroupStarted e
                when e.conversation().equals(conversation) -> {
                    users.add(e.by());
                    users.addAll(e.members());
                }
                case MemberJoined e when e.conversation().equals(conversation) -> users.add(e.user());
                default -> {}
            }
        }
        return users;
    }

    @Example
    void anUnknownConversationHasNone() {
        AuditedHistory history = AuditedHistory.random(List.of(1, 2, 3));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> history.audit.handle(new FindParticipants(new ConversationId("nowhere"))))
                .matches(refused -> refused.refusal() == Refusal.CONVERSATION_NOT_FOUND);
    }
}
