/** Erases users: an order over REST, and a process that is finished after any crash. */
@NullMarked
package chat.parley.retention.erasure;

import org.jspecify.annotations.NullMarked;
