@NullMarked
package chat.parley.projections.processing;

import org.jspecify.annotations.NullMarked;
