/** Archives of events that prove themselves, with documents for tools of others. */
@NullMarked
package chat.parley.audit.export;

import org.jspecify.annotations.NullMarked;
