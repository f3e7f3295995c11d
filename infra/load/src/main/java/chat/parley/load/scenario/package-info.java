/** The scenarios, one subcommand each. */
@NullMarked
package chat.parley.load.scenario;

import org.jspecify.annotations.NullMarked;
