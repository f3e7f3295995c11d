package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.node.NodeMessages;
import chat.parley.push.session.TypingExchange;
import chat.parley.testing.InMemoryNodeMessages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes tell each other who types. */
class PassingOnTypingTest {
    private final InMemoryNodeMessages nodes = new InMemoryNodeMessages();
    private final NodeMessages other = nodes.node();
    private final List<String> sent = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final TypingExchange one = new TypingExchange(nodes.node(), (_, _) -> {});
    private final TypingExchange two =
            new TypingExchange(nodes.node(), (conversation, user) -> seen.add(conversation + " " + user));

    private void types(String conversation, String user) {
        one.passOn(new ConversationId(conversation), new UserId(user));
    }

    @Test
    void aSignIsSentOnceInARound() {
        other.receive("typing", sent::add);
        types("tea", "ann");
        types("tea", "bob");
        types("tea", "ann");
        one.round();
        one.round();
        two.round();
        assertThat(seen).containsExactly("tea ann", "tea bob");
        assertThat(sent).hasSize(1);
    }

    @Test
    void manySignsWithTheLongestIdsAreSeveralMessages() {
        other.receive("typing", sent::add);
        for (int i = 0; i < 120; i++) {
            types("c".repeat(64), String.format("u%063d", i));
        }
        for (int i = 0; i < 3; i++) {
            one.round();
        }
        assertThat(seen).hasSize(120);
        assertThat(sent).hasSize(3).allMatch(message -> message.length() <= 7_000);
    }

    @Test
    void whatIsNoSignIsRefused() {
        for (String nothing : List.of("tea", " ", "x".repeat(100) + " ann")) {
            assertThatException().as(nothing).isThrownBy(() -> other.send("typing", nothing));
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void whatANewerVersionAddsToASignIsIgnored() {
        other.send("typing", "tea ann newer");
        assertThat(seen).containsExactly("tea ann");
    }
}
