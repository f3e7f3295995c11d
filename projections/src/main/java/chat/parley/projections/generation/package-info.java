@NullMarked
package chat.parley.projections.generation;

import org.jspecify.annotations.NullMarked;
