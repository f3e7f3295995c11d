package chat.parley.dispatch;

import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.contact.UserRelationships;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.SentMessages;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Handles commands: the bus in front of the aggregates, and the queries that aggregates make. Needs Axon's gateways.
 */
@Configuration(proxyBeanMethods = false)
public class CommandHandlingConfiguration {
    @Bean
    SentMessages sentMessages(QueryGateway queries) {
        return new QueriedSentMessages(queries);
    }

    @Bean
    QueriedRelations relations(
            CommandGateway commands, KeyedHash hashes, @Value("${parley.engines:embedded}") String engines) {
        return new QueriedRelations(new CommandBusClient(commands), hashes, engines.equals("server"));
    }

    @Bean
    SmartInitializingSingleton changedAccounts(
            @Qualifier("localSegment") CommandBus commandBus, QueriedRelations relations) {
        return () -> commandBus.registerHandlerInterceptor(relations);
    }

    @Bean
    BlockPolicy blockPolicy(UserRelationships relations) {
        return new BlockPolicy(relations);
    }

    /** The event store groups commits by itself, so a command needs no transaction of its own. */
    @Bean
    TransactionManager axonTransactionManager() {
        return NoTransactionManager.instance();
    }

    /** A handler waits for the group commit, so each command has its own virtual thread. */
    @Bean(destroyMethod = "close")
    ExecutorService commandExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("command-", 0).factory());
    }

    @Bean
    @Qualifier("localSegment")
    CommandBus commandBus(
            @Qualifier("commandExecutor") ExecutorService commandExecutor, TransactionManager transactions) {
        return new OutcomeResolvingCommandBus(AsynchronousCommandBus.builder()
                .executor(commandExecutor)
                .transactionManager(transactions)
                .build());
    }

    /** Commands are not stored, so an event does not name the command that caused it. */
    @Bean
    CorrelationDataProvider correlationData() {
        return new SimpleCorrelationDataProvider();
    }

    @Bean
    SmartInitializingSingleton failedAnswers(QueryBus queries) {
        return () -> queries.registerHandlerInterceptor(new QueryFailureInterceptor());
    }
}
