/** Waits for the read model to include what a query asks for, and answers from the served generation. */
@NullMarked
package chat.parley.projections.query;

import org.jspecify.annotations.NullMarked;
