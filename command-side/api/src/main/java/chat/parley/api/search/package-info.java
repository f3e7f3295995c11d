/** Commands and events of analysts' searches. */
@NullMarked
package chat.parley.api.search;

import org.jspecify.annotations.NullMarked;
