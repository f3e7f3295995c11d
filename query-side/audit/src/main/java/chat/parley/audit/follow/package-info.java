/** Following the event store, with one reading for all who follow it. */
@NullMarked
package chat.parley.audit.follow;

import org.jspecify.annotations.NullMarked;
