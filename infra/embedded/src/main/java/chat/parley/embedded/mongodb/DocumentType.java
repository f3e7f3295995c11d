package chat.parley.embedded.mongodb;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Stores the stand-in's documents as BSON. For unknown types, the store would use Java serialization. */
public final class DocumentType extends BasicDataType<Document> {
    private static final int OBJECT_BYTES = 48;

    /** Reused per thread: a new buffer per document was a sixth of the server's allocations. */
    private final ThreadLocal<ByteBuf> encoding = ThreadLocal.withInitial(Unpooled::buffer);

    @Override
    public int getMemory(Document document) {
        return bytes(document);
    }

    private static int bytes(Object value) {
        return switch (value) {
            case String text -> OBJECT_BYTES + text.length();
            case BinData binary -> OBJECT_BYTES + binary.getData().length;
            case Map<?, ?> fields -> {
                int bytes = OBJECT_BYTES;
                for (Map.Entry<?, ?> field : fields.entrySet()) {
                    bytes += bytes(field.getKey()) + bytes(field.getValue());
                }
                yield bytes;
            }
            case Collection<?> values -> {
                int bytes = OBJECT_BYTES;
                for (Object each : values) {
                    bytes += bytes(each);
                }
                yield bytes;
            }
            case null, default -> OBJECT_BYTES;
        };
    }

    @Override
    public void write(WriteBuffer out, Document document) {
        ByteBuf encoded = encoding.get().clear();
        BsonEncoder.encodeDocument(document, encoded);
        out.putVarInt(encoded.readableBytes()).put(encoded.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer in) {
        int length = DataUtils.readVarInt(in);
        Document document = BsonDecoder.decodeBson(Unpooled.wrappedBuffer(in.slice(in.position(), length)));
        in.position(in.position() + length);
        return document;
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }
}
