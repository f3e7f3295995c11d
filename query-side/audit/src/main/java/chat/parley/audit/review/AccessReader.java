package chat.parley.audit.review;

import chat.parley.api.KebabCase;
import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent;
import chat.parley.api.account.AccountEvent.RoleGranted;
import chat.parley.api.account.AccountEvent.RoleRevoked;
import chat.parley.api.account.SystemRole;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.HistoryAudited;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.api.retention.RetentionEvent;
import chat.parley.api.retention.RetentionEvent.ErasureOrdered;
import chat.parley.api.retention.RetentionEvent.HoldLifted;
import chat.parley.api.retention.RetentionEvent.HoldPlaced;
import chat.parley.api.retention.RetentionEvent.RetentionRuleChanged;
import chat.parley.api.search.HistorySearched;
import chat.parley.audit.event.EventDecoder;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads stored events as accesses. */
final class AccessReader {
    /** The events that are accesses, by the last part of their stored names. */
    static final Set<String> TYPES = Set.of(
            "HistoryAudited",
            "HistorySearched",
            "RoleGranted",
            "RoleRevoked",
            "HoldPlaced",
            "HoldLifted",
            "ErasureOrdered",
            "RetentionRuleChanged");

    private static final Logger log = LoggerFactory.getLogger(AccessReader.class);

    private final EventDecoder decoder;
    private final TextProtection protection;

    AccessReader(EventDecoder decoder, TextProtection protection) {
        this.decoder = decoder;
        this.protection = protection;
    }

    ReviewedAccess read(RawEvent event) {
        return switch (decoder.payload(event)) {
            case HistoryAudited audited -> audit(event, audited);
            case HistorySearched searched -> search(event, searched);
            case RoleGranted granted -> role(event, "granted", granted, granted.by(), granted.role(), granted.reason());
            case RoleRevoked revoked -> role(event, "revoked", revoked, revoked.by(), revoked.role(), revoked.reason());
            case HoldPlaced placed ->
                decision(event, "hold-placed", placed.by(), placed.at())
                        .request("hold=%s users=%d conversations=%d"
                                .formatted(
                                        placed.hold(),
                                        placed.users().size(),
                                        placed.conversations().size()))
                        .query(placed.query(), RetentionEvent.HOLD_QUERY)
                        .reviewed(placed.reason(), RetentionEvent.HOLD_REASON);
            case HoldLifted lifted ->
                decision(event, "hold-lifted", lifted.by(), lifted.at())
                        .request("hold=" + lifted.hold())
                        .reviewed(lifted.reason(), RetentionEvent.LIFT_REASON);
            case ErasureOrdered ordered ->
                decision(event, "erasure-ordered", ordered.by(), ordered.at())
                        .person(ordered.user())
                        .reviewed(ordered.reason(), RetentionEvent.ERASURE_REASON);
            case RetentionRuleChanged changed ->
                decision(event, "rule-changed", changed.by(), changed.at())
                        .conversation(changed.conversation())
                        .request("days=" + changed.days())
                        .reviewed(changed.reason(), RetentionEvent.RULE_REASON);
            case Object other -> throw new IllegalStateException(other.getClass() + " is not an access");
        };
    }

    private ReviewedAccess audit(RawEvent event, HistoryAudited audited) {
        Texts texts = new Texts(event);
        String request = texts.reveal(audited.request(), context(audited, "request"));
        String reason = texts.reveal(audited.reason(), context(audited, "reason"));
        String address = texts.reveal(audited.address(), context(audited, "address"));
        return new ReviewedAccess(
                event.index(),
                Instant.ofEpochMilli(event.atMillis()),
                ReviewedAccess.AUDIT,
                audited.auditor().value(),
                KebabCase.of(audited.action()),
                audited.conversation() == null ? null : audited.conversation().value(),
                audited.user() == null ? null : audited.user().value(),
                null,
                request,
                reason,
                address,
                null,
                null,
                texts.erased,
                texts.altered);
    }

    private static TextContext context(HistoryAudited audited, String field) {
        return TextProtection.auditContext(audited.auditor(), field, audited.at());
    }

    private ReviewedAccess search(RawEvent event, HistorySearched searched) {
        Texts texts = new Texts(event);
        String query = texts.reveal(searched.query(), TextProtection.searchContext(searched.analyst(), searched.at()));
        String reason = texts.revealStated(
                searched.reason(), TextProtection.searchReasonContext(searched.analyst(), searched.at()));
        return new ReviewedAccess(
                event.index(),
                Instant.ofEpochMilli(event.atMillis()),
                ReviewedAccess.SEARCH,
                searched.analyst().value(),
                KebabCase.of(searched.use()),
                null,
                null,
                null,
                null,
                reason,
                null,
                query,
                searched.hits(),
                texts.erased,
                texts.altered);
    }

    private ReviewedAccess role(
            RawEvent event,
            String action,
            AccountEvent change,
            UserId by,
            SystemRole role,
            @Nullable SealedText stated) {
        Texts texts = new Texts(event);
        String reason = texts.revealStated(stated, TextProtection.roleReasonContext(change.user(), change.at()));
        return new ReviewedAccess(
                event.index(),
                Instant.ofEpochMilli(event.atMillis()),
                ReviewedAccess.ROLE,
                by.value(),
                action,
                null,
                change.user().value(),
                role.claim(),
                null,
                reason,
                null,
                null,
                null,
                texts.erased,
                texts.altered);
    }

    private Decision decision(RawEvent event, String action, UserId by, Instant at) {
        return new Decision(event, action, by, at);
    }

    /** One decision about holds, erasure or retention. */
    private final class Decision {
        private final RawEvent event;
        private final String action;
        private final UserId by;
        private final Instant at;
        private final Texts texts;
        private @Nullable ConversationId conversation;
        private @Nullable UserId person;
        private @Nullable String request;
        private @Nullable String query;

        Decision(RawEvent event, String action, UserId by, Instant at) {
            this.event = event;
            this.action = action;
            this.by = by;
            this.at = at;
            this.texts = new Texts(event);
        }

        Decision conversation(@Nullable ConversationId decided) {
            conversation = decided;
            return this;
        }

        Decision person(UserId decided) {
            person = decided;
            return this;
        }

        Decision request(String described) {
            request = described;
            return this;
        }

        Decision query(@Nullable SealedText sealed, String field) {
            query = texts.revealStated(sealed, TextProtection.auditContext(by, field, at));
            return this;
        }

        ReviewedAccess reviewed(SealedText reason, String field) {
            String stated = texts.reveal(reason, TextProtection.auditContext(by, field, at));
            return new ReviewedAccess(
                    event.index(),
                    Instant.ofEpochMilli(event.atMillis()),
                    ReviewedAccess.RETENTION,
                    by.value(),
                    action,
                    conversation == null ? null : conversation.value(),
                    person == null ? null : person.value(),
                    null,
                    request,
                    stated,
                    null,
                    query,
                    null,
                    texts.erased,
                    texts.altered);
        }
    }

    /** Reveals the texts of one event. An unreadable text must not hide the other accesses. */
    private final class Texts {
        private final RawEvent event;
        private boolean erased;
        private boolean altered;

        Texts(RawEvent event) {
            this.event = event;
        }

        /** Events from before reasons were asked for have none. */
        @Nullable
        String revealStated(@Nullable SealedText reason, TextContext context) {
            return reason == null ? null : reveal(reason, context);
        }

        @Nullable
        String reveal(SealedText sealed, TextContext context) {
            try {
                String text = protection.reveal(sealed, context).orElse(null);
                erased |= text == null;
                return text;
            } catch (IllegalStateException unreadable) {
                log.error("The text {} of event {} was altered", context, event.index(), unreadable);
                altered = true;
                return null;
            }
        }
    }
}
