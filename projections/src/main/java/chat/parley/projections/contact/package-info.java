@NullMarked
package chat.parley.projections.contact;

import org.jspecify.annotations.NullMarked;
