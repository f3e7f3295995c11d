/**
 * REST that only reads: people, conversations, their entries, the inbox, everything missed since a cursor, and the push
 * nodes there are. It keeps nothing: what it answers is asked of the read side over the query bus, which decides who
 * may see what, and it reveals the sealed text of that.
 */
@NullMarked
package chat.parley.query.http;

import org.jspecify.annotations.NullMarked;
