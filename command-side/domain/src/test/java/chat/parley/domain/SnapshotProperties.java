package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.conversation.ConversationCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A conversation loaded from a snapshot answers like one replayed from all events. */
class SnapshotProperties {
    private static final int STEPS = 80;

    @Property(tries = 12)
    void answersDoNotDependOnASnapshot(@ForAll long seed) {
        InMemoryConversations replayed = new InMemoryConversations(RandomCommands.MAX_MEMBERS);
        InMemoryConversations snapshotted = new InMemoryConversations(RandomCommands.MAX_MEMBERS);
        RandomCommands commands = new RandomCommands(seed);
        Random snapshots = new Random(seed);
        var start = commands.start();
        assertThat(snapshotted.start(start)).isEqualTo(replayed.start(start));

        for (int i = 0; i < STEPS; i++) {
            if (snapshots.nextInt(10) == 0) {
                snapshotted.snapshot(GROUP);
            }
            List<ConversationCommand> asked = new ArrayList<>();
            commands.next(replayed.entries(GROUP).size(), asked::add);
            for (ConversationCommand command : asked) {
                assertThat(ConversationLogProperties.answer(snapshotted, command))
                        .isEqualTo(ConversationLogProperties.answer(replayed, command));
            }
        }

        assertThat(snapshotted.snapshotsRead()).isPositive();
        assertThat(snapshotted.positions(GROUP)).isEqualTo(replayed.positions(GROUP));
        assertThat(snapshotted.load(GROUP))
                .usingRecursiveComparison()
                .withEqualsForType(
                        (one, other) -> Arrays.equals(one.written(), other.written()), LongToPositionMap.class)
                .isEqualTo(snapshotted.throughSnapshot(snapshotted.load(GROUP)));
    }
}
