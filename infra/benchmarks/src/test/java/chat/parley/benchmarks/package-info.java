/** What the benchmarks, which stand in the packages of what they measure, have in common. */
@NullMarked
package chat.parley.benchmarks;

import org.jspecify.annotations.NullMarked;
