package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The next minor version: this version with some sources changed, compiled into a folder that precedes the class path.
 * Everything that it stores, and everything that it sends to clients and to other nodes, has additions that this version
 * does not know. It stores a new type of event. Its migrations have expanded the tables.
 */
final class NextVersion {
    static final String NUMBER = "99.1.0";

    /** The name of the additions. */
    static final String ADDITION = "addedByTheNextVersion";

    private static final Path ROOT = Path.of("..", "..");
    private static final String MODULE = ".addMixIn(Record.class, chat.parley.next.Addition.OfRecord.class)";

    private final Path folder;
    private final List<Path> sources = new ArrayList<>();

    private NextVersion(Path folder) {
        this.folder = folder;
    }

    /** @return the folder that precedes the class path of this version */
    static Path build(Path files) throws IOException {
        NextVersion next = new NextVersion(files);
        next.resource(
                "META-INF/build-info.properties", "build.version=" + NUMBER + "\nbuild.name=Parley\nbuild.group=chat");
        next.resource(
                "db/vault/V99_1__expand_next.sql",
                "CREATE TABLE vault.next (id int); ALTER TABLE vault.push_leases ADD COLUMN next text DEFAULT 'new';");
        // Its number is lower than some of this version's.
        next.resource(
                "db/events/V3_99__expand_next.sql",
                "ALTER TABLE events.domain_events ADD COLUMN next int NOT NULL DEFAULT 7;"
                        + " CREATE INDEX next ON events.domain_events (next) WHERE next <> 7;");
        next.changeSources();
        next.compile();
        return next.folder.resolve("classes");
    }

    private void resource(String name, String content) throws IOException {
        Path file = folder.resolve("classes").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void changeSources() throws IOException {
        source("chat/parley/next/Addition.java", """
                package chat.parley.next;

                import tools.jackson.core.JsonGenerator;
                import tools.jackson.databind.JavaType;
                import tools.jackson.databind.SerializationContext;
                import tools.jackson.databind.annotation.JsonAppend;
                import tools.jackson.databind.cfg.MapperConfig;
                import tools.jackson.databind.introspect.AnnotatedClass;
                import tools.jackson.databind.introspect.BeanPropertyDefinition;
                import tools.jackson.databind.ser.VirtualBeanPropertyWriter;
                import tools.jackson.databind.util.Annotations;

                public final class Addition extends VirtualBeanPropertyWriter {
                    public Addition() {}

                    private Addition(BeanPropertyDefinition property, Annotations annotations, JavaType type) {
                        super(property, annotations, type);
                    }

                    @Override
                    protected Object value(Object bean, JsonGenerator json, SerializationContext context) {
                        return java.util.List.of(java.util.Map.of("minor", 1));
                    }

                    @Override
                    public VirtualBeanPropertyWriter withConfig(
                            MapperConfig<?> config, AnnotatedClass owner, BeanPropertyDefinition property, JavaType type) {
                        return new Addition(property, owner.getAnnotations(), type);
                    }

                    @JsonAppend(props = @JsonAppend.Prop(value = Addition.class, name = "ADDITION", type = java.util.List.class))
                    public interface OfRecord {}
                }
                """.replace("ADDITION", ADDITION));
        source("chat/parley/next/NewEvent.java", "package chat.parley.next; public record NewEvent(String what) {}");
        source("chat/parley/app/NextConfiguration.java", """
                package chat.parley.app;

                import chat.parley.next.NewEvent;
                import java.util.Map;
                import java.util.UUID;
                import org.axonframework.eventhandling.EventBus;
                import org.axonframework.eventhandling.GenericDomainEventMessage;
                import org.springframework.beans.factory.SmartInitializingSingleton;
                import org.springframework.boot.context.event.ApplicationReadyEvent;
                import org.springframework.context.annotation.Bean;
                import org.springframework.context.annotation.Configuration;
                import org.springframework.context.event.EventListener;

                @Configuration(proxyBeanMethods = false)
                class NextConfiguration {
                    private final EventBus events;

                    NextConfiguration(EventBus events) {
                        this.events = events;
                    }

                    @Bean
                    SmartInitializingSingleton nextMetadata() {
                        return () -> events.registerDispatchInterceptor(
                                all -> (number, event) -> event.andMetaData(Map.of("ADDITION", "metadata")));
                    }

                    @EventListener
                    void publish(ApplicationReadyEvent ready) {
                        events.publish(new GenericDomainEventMessage<>(
                                "NewAggregate", UUID.randomUUID().toString(), 0, new NewEvent("happened")));
                    }
                }
                """.replace("ADDITION", ADDITION));
        // Stored events and snapshots.
        change(
                "infra/event-store",
                "eventstore/serialization/EventSerialization",
                "mapper.disable(",
                "mapper" + MODULE + ".addMixIn(chat.parley.domain.Conversation.class,"
                        + " chat.parley.next.Addition.OfRecord.class).disable(");
        // Frames to clients.
        change(
                "query-side/wire",
                "wire/FrameCodec",
                ".build())\n            .disable(",
                ".build())" + MODULE + ".disable(");
        // Documents of the read model, and the encoded values in them.
        change("projections", "projections/store/EventJson", "JsonMapper.builder()", "JsonMapper.builder()" + MODULE);
        change(
                "projections",
                "projections/store/ClaimFence",
                ".append(path, claim.number())",
                ".append(path, claim.number()).append(\"" + ADDITION + "\", 1L)");
        // Entries of the registry in ZooKeeper.
        change(
                "infra/discovery",
                "discovery/AnnouncementCodec",
                "new JsonMapper()",
                "JsonMapper.builder()" + MODULE + ".build()");
        // Messages between nodes.
        change(
                "infra/event-processing",
                "eventprocessing/sharing/SharedProgress",
                "\"/\" + segment.getValue()",
                "\"/\" + segment.getValue() + \"/" + ADDITION + "\"");
        change(
                "query-side/push",
                "push/session/TypingExchange",
                "\" \" + user.value()",
                "\" \" + user.value() + \" " + ADDITION + "\"");
    }

    private void source(String name, String content) throws IOException {
        Path file = folder.resolve("sources").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        sources.add(file);
    }

    private void change(String module, String name, String present, String changed) throws IOException {
        String file = "chat/parley/" + name + ".java";
        String source =
                Files.readString(ROOT.resolve(module).resolve("src/main/java").resolve(file));
        assertThat(source).as(file).containsOnlyOnce(present);
        source(file, source.replace(present, changed));
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-parameters",
                    "-cp",
                    ChildJvm.classPath(),
                    "-d",
                    folder.resolve("classes").toString());
            assertThat(compiler.getTask(
                                    null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .isTrue();
        }
    }
}
