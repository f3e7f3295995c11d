package chat.parley.load.testing;

import chat.parley.load.check.Violations.Kind;

/** A fault of {@link FakeServer}, and the kind of violation that a check has to report. */
public enum Fault {
    LOSE_A_DELIVERY(Kind.LOST),
    DOUBLE_A_DELIVERY(Kind.DOUBLED),
    REORDER_DELIVERIES(Kind.OUT_OF_ORDER),
    ALTER_A_DELIVERY(Kind.ALTERED),
    DELIVER_TO_WHO_LEFT(Kind.NOT_THEIRS),
    ACK_AND_FORGET(Kind.ACKED_AND_GONE),
    ACK_A_WRONG_POSITION(Kind.ACKED_ELSEWHERE),
    STORE_TWICE(Kind.HISTORY_DOUBLED),
    STORE_WHAT_NOBODY_SENT(Kind.HISTORY_EXTRA),
    STORE_ANOTHER_TEXT(Kind.HISTORY_DIFFERS),
    REFUSE_A_MESSAGE(Kind.NEVER_ACKED),
    ACK_TWICE(Kind.PROTOCOL),
    LEAVE_A_GAP_IN_HISTORY(Kind.HISTORY_GAP),
    SWAP_TWO_IN_HISTORY(Kind.HISTORY_ORDER),
    LOSE_IN_A_BACKLOG(Kind.LOST),
    DOUBLE_IN_A_BACKLOG(Kind.DOUBLED),
    IGNORE_HEARTBEATS(Kind.PROTOCOL),
    MISCOUNT_UNREAD(Kind.INBOX_DIFFERS),
    FIND_WHAT_WAS_NOT_ASKED_FOR(Kind.SEARCH_DIFFERS),
    LOSE_FROM_THE_INDEX(Kind.INDEX_DIFFERS);

    private final Kind kind;

    Fault(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
