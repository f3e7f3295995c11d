package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.api.SealedText;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Texts that were sealed before text keys had days: what the page on compliance says an operator does with them. */
class TextsWithoutADayTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final String OLD = "sealed with the key of its author only";

    private final ParleyServer server = ParleyServer.shared();
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();
    private final TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);

    /** As a version of before has stored it. */
    private void storeOld(ConversationId conversation, long sequence) {
        UserId by = new UserId(alice.id);
        ClientMessageId id = new ClientMessageId("old-message");
        String binding = TextProtection.messageContext(conversation, by, id).binding();
        SealedText text = server.bean(TextProtection.class).seal(by, OLD, new TextContext(binding, null));
        server.bean(EventStore.class)
                .publish(new GenericDomainEventMessage<>(
                        "Conversation",
                        conversation.value(),
                        sequence,
                        new MessageSent(conversation, by, id, text, "hash", sequence, null, List.of(), Instant.now())));
    }

    private List<Map<String, Object>> counted() throws IOException {
        String page = Files.readString(Path.of("..", "operations", "compliance.md"));
        Matcher sql = SQL.matcher(page);
        assertThat(sql.find()).isTrue();
        return JdbcClient.create(server.bean(DataSource.class)).sql(sql.group(1)).query().listOfRows().stream()
                .filter(row -> alice.id.equals(row.get("author")))
                .toList();
    }

    private JsonNode second(String group) {
        return DirectConversationScenario.entries(bob, group, 2).get(1);
    }

    @Test
    void areCountedByAuthorAndLeaveWithTheAuthor() throws IOException {
        String group = alice.startGroup(bob);
        assertThat(counted()).isEmpty();
        storeOld(new ConversationId(group), 1);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(second(group).path("text").asString("")).isEqualTo(OLD));
        assertThat(counted())
                .singleElement()
                .satisfies(row -> assertThat(row.get("count")).isEqualTo(1L));
        String other = alice.startGroup(bob);
        DirectConversationScenario.send(alice, other, "sealed today");
        assertThat(counted())
                .singleElement()
                .satisfies(row -> assertThat(row.get("count")).isEqualTo(1L));

        auditor.rest
                .post("/audit/erasures", Map.of("user", alice.id, "reason", "texts without a day"))
                .expect(202);
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(second(group).path("erased").asBoolean()).isTrue());
        assertThat(second(group).toString()).doesNotContain(OLD);
        assertThat(counted()).isEmpty();
    }
}
