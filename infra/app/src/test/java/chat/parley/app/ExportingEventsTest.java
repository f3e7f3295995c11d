package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.KebabCase;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.verify.ExportVerifier.Verified;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An archive from the server, verified as somebody else would. */
class ExportingEventsTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser auditor = Admins.everyRole(server);
    private final TestUser alice = server.newPerson();
    private final String talk = alice.startDirect(server.newPerson());

    @TempDir
    private Path directory;

    private Verified exported(String parameters) throws Exception {
        return ExportedEvents.verified(server, auditor, directory, parameters);
    }

    @Test
    void theWholeHistoryIsVerified() throws Exception {
        DirectConversationScenario.send(alice, talk, "증거로 남을 말");
        Verified verified = exported("");
        assertThat(verified.manifest().isComplete()).isTrue();
        assertThat(verified.manifest().events())
                .isEqualTo(verified.manifest().last() + 1)
                .isPositive();
    }

    @Test
    void oneConversationIsVerified() throws Exception {
        DirectConversationScenario.send(alice, talk, "one");
        DirectConversationScenario.send(alice, talk, "two");
        Verified verified = exported("&conversation=" + talk + "&type=MessageSent");
        assertThat(verified.manifest().isComplete()).isFalse();
        assertThat(verified.manifest().events()).isEqualTo(2);
    }

    @Test
    void anEmptySelectionIsVerified() throws Exception {
        assertThat(exported("&type=NoSuchType").manifest().events()).isZero();
    }

    @ParameterizedTest
    @EnumSource(DocumentFormat.class)
    void documentsOfAConversationAreVerifiedWithIt(DocumentFormat format) throws Exception {
        DirectConversationScenario.send(alice, talk, "증거로 남을 말");
        Verified verified = exported("&conversation=" + talk + "&format=" + KebabCase.of(format));
        assertThat(verified.manifest().files()).containsKey(format.archiveName());
        // The start, the message, and the record of this export.
        assertThat(verified.manifest().events()).isEqualTo(3);
    }

    @Test
    void anUnknownFormatIsRefused() {
        auditor.rest.get("/audit/export?reason=evidence&format=pdf").expectProblem(400, "invalid-parameter");
    }

    @Test
    void othersExportNothing() {
        alice.rest.get("/audit/export?reason=curious").expectProblem(403, "forbidden");
        auditor.rest.get("/audit/export").expectProblem(400, "reason-required");
    }
}
