package chat.parley.eventstore.feed;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.DeviceId;
import chat.parley.api.account.LoginSessionId;
import chat.parley.api.account.Settings;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.account.UsernameClaimId;
import chat.parley.api.account.UsernameClaimed;
import chat.parley.api.audit.AuditAction;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.contact.ContactId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.presence.DeviceStatus;
import chat.parley.api.presence.OfflineReason;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.api.retention.HoldId;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.search.HistorySearched;
import chat.parley.api.search.SearchUse;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** One event of each type, as in the golden files. Samples of stored types never change. */
public final class EventSamples {
    private static final Instant AT = Instant.parse("2026-11-21T09:30:00.123Z");
    private static final ConversationId TALK = new ConversationId("c-talk");
    private static final UserId ANN = new UserId("u-ann");
    private static final UserId BOB = new UserId("u-bob");
    private static final UsernameClaimId CLAIM = new UsernameClaimId("claim-of-ann");
    private static final ContactId PAIR = new ContactId("r-pair");
    private static final Settings SETTINGS = new Settings(
            Settings.ContactRequests.NOBODY,
            Settings.GroupAdditions.CONTACTS,
            false,
            true,
            false,
            new Settings.QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 30), ZoneId.of("Asia/Seoul")),
            "ko");
    private static final DeviceId PHONE = new DeviceId("phone");
    private static final SealedText SEALED = new SealedText("key-of-ann", "bm9uY2Utbm9uY2Ux", "c2VhbGVkIHRleHQ=");

    public static final List<Object> ALL = List.of(
            new ConversationEvent.DirectStarted(TALK, ANN, BOB, AT),
            new ConversationEvent.GroupStarted(TALK, ANN, SEALED, List.of(BOB), true, HistoryAccess.SINCE_JOINED, AT),
            new ConversationEvent.MessageSent(
                    TALK,
                    ANN,
                    new ClientMessageId("0193a5b0-5c7b-7cc2-8a3e-0123456789ab"),
                    SEALED,
                    "content-hash",
                    7,
                    3L,
                    List.of(BOB),
                    AT),
            new ConversationEvent.MessageEdited(TALK, ANN, 3, SEALED, List.of(BOB), "content-hash", AT),
            new ConversationEvent.MessageRetracted(TALK, ANN, 3, AT),
            new ConversationEvent.ReactionChanged(TALK, BOB, 3, "👍", true, AT),
            new ConversationEvent.MemberJoined(TALK, ANN, BOB, AT),
            new ConversationEvent.MemberLeft(TALK, ANN, BOB, AT),
            new ConversationEvent.GroupRenamed(TALK, ANN, SEALED, AT),
            new ConversationEvent.MemberRoleChanged(TALK, ANN, BOB, MemberRole.ADMIN, AT),
            new ConversationEvent.JoinabilityChanged(TALK, ANN, false, AT),
            new ConversationEvent.MessagePinned(TALK, ANN, 3, AT),
            new ConversationEvent.MessageUnpinned(TALK, ANN, 3, AT),
            new AccountEvent.AccountRegistered(ANN, CLAIM, SEALED, SEALED, AT),
            new AccountEvent.ProfileChanged(ANN, SEALED, AT),
            new AccountEvent.SettingsChanged(ANN, SETTINGS, AT),
            new AccountEvent.DeviceRegistered(ANN, PHONE, AT),
            new AccountEvent.DeviceRemoved(ANN, PHONE, AT),
            new AccountEvent.SessionEnded(ANN, PHONE, new LoginSessionId("s-1"), AT),
            new AccountEvent.UserBlocked(ANN, BOB, AT),
            new AccountEvent.UserUnblocked(ANN, BOB, AT),
            new AccountEvent.RoleGranted(ANN, SystemRole.AUDITOR, BOB, SEALED, AT),
            new AccountEvent.RoleRevoked(ANN, SystemRole.AUDITOR, BOB, SEALED, AT),
            new AccountEvent.UsernameChanged(ANN, CLAIM, SEALED, AT),
            new AccountEvent.PasswordResetIssued(ANN, BOB, AT),
            new AccountEvent.AccountDeactivated(ANN, AT),
            new AccountEvent.AccountReactivated(ANN, AT),
            new AccountEvent.AccountDeleted(ANN, AT),
            new AccountEvent.AccountErased(ANN, AT),
            new PresenceEvent.DeviceOpened(ANN, PHONE, 7, AT),
            new PresenceEvent.DeviceClosed(ANN, PHONE, 7, OfflineReason.SILENT, AT, AT),
            new PresenceEvent.DeviceStatusSet(ANN, PHONE, DeviceStatus.AWAY, AT),
            new ReadMarkEvent.ReadMarkMoved(TALK, ANN, 12, AT),
            new ReadMarkEvent.PreferencesChanged(TALK, ANN, true, false, true, AT),
            new ContactEvent.ContactRequested(PAIR, ANN, BOB, AT),
            new ContactEvent.ContactAccepted(PAIR, BOB, ANN, AT),
            new ContactEvent.ContactDeclined(PAIR, BOB, ANN, AT),
            new ContactEvent.ContactWithdrawn(PAIR, ANN, BOB, AT),
            new ContactEvent.ContactRemoved(PAIR, ANN, BOB, AT),
            new UsernameClaimed(CLAIM, ANN, AT),
            new HistorySearched(ANN, SearchUse.EXPORT, SEALED, SEALED, 42, AT),
            new HistoryAudited(ANN, AuditAction.READ_CONVERSATION, TALK, BOB, SEALED, SEALED, SEALED, AT),
            new RetentionEvent.HoldPlaced(new HoldId("h-case-7"), List.of(BOB), List.of(TALK), SEALED, SEALED, ANN, AT),
            new RetentionEvent.HoldLifted(new HoldId("h-case-7"), SEALED, ANN, AT),
            new RetentionEvent.ErasureOrdered(BOB, SEALED, ANN, AT),
            new RetentionEvent.RetentionRuleChanged(TALK, 90, SEALED, ANN, AT),
            new RetentionEvent.TextsExpired(TALK, Instant.parse("2026-08-23T00:00:00Z"), AT));

    /** The results of reading the golden files of earlier revisions. */
    public static final List<Object> OF_BEFORE = List.of(
            new ConversationEvent.MessageEdited(TALK, ANN, 3, SEALED, null, "content-hash", AT),
            new ReadMarkEvent.PreferencesChanged(TALK, ANN, true, false, false, AT),
            new HistorySearched(ANN, SearchUse.EXPORT, SEALED, null, 42, AT),
            new AccountEvent.RoleGranted(ANN, SystemRole.AUDITOR, BOB, null, AT),
            new AccountEvent.RoleRevoked(ANN, SystemRole.AUDITOR, BOB, null, AT),
            new AccountEvent.SettingsChanged(
                    ANN,
                    new Settings(
                            Settings.ContactRequests.NOBODY,
                            Settings.GroupAdditions.EVERYBODY,
                            false,
                            true,
                            false,
                            SETTINGS.quietHours(),
                            "ko"),
                    AT));

    private EventSamples() {}
}
