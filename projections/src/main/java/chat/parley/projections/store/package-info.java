@NullMarked
package chat.parley.projections.store;

import org.jspecify.annotations.NullMarked;
