/** The program {@code parley}, with which operators and auditors use a server from the command line. */
@NullMarked
package chat.parley.cli;

import org.jspecify.annotations.NullMarked;
