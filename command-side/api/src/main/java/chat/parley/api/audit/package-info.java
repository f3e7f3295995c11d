/** What auditors do with the history, recorded as events. */
@NullMarked
package chat.parley.api.audit;

import org.jspecify.annotations.NullMarked;
