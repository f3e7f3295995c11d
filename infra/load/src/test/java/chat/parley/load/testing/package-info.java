/** A server of the tests that speaks the public protocol, honestly or with one fault. */
@NullMarked
package chat.parley.load.testing;

import org.jspecify.annotations.NullMarked;
