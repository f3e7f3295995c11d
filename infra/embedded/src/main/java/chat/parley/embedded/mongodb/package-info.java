/** A MongoDB-compatible server in this process. All workarounds for the stand-in are in this package. */
@NullMarked
package chat.parley.embedded.mongodb;

import org.jspecify.annotations.NullMarked;
