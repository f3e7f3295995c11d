/** The common parts of the benchmarks, which are in the packages of the classes they measure. */
@NullMarked
package chat.parley.benchmarks;

import org.jspecify.annotations.NullMarked;
