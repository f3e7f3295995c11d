/** Traces of messages, exported with OpenTelemetry's protocol. */
@NullMarked
package chat.parley.app.tracing;

import org.jspecify.annotations.NullMarked;
