package chat.parley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.AccountDeactivated;
import chat.parley.api.account.AccountEvent.AccountRegistered;
import chat.parley.api.account.AccountEvent.DeviceRegistered;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.SessionEnded;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UsernameChanged;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.Settings.ContactRequests;
import chat.parley.api.account.Settings.QuietHours;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.account.UsernameClaimed;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.contact.ContactEvent.ContactDeclined;
import chat.parley.api.contact.ContactEvent.ContactRequested;
import chat.parley.api.contact.ContactId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.PresenceEvent.DeviceOpened;
import chat.parley.api.presence.PresenceEvent.DeviceStatusSet;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionEvent.ErasureOrdered;
import chat.parley.api.retention.RetentionEvent.HoldPlaced;
import chat.parley.api.retention.RetentionEvent.RetentionRuleChanged;
import chat.parley.api.retention.RetentionEvent.TextsExpired;
import chat.parley.api.search.HistorySearched;
import chat.parley.api.search.SearchUse;
import chat.parley.testing.MutableClock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;

class SnapshotsOfAccountsAndMarksTest {
    private static final UserId ANN = new UserId("ann");
    private static final Instant AT = MutableClock.START;

    private final Jackson3Serializer serializer = Jackson3Serializer.builder().build();

    @Test
    void anAccountIsReadAsItWasWritten() {
        Account account = new Account();
        SealedText name = new SealedText("key", "nonce", "ciphertext");
        account.on(new AccountRegistered(ANN, new UsernameClaimId("claim"), name, name, AT));
        account.on(new SettingsChanged(
                ANN,
                new Settings(
                        ContactRequests.NOBODY,
                        Settings.GroupAdditions.CONTACTS,
                        false,
                        true,
                        true,
                        new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Asia/Seoul")),
                        "ko"),
                AT));
        account.on(new DeviceRegistered(ANN, new DeviceId("phone"), AT));
        account.on(new SessionEnded(ANN, new DeviceId("phone"), new LoginSessionId("session"), AT));
        account.on(new UserBlocked(ANN, new UserId("ben"), AT));
        account.on(new RoleGranted(ANN, SystemRole.AUDITOR, ANN, null, AT));
        account.on(new UsernameChanged(ANN, new UsernameClaimId("another"), name, AT));
        account.on(new AccountDeactivated(ANN, AT));

        isReadAsItWasWritten(account);
    }

    @Test
    void aReadMarkIsReadAsItWasWritten() {
        ReadMark mark = new ReadMark();
        ConversationId conversation = new ConversationId("group");
        mark.on(new ReadMarkMoved(conversation, ANN, 7, AT));
        mark.on(new PreferencesChanged(conversation, ANN, true, false, true, AT));

        isReadAsItWasWritten(mark);
    }

    @Test
    void aPresenceIsReadAsItWasWritten() {
        Presence presence = new Presence();
        presence.on(new DeviceOpened(ANN, new DeviceId("phone"), 7, AT));
        presence.on(new DeviceStatusSet(ANN, new DeviceId("phone"), DeviceStatus.AWAY, AT));

        isReadAsItWasWritten(presence);
    }

    @Test
    void aContactIsReadAsItWasWritten() {
        Contact contact = new Contact();
        ContactId pair = new ContactId("pair");
        UserId ben = new UserId("ben");
        contact.on(new ContactRequested(pair, ANN, ben, AT));
        contact.on(new ContactDeclined(pair, ben, ANN, AT));
        contact.on(new ContactRequested(pair, ben, ANN, AT));

        isReadAsItWasWritten(contact);
    }

    @Test
    void aClaimIsReadAsItWasWritten() {
        UsernameClaim claim = new UsernameClaim();
        claim.on(new UsernameClaimed(new UsernameClaimId("claim"), ANN, AT));

        isReadAsItWasWritten(claim);
    }

    @Test
    void aSearchLogIsReadAsItWasWritten() {
        SearchLog log = new SearchLog();
        log.on(new HistorySearched(ANN, SearchUse.SEARCH, new SealedText("key", "nonce", "ciphertext"), null, 7, AT));

        isReadAsItWasWritten(log);
    }

    @Test
    void anAuditLogIsReadAsItWasWritten() {
        SealedText sealed = new SealedText("key", "nonce", "ciphertext");
        AuditLog log = new AuditLog();
        log.on(new HistoryAudited(ANN, AuditAction.READ_EVENTS, null, null, sealed, sealed, sealed, AT));

        isReadAsItWasWritten(log);
    }

    @Test
    void theRetentionIsReadAsItWasWritten() {
        SealedText sealed = new SealedText("key", "nonce", "ciphertext");
        ConversationId club = new ConversationId("club");
        UserId ben = new UserId("ben");
        Retention retention = new Retention();
        retention.on(new HoldPlaced(new HoldId("h1"), List.of(ben), List.of(club), sealed, sealed, ANN, AT));
        retention.on(new HoldPlaced(new HoldId("h2"), List.of(ben), List.of(), null, sealed, ANN, AT));
        retention.on(new RetentionRuleChanged(club, 30, sealed, ANN, AT));
        retention.on(new RetentionRuleChanged(null, 90, sealed, ANN, AT));
        retention.on(new ErasureOrdered(ben, sealed, ANN, AT));
        retention.on(new TextsExpired(club, AT, AT));

        isReadAsItWasWritten(retention);
    }

    private void isReadAsItWasWritten(Object aggregate) {
        Object read = serializer.deserialize(serializer.serialize(aggregate, String.class));

        assertThat(read).usingRecursiveComparison().isEqualTo(aggregate);
    }
}
