package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.parley.api.account.AccountCommand.RegisterDevice;
import chat.parley.api.account.ClaimUsername;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.contact.ContactCommand.EndContact;
import chat.parley.api.contact.ContactId;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkCommand.MoveReadMark;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionCommand.AskRetention;
import chat.parley.api.retention.RetentionCommand.LiftHold;
import chat.parley.api.search.RecordSearch;
import chat.parley.api.search.SearchLogId;
import chat.parley.api.search.SearchUse;
import java.util.List;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AggregateCommandTargetsTest {
    private static final UserId ANN = new UserId("ann");
    private static final ConversationId TALK = new ConversationId("talk");

    private final AggregateCommandTargets targets = new AggregateCommandTargets();
    private final CommandTargetResolver annotations =
            AnnotationCommandTargetResolver.builder().build();

    static Object[] commands() {
        return new Object[] {
            new JoinGroup(TALK, ANN),
            new MoveReadMark(new ReadMarkId(TALK, ANN), 1),
            new RegisterDevice(ANN, new DeviceId("phone"), List.of()),
            new EndContact(new ContactId("pair"), ANN, new UserId("ben")),
            new ClaimUsername(new UsernameClaimId("claim"), ANN),
            new RecordSearch(new SearchLogId(ANN), SearchUse.SEARCH, "tea", "case 18", 7),
            new AskRetention(),
            new LiftHold(new HoldId("case"), "settled", ANN)
        };
    }

    @ParameterizedTest
    @MethodSource("commands")
    void areTheAnnotatedFields(Object command) {
        VersionedAggregateIdentifier found = targets.resolveTarget(new GenericCommandMessage<>(command));
        VersionedAggregateIdentifier annotated = annotations.resolveTarget(new GenericCommandMessage<>(command));
        assertThat(found.getIdentifierValue()).isEqualTo(annotated.getIdentifierValue());
        assertThat(found.getVersion()).isNull();
    }

    @Test
    void areNotGuessedForUnknownCommands() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> targets.resolveTarget(new GenericCommandMessage<>("do something")))
                .withMessageContaining("String");
    }
}
