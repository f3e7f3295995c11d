/**
 * The load generator, a client of the public protocol that shares no code with the server. A package depends only on
 * packages below it:
 *
 * <pre>
 * Main
 * scenario   replay   capacity
 * workload
 * harness
 * report
 * check
 * client
 * metrics
 * protocol
 * </pre>
 */
@NullMarked
package chat.parley.load;

import org.jspecify.annotations.NullMarked;
