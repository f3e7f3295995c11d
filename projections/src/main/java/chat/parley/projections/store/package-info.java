/** Access to the collections of a generation, bulk writes, and the JSON in documents. */
@NullMarked
package chat.parley.projections.store;

import org.jspecify.annotations.NullMarked;
