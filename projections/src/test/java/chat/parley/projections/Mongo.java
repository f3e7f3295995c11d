package chat.parley.projections;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with the real wire protocol, shared by all tests; each test has its own database. */
final class Mongo {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final MongoClient CLIENT = started();

    private Mongo() {}

    private static MongoClient started() {
        MongoServer server = new MongoServer(new MemoryBackend());
        InetSocketAddress address = server.bind();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        return MongoClients.create("mongodb://" + address.getHostString() + ":" + address.getPort()
                + "/?retryWrites=false&retryReads=false");
    }

    static MongoClient client() {
        return CLIENT;
    }

    static MongoDatabase database() {
        return CLIENT.getDatabase("test" + DATABASES.incrementAndGet());
    }
}
