/** A client of the public protocol, WebSocket and REST, that reconnects, resumes and retries. */
@NullMarked
package chat.parley.load.client;

import org.jspecify.annotations.NullMarked;
