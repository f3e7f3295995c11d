/** A witness of transparency logs as a command, over the JDK's own HTTP server. */
@NullMarked
package chat.parley.verify.witness;

import org.jspecify.annotations.NullMarked;
