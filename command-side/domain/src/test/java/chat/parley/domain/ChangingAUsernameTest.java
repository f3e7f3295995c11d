package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;
import static chat.parley.domain.ConversationMatchers.only;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.AccountCommand;
import chat.parley.api.account.AccountCommand.ChangeUsername;
import chat.parley.api.account.AccountCommand.CheckUsernameChange;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.FakeTextProtection;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangingAUsernameTest {
    private static final UserId ANN = new UserId("ann-id");
    private static final UsernameClaimId CLAIM = new UsernameClaimId("claim-of-anna");
    private static final Instant AT = MutableClock.START;

    private final AggregateTestFixture<Account> fixture = new AggregateTestFixture<>(Account.class);
    private final FakeTextProtection protection = new FakeTextProtection();
    private final MutableClock clock = MutableClock.betweenMilliseconds();

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(clock);
        fixture.registerInjectableResource(protection);
    }

    @Test
    void storesTheNewNameSealed() {
        when(new ChangeUsername(ANN, CLAIM, "Anna")).expectEventsMatching(only(UsernameChanged.class, changed -> {
            assertThat(changed.claim()).isEqualTo(CLAIM);
            assertThat(protection.reveal(changed.username(), TextProtection.usernameContext(ANN)))
                    .hasValue("Anna");
        }));
    }

    @Test
    void toTheCurrentNameChangesNothing() {
        when(new ChangeUsername(ANN, CLAIM, "Anna"), named("Anna", AT))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void mayBeAChangeOfLetterCaseAlone() {
        when(new ChangeUsername(ANN, CLAIM, "ANNA"), named("Anna", AT))
                .expectEventsMatching(only(
                        UsernameChanged.class,
                        changed -> assertThat(changed.claim()).isEqualTo(CLAIM)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u0000"})
    void toAnInvalidUsernameIsRefused(String username) {
        when(new ChangeUsername(ANN, CLAIM, username))
                .expectNoEvents()
                .expectException(refusal(Refusal.USERNAME_INVALID));
    }

    @Test
    void isLimited() {
        AccountEvent[] changes = {named("a", AT), named("b", AT), named("c", AT)};
        when(new CheckUsernameChange(ANN, "d"), changes)
                .expectNoEvents()
                .expectException(refusal(Refusal.USERNAME_CHANGE_TOO_SOON));
        when(new ChangeUsername(ANN, CLAIM, "d"), changes)
                .expectNoEvents()
                .expectException(refusal(Refusal.USERNAME_CHANGE_TOO_SOON));
        when(new CheckUsernameChange(ANN, "c"), changes).expectNoEvents().expectSuccessfulHandlerExecution();
        when(new ChangeUsername(ANN, CLAIM, "c"), changes).expectNoEvents().expectSuccessfulHandlerExecution();

        clock.advance(Account.USERNAME_CHANGES_WITHIN.plus(Duration.ofMillis(1)));
        when(new CheckUsernameChange(ANN, "d"), changes).expectNoEvents().expectSuccessfulHandlerExecution();
        when(new ChangeUsername(ANN, CLAIM, "d"), changes).expectSuccessfulHandlerExecution();
    }

    @Test
    void countsOnlyRecentChanges() {
        Instant later = AT.plus(Account.USERNAME_CHANGES_WITHIN);
        clock.advance(Account.USERNAME_CHANGES_WITHIN);
        AccountEvent[] changes = {named("a", AT), named("b", AT), named("c", later), named("d", later)};
        when(new CheckUsernameChange(ANN, "d"), changes).expectSuccessfulHandlerExecution();
        when(new CheckUsernameChange(ANN, "d"), named("a", later), named("b", later), named("c", later))
                .expectException(refusal(Refusal.USERNAME_CHANGE_TOO_SOON));
    }

    private UsernameChanged named(String name, Instant at) {
        return new UsernameChanged(ANN, CLAIM, protection.seal(ANN, name, TextProtection.usernameContext(ANN)), at);
    }

    private ResultValidator<Account> when(AccountCommand command, AccountEvent... events) {
        List<AccountEvent> all = new ArrayList<>();
        all.add(new AccountRegistered(
                ANN,
                new UsernameClaimId("claim-of-ann"),
                protection.seal(ANN, "ann", TextProtection.usernameContext(ANN)),
                protection.seal(ANN, "Ann", TextProtection.displayNameContext(ANN)),
                AT));
        all.addAll(List.of(events));
        return fixture.given(all).when(command);
    }
}
