package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.domain.Conversation;
import java.time.Instant;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutdatedSnapshotsTest {
    private final SnapshotFilter filter = DefaultConfigurer.defaultConfiguration(false)
            .configureAggregate(Conversation.class)
            .buildConfiguration()
            .snapshotFilter();

    /** Snapshots of revision 1 do not contain retractions. */
    @Test
    void ofConversationsAreIgnored() {
        assertThat(filter.allow(snapshot(null))).isFalse();
        assertThat(filter.allow(snapshot("2"))).isTrue();
    }

    private static GenericDomainEventEntry<byte[]> snapshot(@Nullable String revision) {
        return new GenericDomainEventEntry<>(
                "Conversation",
                "c-talk",
                999,
                "snapshot",
                Instant.EPOCH,
                Conversation.class.getName(),
                revision,
                new byte[0],
                new byte[0]);
    }
}
