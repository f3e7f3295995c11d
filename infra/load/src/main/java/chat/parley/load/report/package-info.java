/** Reports of runs, and the results page made from them. */
@NullMarked
package chat.parley.load.report;

import org.jspecify.annotations.NullMarked;
