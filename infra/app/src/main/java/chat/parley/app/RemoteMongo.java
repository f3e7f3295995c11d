package chat.parley.app;

import chat.parley.api.process.StartupFailure;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** The MongoDB of the read side. */
record RemoteMongo(ConnectionString connection) implements RemoteEngine {
    @Override
    public void ask() {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(connection)
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(CONNECTING.toMillis(), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECTING.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(ANSWERING.toMillis(), TimeUnit.MILLISECONDS))
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            client.getDatabase("admin").runCommand(new Document("ping", 1));
        } catch (MongoSecurityException e) {
            throw new StartupFailure(
                    this + " refuses Parley's credentials", "Correct the user and the password in " + setting(), e);
        }
    }

    @Override
    public String setting() {
        return "spring.mongodb.uri";
    }

    @Override
    public String toString() {
        return "MongoDB at " + String.join(",", connection.getHosts());
    }
}
