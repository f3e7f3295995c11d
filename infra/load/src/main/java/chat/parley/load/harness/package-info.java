/** The run of a scenario: sign-up, warm-up, measured window, report. */
@NullMarked
package chat.parley.load.harness;

import org.jspecify.annotations.NullMarked;
