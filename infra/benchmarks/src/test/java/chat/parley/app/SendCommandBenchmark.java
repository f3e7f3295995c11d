package chat.parley.app;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand.Draft;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationCommand.StartDirect;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.port.EntryLookup;
import chat.parley.api.port.KeyedHash;
import chat.parley.api.port.TextProtection;
import chat.parley.benchmarks.Samples;
import chat.parley.benchmarks.VirtualThreads;
import chat.parley.eventstore.Aggregates;
import chat.parley.eventstore.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration;
import org.axonframework.springboot.autoconfig.InfraConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** One message from the command gateway through the bus and the cached conversation to its acknowledgement. */
@State(Scope.Benchmark)
@Fork(jvmArgsAppend = {VirtualThreads.ONE_CARRIER, VirtualThreads.NO_SECOND_CARRIER})
public class SendCommandBenchmark {
    /** Each has one message in flight, so no message waits for another one. */
    private static final int CONVERSATIONS = 64;

    private final AtomicLong messages = new AtomicLong();
    private final List<ConversationId> conversations = new ArrayList<>();
    private ConfigurableApplicationContext application;
    private CommandGateway gateway;

    @Setup
    public void start() {
        application = new SpringApplicationBuilder(CommandSide.class)
                .web(WebApplicationType.NONE)
                .properties("axon.axonserver.enabled=false", "parley.commands.snapshot-every=" + Integer.MAX_VALUE)
                .run();
        gateway = application.getBean(CommandGateway.class);
        KeyedHash hashes = application.getBean(KeyedHash.class);
        for (int i = 1; i <= CONVERSATIONS; i++) {
            UserId other = Samples.user(i);
            ConversationId conversation = hashes.directConversation(Samples.AUTHOR, other);
            gateway.sendAndWait(new StartDirect(conversation, Samples.AUTHOR, other));
            conversations.add(conversation);
        }
    }

    @TearDown
    public void stop() {
        application.close();
    }

    @Benchmark
    @OperationsPerInvocation(CONVERSATIONS)
    public void send() throws InterruptedException {
        VirtualThreads.run(CONVERSATIONS, i -> send(conversations.get(i)));
    }

    private void send(ConversationId conversation) {
        long number = messages.incrementAndGet();
        Draft draft = new Draft(
                Samples.AUTHOR,
                Samples.messageId(Samples.AT.toEpochMilli() + number, number),
                Samples.TEXT,
                null,
                List.of());
        SendOutcomes answer = gateway.sendAndWait(new SendMessages(conversation, List.of(draft)));
        if (answer.outcomes().getFirst().ack() == null) {
            throw new IllegalStateException("Not accepted: " + answer);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({CommandSideConfiguration.class, AggregateConfiguration.class})
    @ImportAutoConfiguration({
        AxonAutoConfiguration.class,
        EventProcessingAutoConfiguration.class,
        InfraConfiguration.class
    })
    static class CommandSide {
        private static final int CACHED_AGGREGATES = 50_000;

        private final Vault vault = new Vault();

        @Bean
        TextProtection textProtection() {
            return vault.protection();
        }

        @Bean
        KeyedHash keyedHash() {
            return vault.hashes();
        }

        @Bean
        EntryLookup entryAt() {
            return (_, _) -> Optional.empty();
        }

        @Bean
        @org.springframework.context.annotation.Scope("prototype")
        Cache aggregateCache() {
            return Aggregates.cache(CACHED_AGGREGATES);
        }

        @Bean("eventBus")
        @Qualifier("eventStore")
        EventStore eventStore() {
            return Aggregates.storingNothing();
        }
    }
}
