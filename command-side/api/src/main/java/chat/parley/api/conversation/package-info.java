@NullMarked
package chat.parley.api.conversation;

import org.jspecify.annotations.NullMarked;
