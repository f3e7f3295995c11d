/** Destroys texts that are older than their rule allows. */
@NullMarked
package chat.parley.retention.expiry;

import org.jspecify.annotations.NullMarked;
