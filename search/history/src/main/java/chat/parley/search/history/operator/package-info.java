/** What operators ask of the index over REST: rebuilds, checks against the events, and rejected documents. */
@NullMarked
package chat.parley.search.history.operator;

import org.jspecify.annotations.NullMarked;
