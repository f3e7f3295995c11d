/**
 * REST endpoints that only read: users, conversations, entries, the inbox, everything missed since a cursor, and the
 * list of push nodes. This module stores nothing. It asks the read side over the query bus. The read side decides which
 * user may see what, and this module opens the sealed texts of the answer.
 */
@NullMarked
package chat.parley.query.http;

import org.jspecify.annotations.NullMarked;
