@NullMarked
package chat.parley.projections.presence;

import org.jspecify.annotations.NullMarked;
