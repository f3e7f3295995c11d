@NullMarked
package chat.parley.projections.query;

import org.jspecify.annotations.NullMarked;
