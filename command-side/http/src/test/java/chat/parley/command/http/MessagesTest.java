package chat.parley.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.testing.HttpAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest extends ServerTest {
    private LoggedInUser alice;
    private String group;
    private String messages;

    @BeforeEach
    void aGroup() {
        alice = somebody();
        group = post(
                        alice.accessToken(),
                        "/conversations",
                        Map.of("kind", "group", "title", "Tea", "members", List.of()))
                .is(201)
                .text("id");
        messages = "/conversations/" + group + "/messages";
    }

    @Test
    void areAcknowledgedWithTheirPositionAndTime() {
        HttpAnswer answer = send("hello").is(201);
        assertThat(answer.text("conversation")).isEqualTo(group);
        assertThat(answer.number("position")).isEqualTo(2);
        assertThat(answer.text("at")).isEqualTo(clock.instant().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud55c", "\\ud83d\\ude00"})
    void mayHave100000CharactersOfAnyScript(String character) {
        post(
                        alice.accessToken(),
                        messages,
                        "{\"clientMessageId\":\"" + unique("m") + "\",\"text\":\"" + character.repeat(100_000) + "\"}")
                .is(201);
    }

    @Test
    void areRefusedWithTheRefusalOfTheConversation() {
        send(" ").isRefused(Refusal.MESSAGE_EMPTY);
        post(somebody().accessToken(), messages, Map.of("clientMessageId", "m1", "text", "hello"))
                .isRefused(Refusal.NOT_A_MEMBER);
    }

    @Test
    void needAClientMessageIdAndAText() {
        post(alice.accessToken(), messages, Map.of("text", "hello")).isRefused(Refusal.INVALID_PARAMETER);
        post(alice.accessToken(), messages, Map.of("clientMessageId", "m1")).isRefused(Refusal.INVALID_PARAMETER);
        post(alice.accessToken(), messages, Map.of("clientMessageId", "m 1", "text", "hello"))
                .isRefused(Refusal.INVALID_ID);
    }

    @Test
    void areEditedAndRetractedAndGetReactions() {
        long position = send("hello").is(201).number("position");
        String path = messages + "/" + position;
        assertThat(put(alice.accessToken(), path, Map.of("text", "hello!"))
                        .is(200)
                        .number("position"))
                .isEqualTo(position + 1);
        String thumb = URLEncoder.encode("\ud83d\udc4d\ud83c\udffd", StandardCharsets.UTF_8);
        put(alice.accessToken(), path + "/reactions/" + thumb).is(200);
        delete(alice.accessToken(), path + "/reactions/" + thumb).is(200);
        assertThat(aggregates.stored(ReactionChanged.class).stream()
                        .filter(changed -> changed.conversation().value().equals(group))
                        .map(ReactionChanged::emoji))
                .containsExactly("\ud83d\udc4d\ud83c\udffd", "\ud83d\udc4d\ud83c\udffd");
        assertThat(delete(alice.accessToken(), path).is(200).number("position")).isEqualTo(position + 4);
    }

    @Test
    void haveANumericPosition() {
        delete(alice.accessToken(), messages + "/first").isRefused(Refusal.INVALID_PARAMETER);
    }

    private HttpAnswer send(String text) {
        return post(alice.accessToken(), messages, Map.of("clientMessageId", unique("m"), "text", text));
    }
}
