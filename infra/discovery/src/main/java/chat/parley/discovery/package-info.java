/**
 * Service discovery: which push nodes there are and which one a client had best connect to. Everything goes through
 * {@link chat.parley.discovery.GatewayRegistry}; a node is announced by
 * {@link chat.parley.discovery.DiscoveryConfiguration} as soon as it can say how many sessions it carries.
 */
@NullMarked
package chat.parley.discovery;

import org.jspecify.annotations.NullMarked;
