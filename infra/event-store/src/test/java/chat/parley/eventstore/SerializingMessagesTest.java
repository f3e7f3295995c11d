package chat.parley.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.contact.FindBlocks;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.conversation.Visibility;
import chat.parley.api.inbox.FindInbox;
import chat.parley.api.port.RawEvents;
import chat.parley.eventstore.postgres.TestEventStores;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events, commands, queries and answers are equal after serialization and deserialization. */
class SerializingMessagesTest {
    private final Jackson3Serializer serializer = TestEventStores.serializer();

    static Stream<Class<?>> records() {
        // Raw events are read where they are used and never sent.
        return ApiRecords.all().stream().filter(type -> type != RawEvents.RawEvent.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordComesBackEqual(Class<?> type) {
        for (Object sample : ApiRecords.samples(type)) {
            SerializedObject<byte[]> serialized = serializer.serialize(sample, byte[].class);
            Object back = serializer.deserialize(serialized);
            assertThat(back).isEqualTo(sample);
        }
    }

    @Test
    void theSearchForRecordsFindsAllKinds() {
        assertThat(ApiRecords.all())
                .contains(
                        ConversationEvent.MessageSent.class,
                        ConversationCommand.SendMessages.class,
                        ConversationCommand.Draft.class,
                        FindInbox.class,
                        FindInbox.Item.class,
                        SendOutcomes.Outcome.class,
                        Visibility.class,
                        UserId.class);
    }

    @Test
    void instantsAreText() {
        ConversationEvent.MemberLeft event = (ConversationEvent.MemberLeft)
                ApiRecords.samples(ConversationEvent.MemberLeft.class).getFirst();
        assertThat(serializer.serialize(event, String.class).getData()).contains("\"2026-11-21T09:30:00.123Z\"");
    }

    @Test
    void unknownFieldsOfANewerVersionAreIgnored() {
        SimpleSerializedObject<String> newer = new SimpleSerializedObject<>(
                "{\"user\":\"u1\",\"added\":{\"later\":[1,2]}}",
                String.class,
                "chat.parley.api.contact.FindBlocks",
                null);
        Object read = serializer.deserialize(newer);
        assertThat(read).isEqualTo(new FindBlocks(new UserId("u1")));
    }

    @Test
    void metadataAndWrappersComeBack() {
        MetaData metadata = MetaData.with("traceId", "t").and("correlationId", "c");
        assertThat(serializer.<byte[], MetaData>deserialize(serializer.serialize(metadata, byte[].class)))
                .isEqualTo(metadata);
        SendOutcomes none = new SendOutcomes(List.of());
        assertThat(serializer.<byte[], SendOutcomes>deserialize(serializer.serialize(none, byte[].class)))
                .isEqualTo(none);
    }
}
