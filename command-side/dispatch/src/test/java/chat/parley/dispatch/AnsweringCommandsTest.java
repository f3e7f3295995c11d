package chat.parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.AccountCommand.ChangeProfile;
import chat.parley.api.account.UserId;
import chat.parley.testing.Intercepted;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.RemoteExceptionDescription;
import org.axonframework.messaging.RemoteHandlingException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** The answers of the bus on the node that sent the command, for a local and a remote handler. */
class AnsweringCommandsTest {
    private CompletableFuture<Object> answer = new CompletableFuture<>();
    private final CommandBusClient bus =
            new CommandBusClient(Intercepted.of(CommandGateway.class, (_, _, _) -> answer.copy()));

    /** The answer or the refusal, which are the same for a waiting and a non-waiting sender. */
    private Object send(Object command) {
        Object waiting = waitedFor(command);
        assertThat(notWaitedFor(command)).isEqualTo(waiting);
        return waiting;
    }

    private Object waitedFor(Object command) {
        try {
            return bus.await(command, String.class, Duration.ofMillis(50));
        } catch (Refused refused) {
            return refused.refusal();
        }
    }

    private Object notWaitedFor(Object command) {
        try {
            return bus.dispatch(command, String.class, Duration.ofMillis(50)).get();
        } catch (ExecutionException | InterruptedException failed) {
            assertThat(failed.getCause()).isInstanceOf(Refused.class);
            return Refused.in(failed).orElseThrow();
        }
    }

    private Object fail(Throwable failure) {
        answer = CompletableFuture.failedFuture(failure);
        return send("command");
    }

    private static CommandExecutionException remote(String description) {
        return new CommandExecutionException(
                "remote", new RemoteHandlingException(new RemoteExceptionDescription(List.of(description))));
    }

    @Test
    void anAnswerIsPassedOn() {
        answer = CompletableFuture.completedFuture("done");
        assertThat(send("command")).isEqualTo("done");
    }

    @Test
    void aRefusalIsFoundInAnyCause() {
        assertThat(fail(new Refused(Refusal.NOT_A_MEMBER))).isEqualTo(Refusal.NOT_A_MEMBER);
        assertThat(fail(new CommandExecutionException("remote", null, "GROUP_FULL")))
                .isEqualTo(Refusal.GROUP_FULL);
    }

    @Test
    void aMissingConversationIsNotFound() {
        assertThat(fail(new AggregateNotFoundException("c", "not there"))).isEqualTo(Refusal.CONVERSATION_NOT_FOUND);
        assertThat(fail(remote(AggregateNotFoundException.class.getName() + ": not there")))
                .isEqualTo(Refusal.CONVERSATION_NOT_FOUND);
    }

    @Test
    void aMissingAccountIsAUserThatIsNotFound() {
        answer = CompletableFuture.failedFuture(new AggregateNotFoundException("u", "not there"));
        assertThat(send(new ChangeProfile(new UserId("u"), "x"))).isEqualTo(Refusal.USER_NOT_FOUND);
    }

    @Test
    void aConflictAfterAllAttemptsIsARefusal() {
        assertThat(fail(new ConcurrencyException("again"))).isEqualTo(Refusal.RETRY_LATER);
        assertThat(fail(remote(ConcurrencyException.class.getName()))).isEqualTo(Refusal.RETRY_LATER);
    }

    /** Only the class of a remote exception counts, not its message. */
    @Test
    void theMessageOfARemoteExceptionIsIgnored() {
        assertThat(fail(remote("java.lang.IllegalStateException: after " + ConcurrencyException.class.getName())))
                .isEqualTo(Refusal.INTERNAL_ERROR);
    }

    /** As Axon Server answers for a node that does not answer: no exception of the node is described. */
    @Test
    void aLostHandlerIsAnUnknownOutcome() {
        assertThat(fail(new CommandExecutionException(
                        "Timeout", new RemoteHandlingException(new RemoteExceptionDescription(List.of())))))
                .isEqualTo(Refusal.OUTCOME_UNKNOWN);
    }

    /** It must be repeated before a later command of the same sender. */
    @Test
    void aFailureOfADatabaseIsAnUnknownOutcome() {
        SQLException noneFree = new SQLTransientConnectionException("vault - Connection is not available");
        assertThat(fail(new CommandExecutionException("handler", new IllegalStateException("keys", noneFree))))
                .isEqualTo(Refusal.OUTCOME_UNKNOWN);
    }

    @Test
    void aTimeoutIsAnUnknownOutcome() {
        assertThat(send("command")).isEqualTo(Refusal.OUTCOME_UNKNOWN);
    }

    @Test
    void aMissingHandlerCanBeRetriedAndAnUnknownExceptionIsAnInternalError() {
        assertThat(fail(new NoHandlerForCommandException("nobody"))).isEqualTo(Refusal.RETRY_LATER);
        assertThat(fail(new IllegalStateException("bug"))).isEqualTo(Refusal.INTERNAL_ERROR);
    }
}
