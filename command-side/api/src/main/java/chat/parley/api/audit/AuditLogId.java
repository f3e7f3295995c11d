package chat.parley.api.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of an auditor's access log, an aggregate that is separate from the account. */
public record AuditLogId(UserId auditor) {
    private static final String SUFFIX = ":audits";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static AuditLogId parse(String value) {
        if (!value.endsWith(SUFFIX)) {
            throw new Refused(Refusal.INVALID_ID);
        }
        return new AuditLogId(new UserId(value.substring(0, value.length() - SUFFIX.length())));
    }

    @Override
    @JsonValue
    public String toString() {
        return auditor + SUFFIX;
    }
}
