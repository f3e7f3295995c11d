/** What analysts have beyond searching: a record of it, saved searches, exports and statistics. */
@NullMarked
package chat.parley.search.history.analyst;

import org.jspecify.annotations.NullMarked;
