/** Asks the aggregate that decides about holds, erasures and expiry. */
@NullMarked
package chat.parley.retention.decision;

import org.jspecify.annotations.NullMarked;
