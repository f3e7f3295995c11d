@NullMarked
package chat.parley.projections.inbox;

import org.jspecify.annotations.NullMarked;
