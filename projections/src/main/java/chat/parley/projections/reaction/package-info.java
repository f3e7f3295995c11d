/** The reactions to messages, stored by what they react to. */
@NullMarked
package chat.parley.projections.reaction;

import org.jspecify.annotations.NullMarked;
