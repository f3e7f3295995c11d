@NullMarked
package chat.parley.projections;

import org.jspecify.annotations.NullMarked;
