package chat.parley.audit.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.transparency.tree.Hash;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;

/**
 * Writes stored events as CloudEvents 1.0 in JSON, one a line. The data are the stored payload, with its texts still
 * sealed. Extensions: {@code globalindex}, {@code sequence} (in the aggregate), {@code aggregatetype}, {@code revision},
 * and {@code payloadsha256} of the stored bytes in hex.
 */
final class CloudEventWriter {
    private static final byte[] NEWLINE = "\n".getBytes(US_ASCII);

    private final JsonFormat format = new JsonFormat();
    private final URI source;

    CloudEventWriter(Epoch epoch) {
        this.source = URI.create("/parley/" + epoch.value());
    }

    void write(RawEvent event, OutputStream out) throws IOException {
        out.write(format.serialize(cloudEvent(event)));
        out.write(NEWLINE);
    }

    private CloudEvent cloudEvent(RawEvent event) {
        CloudEventBuilder builder = CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(source)
                .withType(event.type())
                .withSubject(event.aggregate())
                .withTime(Instant.ofEpochMilli(event.atMillis()).atOffset(ZoneOffset.UTC))
                .withData("application/json", event.payload())
                .withExtension("globalindex", Long.toString(event.index()))
                .withExtension("sequence", Long.toString(event.sequence()))
                .withExtension(
                        "payloadsha256",
                        HexFormat.of().formatHex(Hash.plain(event.payload()).toBytes()));
        if (event.aggregateType() != null) {
            builder.withExtension("aggregatetype", event.aggregateType());
        }
        if (event.revision() != null) {
            builder.withExtension("revision", event.revision());
        }
        return builder.build();
    }
}
