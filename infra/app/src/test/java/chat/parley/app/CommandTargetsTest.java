package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import chat.parley.api.AccountCommand.RegisterDevice;
import chat.parley.api.ClaimUsername;
import chat.parley.api.ContactCommand.EndContact;
import chat.parley.api.ContactId;
import chat.parley.api.ConversationCommand.JoinGroup;
import chat.parley.api.ConversationId;
import chat.parley.api.DeviceId;
import chat.parley.api.ReadMarkCommand.MoveReadMark;
import chat.parley.api.ReadMarkId;
import chat.parley.api.RecordSearch;
import chat.parley.api.SearchLogId;
import chat.parley.api.SearchUse;
import chat.parley.api.UserId;
import chat.parley.api.UsernameClaimId;
import java.util.List;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandTargetsTest {
    private static final UserId ANN = new UserId("ann");
    private static final ConversationId TALK = new ConversationId("talk");

    private final CommandTargets targets = new CommandTargets();
    private final CommandTargetResolver annotations =
            AnnotationCommandTargetResolver.builder().build();

    static Object[] commands() {
        return new Object[] {
            new JoinGroup(TALK, ANN),
            new MoveReadMark(new ReadMarkId(TALK, ANN), 1),
            new RegisterDevice(ANN, new DeviceId("phone"), List.of()),
            new EndContact(new ContactId("pair"), ANN, new UserId("ben")),
            new ClaimUsername(new UsernameClaimId("claim"), ANN),
            new RecordSearch(new SearchLogId(ANN), SearchUse.SEARCH, "tea", 7)
        };
    }

    @ParameterizedTest
    @MethodSource("commands")
    void areWhatTheAnnotationsSay(Object command) {
        VersionedAggregateIdentifier found = targets.resolveTarget(new GenericCommandMessage<>(command));
        VersionedAggregateIdentifier annotated = annotations.resolveTarget(new GenericCommandMessage<>(command));
        assertThat(found.getIdentifierValue()).isEqualTo(annotated.getIdentifierValue());
        assertThat(found.getVersion()).isNull();
    }

    @Test
    void areNotGuessed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> targets.resolveTarget(new GenericCommandMessage<>("do something")))
                .withMessageContaining("String");
    }
}
