package chat.parley.api.search;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of an analyst's search log, an aggregate that is separate from the account. */
public record SearchLogId(UserId analyst) {
    private static final String SUFFIX = ":searches";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static SearchLogId parse(String value) {
        if (!value.endsWith(SUFFIX)) {
            throw new Refused(Refusal.INVALID_ID);
        }
        return new SearchLogId(new UserId(value.substring(0, value.length() - SUFFIX.length())));
    }

    @Override
    @JsonValue
    public String toString() {
        return analyst + SUFFIX;
    }
}
