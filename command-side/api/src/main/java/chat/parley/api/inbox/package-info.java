@NullMarked
package chat.parley.api.inbox;

import org.jspecify.annotations.NullMarked;
