package chat.parley.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.SystemRole;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.note.VerifierKey;
import chat.parley.transparency.proof.LogProof;
import chat.parley.transparency.tree.Hash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The transparency log through its public door, and the proofs of messages. */
class ProvingTheHistoryTest {
    private final ParleyServer server = ParleyServer.shared();
    private final TestUser alice = server.newPerson();
    private final TestUser bob = server.newPerson();
    private final String talk = alice.startDirect(bob);

    private LogProof proof(TestUser reader, String conversation, long position) {
        ApiClient.Answer answer = reader.rest.get(path(conversation, position));
        assertThat(answer.response().statusCode()).as(answer.response().body()).isEqualTo(200);
        return LogProof.parse(answer.response().body().getBytes(UTF_8));
    }

    private static String path(String conversation, long position) {
        return "/conversations/" + conversation + "/entries/" + position + "/proof";
    }

    private VerifierKey key() {
        return VerifierKey.parse(new ApiClient(server.port(), null)
                .get("/transparency/key")
                .response()
                .body()
                .strip());
    }

    @Test
    void whoeverReadsAMessageGetsItsProof() {
        long position = DirectConversationScenario.send(alice, talk, "증거로 남을 말");
        for (TestUser reader : new TestUser[] {alice, bob}) {
            LogProof proof = proof(reader, talk, position);
            assertThat(proof.checkpoint().by(key())).isPresent();
            byte[] record = proof.extra().orElseThrow();
            proof.inclusion()
                    .require(
                            Hash.leaf(record),
                            proof.checkpoint().checkpoint().head().root());
            EventEntry entry = EventEntry.decode(record);
            assertThat(entry.aggregate()).isEqualTo(talk);
            assertThat(entry.sequence()).isEqualTo(position - 1);
            assertThat(entry.aggregateType()).contains("Conversation");
        }
    }

    @Test
    void othersGetNoProof() {
        long position = DirectConversationScenario.send(alice, talk, "private");
        server.newPerson().rest.get(path(talk, position)).expectProblem(403, "not-a-member");
        new ApiClient(server.port(), null).get(path(talk, position)).expectProblem(401, "unauthenticated");
        alice.rest.get(path(talk, position + 1_000)).expectProblem(404, "position-not-found");
        alice.rest.get(path(talk, 0)).expectProblem(400, "invalid-parameter");
        alice.rest.get(path("nowhere", 1)).expectProblem(404, "conversation-not-found");
        alice.rest.get("/audit/events/0/proof?reason=case").expectProblem(403, "forbidden");
    }

    @Test
    void auditorsGetTheProofOfAnyEvent() {
        TestUser auditor = Admins.holder(server, SystemRole.AUDITOR);
        LogProof proof = LogProof.parse(auditor.rest
                .get("/audit/events/1/proof?reason=case")
                .response()
                .body()
                .getBytes(UTF_8));
        assertThat(proof.checkpoint().by(key())).isPresent();
        assertThat(proof.inclusion().index()).isEqualTo(1);
        auditor.rest.get("/audit/events/1/proof").expectProblem(400, "reason-required");
        auditor.rest.get("/audit/events/999999999/proof?reason=case").expectProblem(404, "event-not-found");
        auditor.rest.get("/audit/events/-1/proof?reason=case").expectProblem(400, "invalid-parameter");
    }

    @Test
    void aProofOfWhatIsOutsideOnesMembershipIsRefused() {
        String group = alice.startGroup();
        DirectConversationScenario.send(alice, group, "before bob");
        alice.rest
                .put("/conversations/" + group + "/members/" + bob.id, Map.of())
                .expect(200, 201, 204);
        long later = DirectConversationScenario.send(alice, group, "with bob");
        bob.rest.get(path(group, 2)).expectProblem(404, "position-not-found");
        assertThat(proof(bob, group, later).extra()).isPresent();
    }

    @Test
    void everybodyReadsTheCheckpointAndItsTiles() throws Exception {
        DirectConversationScenario.send(alice, talk, "one more event");
        proof(alice, talk, 2);
        SignedCheckpoint checkpoint =
                SignedCheckpoint.parse(bytes("/transparency/checkpoint").body());
        assertThat(checkpoint.by(key())).isPresent();
        long size = checkpoint.checkpoint().head().size();
        HttpResponse<byte[]> first = bytes("/transparency/tile/0/000" + (size < 256 ? ".p/" + size : ""));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).hasSize((int) Math.min(size, 256) * Hash.BYTES);
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
        for (String none : new String[] {"0/999", "0/000.p/999", "entries/000", "..%2f..", "0/x000/000", "7/000"}) {
            assertThat(bytes("/transparency/tile/" + none).statusCode())
                    .as(none)
                    .isBetween(400, 404);
        }
    }

    @Test
    void aLogThatContinuesNoneSaysSo() {
        DirectConversationScenario.send(alice, talk, "first of its log");
        proof(alice, talk, 2);
        ApiClient nobody = new ApiClient(server.port(), null);
        nobody.get("/transparency/predecessor").expectProblem(404, "predecessor-not-found");
        nobody.get("/transparency/predecessor/consistency?from=1").expectProblem(404, "predecessor-not-found");
        nobody.get("/transparency/predecessor/consistency").expectProblem(400, "invalid-parameter");
    }

    @Test
    void theSigningKeyIsInTheDataDirectory() {
        DirectConversationScenario.send(alice, talk, "signed");
        proof(alice, talk, 2);
        assertThat(server.dataDir().resolve("transparency")).isDirectoryContaining("glob:**/log.key");
    }

    private HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
