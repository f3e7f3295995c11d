/** Progress of long work as server-sent events. */
@NullMarked
package chat.parley.web.progress;

import org.jspecify.annotations.NullMarked;
