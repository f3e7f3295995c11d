package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountCommand;
import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.AccountCommand.BlockUser;
import chat.parley.api.account.AccountCommand.ChangeProfile;
import chat.parley.api.account.AccountCommand.ChangeSettings;
import chat.parley.api.account.AccountCommand.ChangeUsername;
import chat.parley.api.account.AccountCommand.CheckUsernameChange;
import chat.parley.api.account.AccountCommand.DeactivateAccount;
import chat.parley.api.account.AccountCommand.DeleteAccount;
import chat.parley.api.account.AccountCommand.EndSession;
import chat.parley.api.account.AccountCommand.EraseAccount;
import chat.parley.api.account.AccountCommand.GrantRole;
import chat.parley.api.account.AccountCommand.IssuePasswordReset;
import chat.parley.api.account.AccountCommand.ReactivateAccount;
import chat.parley.api.account.AccountCommand.RegisterAccount;
import chat.parley.api.account.AccountCommand.RegisterDevice;
import chat.parley.api.account.AccountCommand.RemoveDevice;
import chat.parley.api.account.AccountCommand.UnblockUser;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountDeleted;
import chat.parley.api.account.AccountEvent.AccountErased;
import chat.parley.api.account.AccountEvent.AccountReactivated;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.AccountEvent.PasswordResetIssued;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountPrivacy;
import chat.parley.api.account.AccountStatus;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClosingAnAccountTest {
    private static final UserId ANN = new UserId("ann-id");
    private static final UserId ADMIN = new UserId("admin-id");
    private static final UsernameClaimId CLAIM = new UsernameClaimId("claim");
    private static final DeviceId PHONE = new DeviceId("phone");
    private static final LoginSessionId SESSION = new LoginSessionId("session");
    private static final Instant AT = MutableClock.START;

    private final AggregateTestFixture<Account> fixture = new AggregateTestFixture<>(Account.class);
    private final FakeTextProtection protection = new FakeTextProtection();

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(MutableClock.betweenMilliseconds());
        fixture.registerInjectableResource(protection);
    }

    @Test
    void deactivatesOnceUntilTheReactivation() {
        when(new DeactivateAccount(ANN)).expectEvents(new AccountDeactivated(ANN, AT));
        when(new DeactivateAccount(ANN), new AccountDeactivated(ANN, AT)).expectNoEvents();
        when(new ReactivateAccount(ANN), new AccountDeactivated(ANN, AT)).expectEvents(new AccountReactivated(ANN, AT));
        when(new ReactivateAccount(ANN)).expectNoEvents().expectSuccessfulHandlerExecution();
        when(new DeactivateAccount(ANN), new AccountDeactivated(ANN, AT), new AccountReactivated(ANN, AT))
                .expectEvents(new AccountDeactivated(ANN, AT));
    }

    @Test
    void deletesOnce() {
        when(new DeleteAccount(ANN)).expectEvents(new AccountDeleted(ANN, AT));
        when(new DeleteAccount(ANN), new AccountDeactivated(ANN, AT)).expectEvents(new AccountDeleted(ANN, AT));
        when(new DeleteAccount(ANN), new AccountDeleted(ANN, AT))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void isErasedOnceAndOnlyAfterItsDeletion() {
        when(new EraseAccount(ANN)).expectNoEvents().expectException(refusal(Refusal.FORBIDDEN));
        when(new EraseAccount(ANN), new AccountDeleted(ANN, AT)).expectEvents(new AccountErased(ANN, AT));
        when(new EraseAccount(ANN), new AccountDeleted(ANN, AT), new AccountErased(ANN, AT))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    /** Otherwise nobody could send in conversations of which the closed account is still a member. */
    @Test
    void keepsTheDecisionsOfTheUserReadable() {
        when(new AskPrivacy(ANN), new UserBlocked(ANN, ADMIN, AT))
                .expectNoEvents()
                .expectResultMessagePayload(new AccountPrivacy(Set.of(ADMIN), Settings.DEFAULT, AccountStatus.ACTIVE));
        when(new AskPrivacy(ANN), new UserBlocked(ANN, ADMIN, AT), new AccountDeleted(ANN, AT))
                .expectNoEvents()
                .expectResultMessagePayload(new AccountPrivacy(Set.of(), Settings.DEFAULT, AccountStatus.DELETED));
    }

    @Test
    void isRefusedToAnAdmin() {
        RoleGranted admin = new RoleGranted(ANN, SystemRole.ADMIN, ADMIN, null, AT);
        when(new DeleteAccount(ANN), admin).expectNoEvents().expectException(refusal(Refusal.LAST_ADMIN));
        when(new DeactivateAccount(ANN), admin).expectNoEvents().expectException(refusal(Refusal.LAST_ADMIN));
        when(new DeleteAccount(ANN), admin, new RoleRevoked(ANN, SystemRole.ADMIN, ADMIN, null, AT))
                .expectEvents(new AccountDeleted(ANN, AT));
        when(new DeleteAccount(ANN), new RoleGranted(ANN, SystemRole.ANALYST, ADMIN, null, AT))
                .expectEvents(new AccountDeleted(ANN, AT));
    }

    static Stream<AccountCommand> whatADeletedAccountTakesNoMore() {
        return Stream.of(
                new ChangeProfile(ANN, "Anna"),
                new ChangeSettings(ANN, Settings.DEFAULT),
                new ChangeUsername(ANN, CLAIM, "anna"),
                new CheckUsernameChange(ANN, "d"),
                new RegisterDevice(ANN, PHONE, List.of()),
                new BlockUser(ANN, ADMIN),
                new UnblockUser(ANN, ADMIN),
                new GrantRole(ANN, SystemRole.ADMIN, ADMIN, "deputy"),
                new IssuePasswordReset(ANN, ADMIN),
                new DeactivateAccount(ANN),
                new ReactivateAccount(ANN));
    }

    @ParameterizedTest
    @MethodSource("whatADeletedAccountTakesNoMore")
    void cannotBeUndoneAfterADeletion(AccountCommand command) {
        when(command, new AccountDeleted(ANN, AT)).expectNoEvents().expectException(refusal(Refusal.USER_UNAVAILABLE));
    }

    @Test
    void doesNotFreeTheUsername() {
        when(new RegisterAccount(ANN, CLAIM, "ann", "Ann"), new AccountDeleted(ANN, AT))
                .expectNoEvents()
                .expectException(refusal(Refusal.USERNAME_TAKEN));
    }

    @Test
    void letsContactsAndSessionsEnd() {
        when(new EndSession(ANN, PHONE, SESSION), new AccountDeleted(ANN, AT))
                .expectEvents(new SessionEnded(ANN, PHONE, SESSION, AT));
        when(
                        new EndSession(ANN, PHONE, SESSION),
                        new AccountDeleted(ANN, AT),
                        new SessionEnded(ANN, PHONE, SESSION, AT))
                .expectNoEvents();
        when(new RemoveDevice(ANN, PHONE), new DeviceRegistered(ANN, PHONE, AT), new AccountDeleted(ANN, AT))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void recordsTheIssuerOfAReset() {
        when(new IssuePasswordReset(ANN, ADMIN)).expectEvents(new PasswordResetIssued(ANN, ADMIN, AT));
        when(new IssuePasswordReset(ANN, ADMIN), new AccountDeactivated(ANN, AT))
                .expectEvents(new PasswordResetIssued(ANN, ADMIN, AT));
    }

    @Test
    void letsADeactivatedUserRegisterADevice() {
        when(new RegisterDevice(ANN, PHONE, List.of()), new AccountDeactivated(ANN, AT))
                .expectEvents(new DeviceRegistered(ANN, PHONE, AT));
    }

    private ResultValidator<Account> when(AccountCommand command, AccountEvent... events) {
        List<AccountEvent> all = new ArrayList<>();
        all.add(new AccountRegistered(
                ANN,
                CLAIM,
                protection.seal(ANN, "ann", TextProtection.usernameContext(ANN)),
                protection.seal(ANN, "Ann", TextProtection.displayNameContext(ANN)),
                AT));
        all.addAll(List.of(events));
        return fixture.given(all).when(command);
    }
}
