/** The stored events for auditors, as CloudEvents. */
@NullMarked
package chat.parley.audit.event;

import org.jspecify.annotations.NullMarked;
