package chat.parley.audit.transcript;

import chat.parley.api.account.UserId;
import java.util.List;

/** @param users who had this reaction at the end of the range; never empty */
public record Reaction(String emoji, List<UserId> users) {}
