package chat.parley.domain;

import chat.parley.api.account.ClaimUsername;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.account.UsernameClaimed;
import chat.parley.testing.MutableClock;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsernameClaimTest {
    private static final UsernameClaimId CLAIM = new UsernameClaimId("claim");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");

    private final AggregateTestFixture<UsernameClaim> fixture = new AggregateTestFixture<>(UsernameClaim.class);

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(MutableClock.betweenMilliseconds());
    }

    @Test
    void belongsToTheFirstUser() {
        fixture.givenNoPriorActivity()
                .when(new ClaimUsername(CLAIM, ANN))
                .expectEvents(new UsernameClaimed(CLAIM, ANN, MutableClock.START))
                .expectResultMessagePayload(ANN);
    }

    @Test
    void answersTheHolderToOtherUsers() {
        fixture.given(new UsernameClaimed(CLAIM, ANN, MutableClock.START))
                .when(new ClaimUsername(CLAIM, BEN))
                .expectNoEvents()
                .expectResultMessagePayload(ANN);
    }
}
