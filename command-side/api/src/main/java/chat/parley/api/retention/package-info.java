/** Legal holds, erasure and retention: what refuses to destroy texts, and what destroys them. */
@NullMarked
package chat.parley.api.retention;

import org.jspecify.annotations.NullMarked;
