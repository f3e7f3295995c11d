package chat.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.GroupAdditions;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.BlockPolicy.Interaction;
import chat.parley.testing.FakeRelations;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BlockPolicyTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final UserId CLEO = new UserId("cleo");

    private final FakeRelations relations = new FakeRelations();
    private final BlockPolicy policy = new BlockPolicy(relations);

    /** Ben has blocked Ann. The columns tell whether each interaction is prevented, by Ann and by Ben. */
    @ParameterizedTest
    @CsvSource({
        "START_DIRECT, true, true",
        "WRITE, true, true",
        "ADD_TO_GROUP, true, true",
        "ASK_CONTACT, true, true",
        "TYPE, true, true",
        "READ, true, true",
        "BE_PRESENT, true, true",
        "MENTION, true, false",
        "NOTIFY, true, false"
    })
    void decidesWhichInteractionsABlockPrevents(Interaction approach, boolean byAnn, boolean byBen) {
        assertThat(policy.isStopped(approach, ANN, BEN)).isFalse();
        relations.block(BEN, ANN);
        assertThat(policy.isStopped(approach, ANN, BEN)).isEqualTo(byAnn);
        assertThat(policy.isStopped(approach, BEN, ANN)).isEqualTo(byBen);
        assertThat(policy.isStopped(approach, ANN, CLEO)).isFalse();
        assertThat(policy.isStopped(approach, CLEO, BEN)).isFalse();
        relations.unblock(BEN, ANN);
        assertThat(policy.isStopped(approach, ANN, BEN)).isFalse();
        assertThat(policy.isStopped(approach, BEN, ANN)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void holdsUntilBothBlocksAreRemoved(Interaction approach) {
        relations.block(ANN, BEN);
        relations.block(BEN, ANN);
        relations.unblock(BEN, ANN);
        assertThat(policy.isStopped(approach, BEN, ANN)).isTrue();
    }

    @Test
    void removesMentionsOfUsersThatTheSenderCannotReach() {
        relations.block(BEN, ANN);
        assertThat(policy.mentioned(ANN, List.of(BEN, CLEO))).containsExactly(CLEO);
        assertThat(policy.mentioned(BEN, List.of(ANN, CLEO))).containsExactly(ANN, CLEO);
    }

    @ParameterizedTest
    @CsvSource({
        "EVERYBODY, false, false, ",
        "EVERYBODY, true, false, ",
        "CONTACTS, false, false, ADDITION_REFUSED",
        "CONTACTS, true, false, ",
        "NOBODY, false, false, ADDITION_REFUSED",
        "NOBODY, true, false, ADDITION_REFUSED",
        "EVERYBODY, false, true, BLOCKED",
        "CONTACTS, true, true, BLOCKED",
        "NOBODY, false, true, BLOCKED"
    })
    void readsTheSettingsOfAUserBeforeAnAddition(
            GroupAdditions additions, boolean contacts, boolean blocked, Refusal refusal) {
        relations.setSettings(BEN, new Settings(ContactRequests.EVERYBODY, additions, true, true, true, null, "en"));
        if (contacts) {
            relations.makeContacts(ANN, BEN);
        }
        if (blocked) {
            relations.block(BEN, ANN);
        }
        if (refusal == null) {
            policy.requireAddable(ANN, List.of(CLEO, BEN));
        } else {
            assertThatThrownBy(() -> policy.requireAddable(ANN, List.of(CLEO, BEN)))
                    .isInstanceOfSatisfying(
                            Refused.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
        }
    }

    @Test
    void hasARowForEveryInteraction() throws NoSuchMethodException {
        String[] rows = BlockPolicyTest.class
                .getDeclaredMethod(
                        "decidesWhichInteractionsABlockPrevents", Interaction.class, boolean.class, boolean.class)
                .getAnnotation(CsvSource.class)
                .value();
        assertThat(Arrays.stream(rows).map(row -> Interaction.valueOf(row.substring(0, row.indexOf(',')))))
                .containsExactly(Interaction.values());
    }
}
