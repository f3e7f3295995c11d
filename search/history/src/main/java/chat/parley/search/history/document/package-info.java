/** The documents of the search indexes: their fields, ids and derivation from events. */
@NullMarked
package chat.parley.search.history.document;

import org.jspecify.annotations.NullMarked;
