package chat.parley.projections;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;

/**
 * How long Parley waits for MongoDB. The driver's own defaults are half a minute for a server that is away, and forever
 * for an answer.
 *
 * @param connectTimeout  how long a request waits for a connection, and how often a server is asked whether it is there
 * @param responseTimeout how long MongoDB may take for one answer
 */
@ConfigurationProperties("parley.mongodb")
record MongoProperties(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout) {

    MongoClientSettingsBuilderCustomizer timeouts() {
        int connectMs = Math.toIntExact(connectTimeout.toMillis());
        int responseMs = Math.toIntExact(responseTimeout.toMillis());
        return settings -> settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(connectMs, TimeUnit.MILLISECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(connectMs, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(connectMs, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(connectMs, TimeUnit.MILLISECONDS)
                        .readTimeout(responseMs, TimeUnit.MILLISECONDS));
    }
}
