package chat.parley.audit.transcript;

import chat.parley.api.account.UserId;
import chat.parley.wire.Entry;
import java.util.List;

/**
 * A later version of a message.
 *
 * @param entry   the edit or the retraction
 * @param readers whoever could read it
 */
public record Version(Entry entry, List<UserId> readers) {}
