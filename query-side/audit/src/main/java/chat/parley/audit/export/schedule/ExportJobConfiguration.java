package chat.parley.audit.export.schedule;

import chat.parley.api.audit.AuditAction;
import chat.parley.api.port.RawEvents;
import chat.parley.audit.access.AuditAccess;
import chat.parley.audit.export.EventArchiver;
import chat.parley.audit.log.EventProofs;
import chat.parley.dispatch.PeriodicRounds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures the export job; only where the log is, and with a place to write to. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(EventProofs.class)
@Conditional(ExportJobConfiguration.HasAPlace.class)
@EnableConfigurationProperties(ExportJobProperties.class)
public class ExportJobConfiguration {
    /** A round finds something to do after each full period. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    @Bean
    ArchiveStore archiveStore(ExportJobProperties properties) {
        return properties.store();
    }

    @Bean
    @DependsOnDatabaseInitialization
    PeriodicRounds exportJobRounds(
            DataSource vault,
            PlatformTransactionManager transactions,
            RawEvents events,
            EventArchiver archiver,
            AuditAccess access,
            Clock clock,
            ExportJobProperties properties,
            ArchiveStore archives,
            MeterRegistry meters) {
        ExportJob job = new ExportJob(
                vault,
                new TransactionTemplate(transactions),
                events,
                archiver,
                (what, reason) -> access.recordOfSystem(AuditAction.EXPORT, what, reason),
                clock,
                properties,
                archives);
        return new PeriodicRounds("export-job", Duration.ZERO, PAUSE, new ExportJobRounds(job, meters)::run);
    }

    /** A directory or a bucket. */
    static final class HasAPlace extends AnyNestedCondition {
        HasAPlace() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("parley.audit.exports.directory")
        static final class Directory {}

        @ConditionalOnProperty("parley.audit.exports.s3.bucket")
        static final class Bucket {}
    }
}
