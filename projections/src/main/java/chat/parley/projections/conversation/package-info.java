@NullMarked
package chat.parley.projections.conversation;

import org.jspecify.annotations.NullMarked;
