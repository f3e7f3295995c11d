/**
 * Service discovery: which push nodes exist, and which one a client should connect to. {@link
 * chat.parley.discovery.GatewayRegistry} is the interface; {@link chat.parley.discovery.DiscoveryConfiguration}
 * registers a node as soon as it provides its number of sessions.
 */
@NullMarked
package chat.parley.discovery;

import org.jspecify.annotations.NullMarked;
