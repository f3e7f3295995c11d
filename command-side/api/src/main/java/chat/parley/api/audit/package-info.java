/** What auditors ask about the history, and their access to it, recorded as events. */
@NullMarked
package chat.parley.api.audit;

import org.jspecify.annotations.NullMarked;
