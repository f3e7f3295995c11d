package chat.parley.audit.log;

import chat.parley.api.conversation.Entries;
import chat.parley.api.port.Epoch;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.follow.FollowedEvents;
import chat.parley.audit.log.witness.Cosigning;
import chat.parley.audit.log.witness.RemoteWitness;
import chat.parley.eventprocessing.query.QueryClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures the transparency log. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "parley.transparency.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TransparencyProperties.class)
public class LogConfiguration {
    @Bean
    @DependsOnDatabaseInitialization
    LogTables logTables(DataSource dataSource) {
        return new LogTables(dataSource);
    }

    @Bean
    Cosigning cosigning(LogTables tables, TransparencyProperties properties, MeterRegistry meters) {
        Cosigning cosigning = new Cosigning(properties.witnessSettings(), tables, tables);
        for (RemoteWitness witness : cosigning.witnesses()) {
            Gauge.builder("parley.transparency.witness.lag.events", cosigning, all -> all.lag(witness))
                    .tag("witness", witness.name())
                    .description("Events of the newest checkpoint that the witness has not cosigned")
                    .register(meters);
            Gauge.builder(
                            "parley.transparency.witness.contradicting",
                            witness,
                            asked -> asked.state() == RemoteWitness.State.CONTRADICTING ? 1 : 0)
                    .tag("witness", witness.name())
                    .description("1 if the witness has cosigned a history that the log does not continue")
                    .register(meters);
        }
        return cosigning;
    }

    @Bean
    TransparencyLog transparencyLog(
            @Qualifier("followedEvents") FollowedEvents events,
            LogTables tables,
            Cosigning cosigning,
            PlatformTransactionManager vault,
            Epoch epoch,
            Clock clock,
            TransparencyProperties properties,
            @Value("${parley.data-dir:./parley-data}") Path dataDir,
            MeterRegistry meters) {
        LogIdentity identity =
                new LogIdentity(properties.directoryIn(dataDir), properties.origin() + "/" + epoch.value());
        TransparencyLog log = new TransparencyLog(
                events,
                tables,
                new TransactionTemplate(vault),
                identity,
                properties.predecessor(),
                clock,
                properties.checkpointInterval(),
                cosigning::offer);
        Gauge.builder("parley.transparency.lag.events", log, TransparencyLog::lag)
                .description("Stored events that no checkpoint of the transparency log covers yet")
                .register(meters);
        Gauge.builder(
                        "parley.transparency.stopped",
                        log,
                        running -> running.state() == TransparencyLog.State.STOPPED ? 1 : 0)
                .description("1 if the event store or the vault contradicts what the transparency log has signed")
                .register(meters);
        return log;
    }

    @Bean
    TransparencyController transparency(
            TransparencyLog log, Cosigning cosigning, LogTables tables, EventProofs proofs) {
        return new TransparencyController(log, cosigning, tables, proofs);
    }

    @Bean
    EventProofs eventProofs(
            RawEvents events,
            LogTables tables,
            TransparencyLog log,
            Cosigning cosigning,
            TransparencyProperties properties) {
        return new EventProofs(events, tables, log, cosigning, properties.proofTimeout());
    }

    @Bean
    SaltShredder saltShredder(
            LogTables tables,
            PlatformTransactionManager vault,
            TransparencyLog log,
            TransparencyProperties properties) {
        return new SaltShredder(tables, new TransactionTemplate(vault), log, properties.proofTimeout());
    }

    @Bean
    EventProofController eventProofController(EventProofs proofs, AuditAccess access) {
        return new EventProofController(proofs, access);
    }

    @Bean
    EntryProofController entryProofs(QueryGateway queries, EventProofs proofs, TransparencyProperties properties) {
        QueryClient client = new QueryClient(queries, properties.proofTimeout());
        return new EntryProofController(query -> client.ask(query, Entries.class), proofs);
    }
}
