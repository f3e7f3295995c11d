/** Endpoints for analysts: the record of their searches, saved searches, exports and statistics. */
@NullMarked
package chat.parley.search.history.analyst;

import org.jspecify.annotations.NullMarked;
