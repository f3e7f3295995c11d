package chat.parley.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.search.FindHits.Hit;
import chat.parley.audit.ConversationScenario;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.verify.ExportVerifier.Verified;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ExportingHitsTest {
    @TempDir
    private Path directory;

    private final ConversationScenario talk = new ConversationScenario();
    private final UserId ann = talk.named("ann", "Ann");
    private final UserId bob = talk.named("bob", "Bob");

    @Test
    void theArchiveHasTheHitsWithTheirChanges() throws Exception {
        ConversationId pair = talk.direct("pair", ann, bob);
        ConversationId other = talk.direct("other", ann, bob);
        long hit = talk.send(pair, ann, "found");
        talk.send(other, ann, "not found, at the same position");
        talk.edit(pair, ann, hit, "changed");
        long miss = talk.send(pair, bob, "missed");
        talk.edit(pair, bob, miss, "missed again");
        talk.retract(pair, ann, hit);
        HitSelection hits = new HitSelection(List.of(new Hit(pair, hit, ann)), JsonMapper.shared());
        ArchiveRequest request = new ArchiveRequest(
                new EventRange(-1, talk.raw.head()),
                EventFilter.ofTypes(Set.of()),
                Optional.of(hits),
                Optional.of(DocumentFormat.RSMF));
        try (ExportHarness harness = new ExportHarness(talk, directory);
                EventArchiver.Archive archive = harness.archiver.archive(request, ArchiveProgress.NONE)) {
            Verified verified = ExportHarness.verified(archive.file());
            assertThat(verified.manifest().isComplete()).isFalse();
            assertThat(verified.manifest().selection()).contains("hits=1");
            assertThat(verified.manifest().events()).isEqualTo(3);
        }
    }
}
