package chat.parley.transparency.witness;

import static chat.parley.transparency.FailureAssertions.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.transparency.Reason;
import chat.parley.transparency.TestKeys;
import chat.parley.transparency.checkpoint.Checkpoint;
import chat.parley.transparency.checkpoint.SignedCheckpoint;
import chat.parley.transparency.note.Note;
import chat.parley.transparency.note.NoteSignature;
import chat.parley.transparency.tree.Hash;
import chat.parley.transparency.tree.TreeHead;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddCheckpointTest {
    /** The example of C2SP's tlog-witness. */
    private static final String REQUEST = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
            """;

    private static final String RESPONSE = """
            — witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==
            — witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==
            — witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==
            """;

    private final SignedCheckpoint checkpoint =
            SignedCheckpoint.sign(new Checkpoint(TestKeys.ORIGIN, TreeHead.EMPTY), TestKeys.LOG, 1);

    @Test
    void requestOfTheSpecificationIsRead() {
        AddCheckpointRequest request = AddCheckpointRequest.parse(REQUEST.getBytes(UTF_8));
        assertThat(request.oldSize()).isEqualTo(20_852_014);
        assertThat(request.proof()).hasSize(4);
        assertThat(request.checkpoint().signatures()).hasSize(2);
        assertThat(request.toBytes()).isEqualTo(REQUEST.getBytes(UTF_8));
    }

    @Test
    void requestsAreBounded() {
        List<Hash> tooMany = Collections.nCopies(64, Hash.EMPTY_TREE);
        String lines = (Hash.EMPTY_TREE + "\n").repeat(64);
        assertRefused(Reason.TOO_LARGE, () -> new AddCheckpointRequest(0, tooMany, checkpoint));
        assertRefused(
                Reason.TOO_LARGE,
                () -> AddCheckpointRequest.parse(("old 1\n" + lines + "\n" + checkpoint).getBytes(UTF_8)));
        assertRefused(
                Reason.TOO_LARGE,
                () -> AddCheckpointRequest.parse(("old 9223372036854775808\n\n" + checkpoint).getBytes(UTF_8)));
        assertRefused(Reason.OUT_OF_RANGE, () -> new AddCheckpointRequest(-1, List.of(), checkpoint));
        assertRefused(Reason.MALFORMED, () -> AddCheckpointRequest.parse(("new 1\n\n" + checkpoint).getBytes(UTF_8)));
    }

    @Test
    void responseOfTheSpecificationIsRead() {
        AddCheckpointResponse response = AddCheckpointResponse.parse(200, RESPONSE.getBytes(UTF_8));
        assertThat(response)
                .isInstanceOfSatisfying(
                        AddCheckpointResponse.Cosigned.class,
                        cosigned -> assertThat(cosigned.cosignatures()).hasSize(3));
        assertThat(response.body()).isEqualTo(RESPONSE.getBytes(UTF_8));
        assertThat(response.contentType()).startsWith("text/plain");
    }

    @Test
    void conflictIsTheRecordedSize() {
        AddCheckpointResponse conflict = new AddCheckpointResponse.Conflict(17);
        assertThat(conflict.contentType()).isEqualTo("text/x.tlog.size");
        assertThat(conflict.body()).isEqualTo("17\n".getBytes(UTF_8));
        assertThat(AddCheckpointResponse.parse(409, conflict.body())).isEqualTo(conflict);
        for (String body : List.of("", "17", "17\n\n", "017\n", "17\n18\n", "-1\n")) {
            assertRefused(Reason.MALFORMED, () -> AddCheckpointResponse.parse(409, body.getBytes(UTF_8)));
        }
    }

    @Test
    void otherAnswersAreTheirStatus() {
        for (int status : new int[] {400, 403, 404, 422}) {
            AddCheckpointResponse declined = new AddCheckpointResponse.Declined(status, "Why.");
            assertThat(declined.body()).isEqualTo("Why.\n".getBytes(UTF_8));
            assertThat(declined.contentType()).startsWith("text/plain");
            assertThat(AddCheckpointResponse.parse(status, "<html>".getBytes(UTF_8)))
                    .isEqualTo(new AddCheckpointResponse.Declined(status, ""));
        }
        assertRefused(Reason.MALFORMED, () -> AddCheckpointResponse.parse(500, new byte[0]));
        assertRefused(Reason.MALFORMED, () -> AddCheckpointResponse.parse(200, new byte[0]));
        assertRefused(Reason.TOO_LARGE, () -> AddCheckpointResponse.parse(400, new byte[Note.MAX_BYTES + 1]));
        List<NoteSignature> many =
                Collections.nCopies(65, checkpoint.signatures().get(0));
        assertRefused(Reason.TOO_LARGE, () -> new AddCheckpointResponse.Cosigned(many));
    }
}
