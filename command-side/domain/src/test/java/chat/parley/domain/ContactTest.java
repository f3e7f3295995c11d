package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.GroupAdditions;
import chat.parley.api.account.UserId;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.ContactCommand;
import chat.parley.api.contact.ContactCommand.AskContact;
import chat.parley.api.contact.ContactCommand.EndContact;
import chat.parley.api.contact.ContactCommand.RequestContact;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactEvent.ContactAccepted;
import chat.parley.api.contact.ContactEvent.ContactDeclined;
import chat.parley.api.contact.ContactEvent.ContactRemoved;
import chat.parley.api.contact.ContactEvent.ContactRequested;
import chat.parley.api.contact.ContactEvent.ContactWithdrawn;
import chat.parley.api.contact.ContactId;
import chat.parley.api.contact.ContactState;
import chat.parley.testing.FakeKeyedHash;
import chat.parley.testing.FakeRelations;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContactTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final Instant AT = MutableClock.START;
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AggregateTestFixture<Contact> fixture = new AggregateTestFixture<>(Contact.class);
    private final MutableClock clock = MutableClock.betweenMilliseconds();
    private final FakeKeyedHash hashes = new FakeKeyedHash();
    private final FakeRelations relations = new FakeRelations();
    private final ContactId pair = hashes.contact(ANN, BEN);

    private final ContactRequested annAsked = new ContactRequested(pair, ANN, BEN, AT);
    private final ContactAccepted benAccepted = new ContactAccepted(pair, BEN, ANN, AT);
    private final ContactDeclined benDeclined = new ContactDeclined(pair, BEN, ANN, AT);

    @BeforeEach
    void setUp() {
        fixture.registerInjectableResource(clock);
        fixture.registerInjectableResource(hashes);
        fixture.registerInjectableResource(new BlockPolicy(relations));
    }

    @Test
    void isRequestedAndAccepted() {
        given().when(request(ANN, BEN)).expectEvents(annAsked).expectResultMessagePayload(ContactState.REQUESTED);
        given(annAsked)
                .when(request(BEN, ANN))
                .expectEvents(benAccepted)
                .expectResultMessagePayload(ContactState.CONTACT);
    }

    @Test
    void isRefusedAlikeForABlockAndForASettingAgainstRequests() {
        relations.setSettings(BEN, ContactTest.taking(ContactRequests.NOBODY));
        given().when(request(ANN, BEN)).expectNoEvents().expectException(refusal(Refusal.CONTACT_REFUSED));
        // A user who accepts no requests may still send one, and have it accepted.
        given().when(request(BEN, ANN)).expectResultMessagePayload(ContactState.REQUESTED);

        relations.setSettings(BEN, Settings.DEFAULT);
        relations.block(BEN, ANN);
        given().when(request(ANN, BEN)).expectNoEvents().expectException(refusal(Refusal.CONTACT_REFUSED));
        given().when(request(BEN, ANN)).expectNoEvents().expectException(refusal(Refusal.CONTACT_REFUSED));
        given(annAsked).when(request(BEN, ANN)).expectNoEvents().expectException(refusal(Refusal.CONTACT_REFUSED));
        relations.unblock(BEN, ANN);
        given(annAsked).when(request(BEN, ANN)).expectEvents(benAccepted);
    }

    @Test
    void saysWhetherTheTwoAreContacts() {
        given().when(new AskContact(pair, ANN, BEN)).expectException(refusal(Refusal.NOT_FOUND));
        given(annAsked).when(new AskContact(pair, ANN, BEN)).expectNoEvents().expectResultMessagePayload(false);
        given(annAsked, benAccepted)
                .when(new AskContact(pair, BEN, ANN))
                .expectNoEvents()
                .expectResultMessagePayload(true);
    }

    private static Settings taking(ContactRequests requests) {
        return new Settings(requests, GroupAdditions.EVERYBODY, true, true, true, null, "en");
    }

    @Test
    void aRepeatedRequestChangesNothing() {
        given(annAsked).when(request(ANN, BEN)).expectNoEvents().expectResultMessagePayload(ContactState.REQUESTED);
        given(annAsked, benAccepted)
                .when(request(ANN, BEN))
                .expectNoEvents()
                .expectResultMessagePayload(ContactState.CONTACT);
        given(annAsked, benAccepted)
                .when(request(BEN, ANN))
                .expectNoEvents()
                .expectResultMessagePayload(ContactState.CONTACT);
    }

    @Test
    void endsAccordingToItsState() {
        given(annAsked).when(end(BEN, ANN)).expectEvents(benDeclined);
        given(annAsked).when(end(ANN, BEN)).expectEvents(new ContactWithdrawn(pair, ANN, BEN, AT));
        given(annAsked, benAccepted).when(end(BEN, ANN)).expectEvents(new ContactRemoved(pair, BEN, ANN, AT));
        given(annAsked, benDeclined).when(end(ANN, BEN)).expectNoEvents().expectSuccessfulHandlerExecution();
        given().when(end(ANN, BEN)).expectNoEvents().expectException(refusal(Refusal.NOT_FOUND));
    }

    @Test
    void aDeclinedUserHasToWait() {
        clock.advance(Contact.WAIT_AFTER_DECLINE.minus(MOMENT));
        given(annAsked, benDeclined)
                .when(request(ANN, BEN))
                .expectNoEvents()
                .expectException(refusal(Refusal.CONTACT_REQUEST_TOO_SOON));

        clock.advance(MOMENT);
        given(annAsked, benDeclined)
                .when(request(ANN, BEN))
                .expectEvents(new ContactRequested(pair, ANN, BEN, AT.plus(Contact.WAIT_AFTER_DECLINE)));
    }

    @Test
    void aUserWhoDeclinedMayRequestAtOnceWhichEndsTheWaitOfTheOther() {
        ContactRequested benAsked = new ContactRequested(pair, BEN, ANN, AT);
        ContactAccepted annAccepted = new ContactAccepted(pair, ANN, BEN, AT);

        given(annAsked, benDeclined).when(request(BEN, ANN)).expectEvents(benAsked);
        given(annAsked, benDeclined, benAsked).when(request(ANN, BEN)).expectEvents(annAccepted);
        given(annAsked, benDeclined, benAsked, annAccepted, new ContactRemoved(pair, BEN, ANN, AT))
                .when(request(ANN, BEN))
                .expectEvents(annAsked);
    }

    static Stream<List<ContactEvent>> endedByAnn() {
        ContactId pair = new FakeKeyedHash().contact(ANN, BEN);
        ContactRequested asked = new ContactRequested(pair, ANN, BEN, AT);
        return Stream.of(
                List.of(asked, new ContactWithdrawn(pair, ANN, BEN, AT)),
                List.of(asked, new ContactAccepted(pair, BEN, ANN, AT), new ContactRemoved(pair, ANN, BEN, AT)));
    }

    @ParameterizedTest
    @MethodSource("endedByAnn")
    void aUserWhoEndedTheContactHasToWait(List<ContactEvent> ended) {
        clock.advance(Contact.WAIT_AFTER_ENDING.minus(MOMENT));
        fixture.given(ended)
                .when(request(ANN, BEN))
                .expectNoEvents()
                .expectException(refusal(Refusal.CONTACT_REQUEST_TOO_SOON));
        clock.advance(MOMENT);
        fixture.given(ended).when(request(ANN, BEN)).expectSuccessfulHandlerExecution();
    }

    @Test
    void theOtherUserMayRequestAtOnce() {
        given(annAsked, benAccepted, new ContactRemoved(pair, BEN, ANN, AT))
                .when(request(ANN, BEN))
                .expectEvents(annAsked);
    }

    @Test
    void aUserCannotBeTheirOwnContact() {
        ContactId alone = hashes.contact(ANN, ANN);
        for (ContactCommand command : List.of(new RequestContact(alone, ANN, ANN), new EndContact(alone, ANN, ANN))) {
            given().when(command).expectNoEvents().expectException(refusal(Refusal.SELF_NOT_ALLOWED));
        }
    }

    @Test
    void anotherPairsIdIsRefused() {
        ContactId others = hashes.contact(ANN, new UserId("cleo"));
        for (ContactCommand command : List.of(
                new RequestContact(others, ANN, BEN),
                new EndContact(others, ANN, BEN),
                new AskContact(others, ANN, BEN))) {
            given().when(command).expectNoEvents().expectException(refusal(Refusal.INVALID_ID));
        }
    }

    @Test
    void timeDoesNotGoBack() {
        clock.advance(Duration.ofDays(-1));
        given(annAsked).when(request(BEN, ANN)).expectEvents(benAccepted);
    }

    @Test
    void theIdOfAPairDoesNotDependOnTheirOrder() {
        assertThat(hashes.contact(BEN, ANN)).isEqualTo(pair);
        assertThat(pair.value())
                .doesNotContain(ANN.value())
                .isNotEqualTo(hashes.directConversation(ANN, BEN).value());
    }

    private RequestContact request(UserId by, UserId with) {
        return new RequestContact(pair, by, with);
    }

    private EndContact end(UserId by, UserId with) {
        return new EndContact(pair, by, with);
    }

    private Given given(ContactEvent... events) {
        return command ->
                (events.length == 0 ? fixture.givenNoPriorActivity() : fixture.given(List.of(events))).when(command);
    }

    private interface Given {
        ResultValidator<Contact> when(ContactCommand command);
    }
}
