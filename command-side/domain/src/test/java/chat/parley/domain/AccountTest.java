package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountCommand;
import chat.parley.api.account.AccountCommand.AskPrivacy;
import chat.parley.api.account.AccountCommand.BlockUser;
import chat.parley.api.account.AccountCommand.ChangeProfile;
import chat.parley.api.account.AccountCommand.ChangeSettings;
import chat.parley.api.account.AccountCommand.DeleteAccount;
import chat.parley.api.account.AccountCommand.EndSession;
import chat.parley.api.account.AccountCommand.EraseAccount;
import chat.parley.api.account.AccountCommand.GrantRole;
import chat.parley.api.account.AccountCommand.RegisterAccount;
import chat.parley.api.account.AccountCommand.RegisterDevice;
import chat.parley.api.account.AccountCommand.RemoveDevice;
import chat.parley.api.account.AccountCommand.RevokeRole;
import chat.parley.api.account.AccountCommand.UnblockUser;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.AccountEvent.DeviceRemoved;
import chat.parley.api.account.AccountEvent.ProfileChanged;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UserUnblocked;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.DeviceRegistration;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.QuietHours;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
    private static final UserId ANN = new UserId("ann-id");
    private static final UserId BEN = new UserId("ben-id");
    private static final UserId ADMIN = new UserId("admin-id");
    private static final UsernameClaimId CLAIM = new UsernameClaimId("claim");
    private static final DeviceId PHONE = new DeviceId("phone");
    private static final LoginSessionId SESSION = new LoginSessionId("session");
    private static final Instant AT = MutableClock.START;
    private static final Settings QUIET = new Settings(
            ContactRequests.NOBODY,
            Settings.GroupAdditions.EVERYBODY,
            false,
            true,
            false,
            new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Asia/Seoul")),
            "ko-KR");

    private final AggregateTestFixture<Account> fixture = new AggregateTestFixture<>(Account.class);
    private final FakeTextProtection protection = new FakeTextProtection();
    private final MutableClock clock = MutableClock.betweenMilliseconds();

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(clock);
        fixture.registerInjectableResource(protection);
    }

    @Test
    void isRegisteredOnceWithItsNamesSealed() {
        fixture.givenNoPriorActivity()
                .when(register("Ann", "Ann 안"))
                .expectSuccessfulHandlerExecution()
                .expectEventsMatching(only(AccountRegistered.class, registered -> {
                    assertThat(registered.claim()).isEqualTo(CLAIM);
                    assertThat(registered.at()).isEqualTo(AT);
                    assertThat(protection.reveal(registered.username(), TextProtection.usernameContext(ANN)))
                            .hasValue("Ann");
                    assertThat(protection.reveal(registered.displayName(), TextProtection.displayNameContext(ANN)))
                            .hasValue("Ann 안");
                }));
        given().when(register("Ann", "Ann")).expectNoEvents().expectException(refusal(Refusal.USERNAME_TAKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u0000"})
    void anInvalidUsernameIsRefused(String username) {
        fixture.givenNoPriorActivity()
                .when(register(username, "Ann"))
                .expectNoEvents()
                .expectException(refusal(Refusal.USERNAME_INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\ud800", "a\u0000"})
    void anInvalidDisplayNameIsRefused(String displayName) {
        fixture.givenNoPriorActivity()
                .when(register("ann", displayName))
                .expectNoEvents()
                .expectException(refusal(Refusal.DISPLAY_NAME_INVALID));
        given().when(new ChangeProfile(ANN, displayName))
                .expectNoEvents()
                .expectException(refusal(Refusal.DISPLAY_NAME_INVALID));
    }

    @Test
    void aTooLongDisplayNameIsRefused() {
        given().when(new ChangeProfile(ANN, "가".repeat(100))).expectSuccessfulHandlerExecution();
        given().when(new ChangeProfile(ANN, "가".repeat(101))).expectException(refusal(Refusal.DISPLAY_NAME_INVALID));
    }

    @Test
    void theProfileChangesOnlyWithTheName() {
        given().when(new ChangeProfile(ANN, "Anna"))
                .expectEventsMatching(only(
                        ProfileChanged.class,
                        changed -> assertThat(protection.reveal(
                                        changed.displayName(), TextProtection.displayNameContext(ANN)))
                                .hasValue("Anna")));
        given().when(new ChangeProfile(ANN, "Ann")).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void settingsChangeOnlyIfTheyDiffer() {
        SettingsChanged changed = new SettingsChanged(ANN, QUIET, AT);

        given().when(new ChangeSettings(ANN, Settings.DEFAULT)).expectNoEvents().expectSuccessfulHandlerExecution();
        given().when(new ChangeSettings(ANN, QUIET)).expectEvents(changed);
        given(changed).when(new ChangeSettings(ANN, QUIET)).expectNoEvents().expectSuccessfulHandlerExecution();
        given(changed)
                .when(new ChangeSettings(ANN, Settings.DEFAULT))
                .expectEvents(new SettingsChanged(ANN, Settings.DEFAULT, AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "e", "english language", "en-", "en-GB-oxendict-abcdefghi", "\ud55c"})
    void aLanguageIsAWellFormedTag(String language) {
        given().when(new ChangeSettings(ANN, in(language)))
                .expectNoEvents()
                .expectException(refusal(Refusal.LANGUAGE_INVALID));
    }

    @Test
    void aTooLongLanguageIsRefused() {
        String longest = "en-x-" + "abcdefgh-".repeat(3) + "abc";
        given().when(new ChangeSettings(ANN, in(longest))).expectSuccessfulHandlerExecution();
        given().when(new ChangeSettings(ANN, in(longest + "d"))).expectException(refusal(Refusal.LANGUAGE_INVALID));
    }

    @Test
    void quietHoursThatEndAtTheirStartAreRefused() {
        Settings neverOrAlways = new Settings(
                ContactRequests.EVERYBODY,
                Settings.GroupAdditions.EVERYBODY,
                true,
                true,
                true,
                new QuietHours(LocalTime.NOON, LocalTime.NOON, ZoneId.of("UTC")),
                "en");
        given().when(new ChangeSettings(ANN, neverOrAlways))
                .expectNoEvents()
                .expectException(refusal(Refusal.QUIET_HOURS_INVALID));
    }

    private static Settings in(String language) {
        return new Settings(
                ContactRequests.EVERYBODY, Settings.GroupAdditions.EVERYBODY, true, true, true, null, language);
    }

    @Test
    void aDeviceIsRegisteredAndRemovedOnce() {
        DeviceRegistered registered = new DeviceRegistered(ANN, PHONE, AT);
        DeviceRemoved removed = new DeviceRemoved(ANN, PHONE, AT);

        given().when(new RegisterDevice(ANN, PHONE, List.of())).expectEvents(registered);
        given(registered)
                .when(new RegisterDevice(ANN, PHONE, List.of()))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        given(registered).when(new RemoveDevice(ANN, PHONE)).expectEvents(removed);
        given(registered, removed)
                .when(new RemoveDevice(ANN, PHONE))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void theLeastRecentlyUsedOfTooManyDevicesIsRemoved() {
        AccountEvent[] devices = IntStream.rangeClosed(1, Account.MAX_DEVICES)
                .mapToObj(i -> new DeviceRegistered(ANN, device(i), AT))
                .toArray(AccountEvent[]::new);
        List<DeviceId> allButTwo = IntStream.rangeClosed(1, Account.MAX_DEVICES)
                .filter(i -> i != 40 && i != 7)
                .mapToObj(AccountTest::device)
                .toList();
        List<DeviceId> all = IntStream.iterate(Account.MAX_DEVICES, i -> i > 0, i -> i - 1)
                .mapToObj(AccountTest::device)
                .toList();

        registers(devices, List.of(), device(1));
        registers(devices, allButTwo, device(7));
        registers(devices, all, device(Account.MAX_DEVICES));
        registers(
                devices,
                Stream.concat(Stream.of(new DeviceId("removed")), all.stream()).toList(),
                all.getFirst());
        given(devices)
                .when(new RegisterDevice(ANN, device(1), List.of()))
                .expectNoEvents()
                .expectResultMessagePayload(new DeviceRegistration(List.of()));
    }

    private void registers(AccountEvent[] before, List<DeviceId> loggedIn, DeviceId gaveWay) {
        given(before)
                .when(new RegisterDevice(ANN, PHONE, loggedIn))
                .expectEvents(new DeviceRemoved(ANN, gaveWay, AT), new DeviceRegistered(ANN, PHONE, AT))
                .expectResultMessagePayload(new DeviceRegistration(List.of(gaveWay)));
    }

    private static DeviceId device(int number) {
        return new DeviceId("d" + number);
    }

    @Test
    void aSessionEndsOnce() {
        SessionEnded ended = new SessionEnded(ANN, PHONE, SESSION, AT);

        given().when(new EndSession(ANN, PHONE, SESSION)).expectEvents(ended);
        given(ended).when(new EndSession(ANN, PHONE, SESSION)).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void onlyTheNewestEndedSessionsAreRemembered() {
        AccountEvent[] sessions = IntStream.rangeClosed(0, Account.REMEMBERED_SESSIONS)
                .mapToObj(i -> new SessionEnded(ANN, PHONE, new LoginSessionId("s" + i), AT))
                .toArray(AccountEvent[]::new);

        given(sessions)
                .when(new EndSession(ANN, PHONE, new LoginSessionId("s1")))
                .expectNoEvents();
        given(sessions)
                .when(new EndSession(ANN, PHONE, new LoginSessionId("s0")))
                .expectEvents(new SessionEnded(ANN, PHONE, new LoginSessionId("s0"), AT));
    }

    @Test
    void aUserIsBlockedAndUnblockedOnce() {
        UserBlocked blocked = new UserBlocked(ANN, BEN, AT);
        UserUnblocked unblocked = new UserUnblocked(ANN, BEN, AT);

        given().when(new BlockUser(ANN, BEN)).expectEvents(blocked);
        given(blocked).when(new BlockUser(ANN, BEN)).expectNoEvents().expectSuccessfulHandlerExecution();
        given(blocked).when(new UnblockUser(ANN, BEN)).expectEvents(unblocked);
        given(blocked, unblocked)
                .when(new UnblockUser(ANN, BEN))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void nobodyBlocksThemselves() {
        given().when(new BlockUser(ANN, ANN)).expectNoEvents().expectException(refusal(Refusal.SELF_NOT_ALLOWED));
    }

    @Test
    void theNumberOfBlocksIsLimited() {
        AccountEvent[] blocks = IntStream.rangeClosed(1, Account.MAX_BLOCKS)
                .mapToObj(i -> new UserBlocked(ANN, new UserId("u" + i), AT))
                .toArray(AccountEvent[]::new);

        given(blocks).when(new BlockUser(ANN, BEN)).expectNoEvents().expectException(refusal(Refusal.LIMIT_EXCEEDED));
    }

    @Test
    void aRoleIsGrantedAndRevokedOnce() {
        RoleGranted granted = new RoleGranted(ANN, SystemRole.ANALYST, ADMIN, null, AT);

        given().when(new GrantRole(ANN, SystemRole.ANALYST, ADMIN, "deputy"))
                .expectEventsMatching(only(RoleGranted.class, event -> {
                    assertThat(event.role()).isEqualTo(SystemRole.ANALYST);
                    assertThat(event.by()).isEqualTo(ADMIN);
                    assertThat(protection.reveal(
                                    Objects.requireNonNull(event.reason()),
                                    TextProtection.roleReasonContext(ANN, event.at())))
                            .contains("deputy");
                }));
        given(granted)
                .when(new GrantRole(ANN, SystemRole.ANALYST, ADMIN, "deputy"))
                .expectNoEvents();

        given(granted)
                .when(new RevokeRole(ANN, SystemRole.ANALYST, ADMIN, "on leave"))
                .expectEventsMatching(only(
                        RoleRevoked.class,
                        event -> assertThat(protection.reveal(
                                        Objects.requireNonNull(event.reason()),
                                        TextProtection.roleReasonContext(ANN, event.at())))
                                .contains("on leave")));
        given().when(new RevokeRole(ANN, SystemRole.ANALYST, ADMIN, "on leave")).expectNoEvents();
    }

    @Test
    void aRoleIsNotGrantedOrRevokedWithoutAReason() {
        given().when(new GrantRole(ANN, SystemRole.ANALYST, ADMIN, " "))
                .expectException(refusal(Refusal.REASON_REQUIRED));
        given().when(new RevokeRole(ANN, SystemRole.ANALYST, ADMIN, "a\nb"))
                .expectException(refusal(Refusal.REASON_REQUIRED));
    }

    @Test
    void timeNeverGoesBack() {
        clock.advance(Duration.ofDays(-1));

        given().when(new BlockUser(ANN, BEN)).expectEvents(new UserBlocked(ANN, BEN, AT));
    }

    static Stream<AccountCommand> needingAnAccount() {
        return Stream.of(
                new ChangeProfile(ANN, "Anna"),
                new ChangeSettings(ANN, QUIET),
                new RegisterDevice(ANN, PHONE, List.of()),
                new RemoveDevice(ANN, PHONE),
                new EndSession(ANN, PHONE, SESSION),
                new BlockUser(ANN, BEN),
                new UnblockUser(ANN, BEN),
                new AskPrivacy(ANN),
                new DeleteAccount(ANN),
                new EraseAccount(ANN),
                new GrantRole(ANN, SystemRole.ADMIN, ADMIN, "deputy"),
                new RevokeRole(ANN, SystemRole.ADMIN, ADMIN, "deputy"));
    }

    @ParameterizedTest
    @MethodSource("needingAnAccount")
    void aMissingAccountNeitherChangesNorAnswers(AccountCommand command) {
        fixture.givenNoPriorActivity().when(command).expectNoEvents().expectException(refusal(Refusal.USER_NOT_FOUND));
    }

    private static RegisterAccount register(String username, String displayName) {
        return new RegisterAccount(ANN, CLAIM, username, displayName);
    }

    private Given given(AccountEvent... events) {
        List<AccountEvent> all = new ArrayList<>();
        all.add(new AccountRegistered(
                ANN,
                CLAIM,
                protection.seal(ANN, "ann", TextProtection.usernameContext(ANN)),
                protection.seal(ANN, "Ann", TextProtection.displayNameContext(ANN)),
                AT));
        all.addAll(List.of(events));
        return command -> fixture.given(all).when(command);
    }

    private interface Given {
        ResultValidator<Account> when(AccountCommand command);
    }
}
