package chat.parley.embedded.mongodb;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Orders and stores the keys of the stand-in's indexes by their values. For unknown types, the store would serialise
 * both keys for every comparison, which took half of the time of a read.
 */
public final class KeyValueType extends BasicDataType<KeyValue> {
    private static final int OBJECT_BYTES = 48;
    private final ObjectDataType values = new ObjectDataType();

    @Override
    public int compare(KeyValue one, KeyValue other) {
        int shorter = Math.min(one.size(), other.size());
        for (int i = 0; i < shorter; i++) {
            int order = values.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    @Override
    public int getMemory(KeyValue key) {
        int bytes = OBJECT_BYTES;
        for (Object value : key) {
            bytes += values.getMemory(value);
        }
        return bytes;
    }

    @Override
    public void write(WriteBuffer out, KeyValue key) {
        out.putVarInt(key.size());
        for (Object value : key) {
            values.write(out, value);
        }
    }

    @Override
    public KeyValue read(ByteBuffer in) {
        int size = DataUtils.readVarInt(in);
        List<Object> read = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            read.add(values.read(in));
        }
        return new KeyValue(read);
    }

    @Override
    public KeyValue[] createStorage(int size) {
        return new KeyValue[size];
    }
}
