package chat.parley.vault;

import chat.parley.api.RandomValues;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.Installation;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.KeyedHash.Purpose;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.TextProtection;
import chat.parley.api.port.VaultSecrets;
import chat.parley.vault.message.PostgresNodeMessages;
import chat.parley.vault.primary.PrimaryConnections;
import chat.parley.vault.primary.PrimaryPool;
import chat.parley.vault.text.TextKeyCache;
import chat.parley.vault.text.TextKeyTables;
import chat.parley.vault.text.VaultTextKeys;
import chat.parley.vault.text.VaultTextProtection;
import chat.parley.vault.wrapping.KeyRenewal;
import chat.parley.vault.wrapping.VaultTransaction;
import chat.parley.vault.wrapping.Wrapping;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens the vault, if it is the one of the events: first its key file, then the destroyed keys, then what reads texts and
 * secrets.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultProperties.class)
public class VaultConfiguration {
    private static final String DATA_DIR = "${parley.data-dir:./parley-data}";

    private static final int EPOCH_BYTES = 9;

    @Bean
    PrimaryConnections primaryConnections(JdbcConnectionDetails connection) {
        return PrimaryConnections.to(connection.getJdbcUrl(), connection.getUsername(), connection.getPassword());
    }

    @Bean
    static PrimaryPool primaryPool(ObjectProvider<PrimaryConnections> connections) {
        return new PrimaryPool(connections::getObject);
    }

    @Bean
    VaultTransaction vaultTransaction(DataSource vault) {
        return new VaultTransaction(vault);
    }

    @Bean
    @DependsOnDatabaseInitialization
    Wrapping wrapping(
            VaultTransaction vault,
            VaultProperties properties,
            @Value(DATA_DIR) Path dataDir,
            ObjectProvider<RawEvents> events) {
        KeysOfEvents.require(vault.jdbc(), () -> events.getObject().head() >= 0);
        return Wrapping.open(vault, properties.keyFileIn(dataDir));
    }

    /** Only nodes that share the vault have anything to tell each other. */
    @Bean
    @ConditionalOnProperty(name = "parley.engines", havingValue = "server")
    PostgresNodeMessages nodeMessages(DataSource vault, PrimaryConnections connections) {
        return PostgresNodeMessages.over(vault, connections);
    }

    @Bean
    KeyRenewal keyRenewal(Wrapping wrapping, ObjectProvider<MeterRegistry> meters) {
        KeyRenewal renewal = new KeyRenewal(wrapping);
        Gauge.builder("parley.vault.keys.to.rewrap", renewal, KeyRenewal::outdated)
                .description("Keys and secrets of the vault that a former key encryption key encrypts")
                .register(meters.getIfAvailable(SimpleMeterRegistry::new));
        return renewal;
    }

    @Bean
    VaultTables vaultTables(VaultTransaction vault, Wrapping wrapping) {
        return new VaultTables(vault, wrapping.keys());
    }

    @Bean
    VaultSecrets vaultSecrets(VaultTables tables) {
        return new CachedVaultSecrets(tables);
    }

    @Bean
    KeyedHash keyedHash(VaultSecrets secrets) {
        return new HmacKeyedHash(secrets);
    }

    @Bean
    static Installation installation(KeyedHash hash) {
        return new Installation(hash.of(Purpose.INSTALLATION, "parley"));
    }

    @Bean
    Epoch epoch(VaultTables tables, VaultProperties properties) {
        String restore = properties.restore();
        return new Epoch(
                restore == null
                        ? tables.epoch(VaultConfiguration::newEpoch)
                        : tables.epochAfter(restore, VaultConfiguration::newEpoch));
    }

    static String newEpoch() {
        return RandomValues.text(EPOCH_BYTES);
    }

    @Bean
    TextKeyTables textKeyTables(VaultTransaction vault, Wrapping wrapping) {
        return new TextKeyTables(vault, wrapping.keys());
    }

    @Bean
    TextKeyCache textKeyCache(VaultProperties properties) {
        return new TextKeyCache(
                properties.cachedTextKeys(),
                properties.textKeysExpireAfter(),
                properties.trustKeysFor(),
                System::nanoTime);
    }

    @Bean
    VaultTextKeys textKeys(
            VaultTransaction vault,
            TextKeyTables keys,
            TextKeyCache cache,
            VaultProperties properties,
            @Value(DATA_DIR) Path dataDir) {
        return VaultTextKeys.open(
                vault, keys, cache, properties.destroyedFileIn(dataDir), properties.destroyedInterval());
    }

    /** Depends on the destroyed keys, so that a restored vault reveals nothing before they are destroyed again. */
    @Bean
    TextProtection textProtection(VaultTextKeys destroyed, TextKeyTables keys, TextKeyCache cache, Clock clock) {
        return new VaultTextProtection(keys, cache, clock);
    }
}
