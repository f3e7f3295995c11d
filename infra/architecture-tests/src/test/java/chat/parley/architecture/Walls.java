package chat.parley.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The dependency rules. Each rule has a violator in these test sources, which proves that it can fail. */
final class Walls {
    private static final String[] ENGINES = {"de.bwaldvogel..", "io.zonky..", "org.h2.."};

    private Walls() {}

    /** The rules by name. */
    static Map<String, ArchRule> all() {
        Map<String, ArchRule> walls = new LinkedHashMap<>();
        walls.put(
                "api speaks for itself",
                onlyKnows(
                        "api",
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        "com.ibm.icu..",
                        "org.axonframework.."));
        walls.put(
                "only the rules of text and the analysis know ICU",
                noClasses()
                        .that(not(resideInAnyPackage("chat.parley.api.text..", "chat.parley.search.analysis..")))
                        .should()
                        .dependOnClassesThat(resideInAPackage("com.ibm.icu..")));
        walls.put(
                "domain knows only api and Axon",
                onlyKnows(
                        "domain",
                        "chat.parley.api..",
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "java.text..",
                        // Buffers and digests, which are arithmetic; files and channels are elsewhere.
                        "java.nio",
                        "java.nio.charset..",
                        "java.security",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        "org.axonframework.."));
        walls.put(
                "dispatch knows only event processing and api among ours",
                knowsOfOurs("dispatch", "eventprocessing", "api"));
        walls.put(
                "identity knows only dispatch, event processing, web and api among ours",
                knowsOfOurs("identity", "dispatch", "eventprocessing", "web", "api"));
        walls.put(
                "retention knows only identity, dispatch, event processing, web and api among ours",
                knowsOfOurs("retention", "identity", "dispatch", "eventprocessing", "web", "api"));
        walls.put("web knows only api among ours", knowsOfOurs("web", "api"));
        walls.put("the page knows only web among ours", knowsOfOurs("page", "web"));
        walls.put("vault knows only api among ours", knowsOfOurs("vault", "api"));
        walls.put(
                "the transparency library knows nothing but Java",
                onlyKnows("transparency", "java..", "org.jspecify.."));
        walls.put("event processing knows only api among ours", knowsOfOurs("eventprocessing", "api"));
        walls.put("the event store knows only vault and api among ours", knowsOfOurs("eventstore", "vault", "api"));
        walls.put("discovery knows only api among ours", knowsOfOurs("discovery", "api"));
        walls.put(
                "only discovery knows ZooKeeper",
                noClasses()
                        .that(not(resideInAnyPackage("chat.parley.discovery..", "chat.parley.testing..")))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("org.apache.zookeeper..", "org.apache.curator..")));
        walls.put("the embedded engines know only api among ours", knowsOfOurs("embedded", "api"));
        walls.put("the load generator knows no server module", knowsOfOurs("load"));
        walls.put("the fakes know only api among ours", knowsOfOurs("testing", "api"));
        walls.put("nobody knows the application", nobodyKnows("app"));
        walls.put("no main code knows the fakes", nobodyKnows("testing"));
        walls.put(
                "projections know only event processing and api among ours",
                knowsOfOurs("projections", "eventprocessing", "api"));
        walls.put(
                "audit knows only transparency, verify, wire, dispatch, event processing, web and api among ours",
                knowsOfOurs("audit", "transparency", "verify", "wire", "dispatch", "eventprocessing", "web", "api"));
        walls.put("verify knows only transparency among ours", knowsOfOurs("verify", "transparency"));
        walls.put("the command line knows only verify among ours", knowsOfOurs("cli", "verify"));
        walls.put(
                "backup knows only the command line, the event store, the embedded engines, vault and api among ours",
                knowsOfOurs("backup", "cli", "eventstore", "embedded", "vault", "api"));
        walls.put("wire knows only api among ours", knowsOfOurs("wire", "api"));
        walls.put(
                "push knows only wire, dispatch, event processing, web and api among ours",
                knowsOfOurs("push", "wire", "dispatch", "eventprocessing", "web", "api"));
        walls.put(
                "the packages of push know each other in one direction",
                CompositeArchRule.of(knowsNoOther("push.socket", "push.fanout", "push.presence", "push.session"))
                        .and(knowsNoOther("push.fanout", "push.presence", "push.session"))
                        .and(knowsNoOther("push.presence", "push.session")));
        walls.put(
                "push knows no store",
                noClasses()
                        .that(resideInAPackage("chat.parley.push.."))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "com.mongodb..",
                                "org.bson..",
                                "java.sql..",
                                "javax.sql..",
                                "org.springframework.jdbc..",
                                "org.springframework.data..",
                                "org.axonframework.eventsourcing..")));
        walls.put(
                "search knows only event processing, web and api among ours",
                knowsOfOurs("search.history", "eventprocessing", "web", "api"));
        walls.put(
                "only search knows Elasticsearch's client",
                noClasses()
                        .that(not(resideInAPackage("chat.parley.search..")))
                        .should()
                        .dependOnClassesThat(resideInAPackage("co.elastic.clients..")));
        walls.put(
                "no query is Lucene's",
                noClasses()
                        .that(resideInAPackage("chat.parley.search.."))
                        .should()
                        .dependOnClassesThat(
                                nameMatching("co\\.elastic\\.clients\\.elasticsearch\\._types\\.query_dsl\\."
                                        + "(QueryString|SimpleQueryString|Regexp|Wildcard|Script|Wrapper)Query.*")));
        walls.put(
                "the analysis runs in Elasticsearch and knows nothing else",
                onlyKnows(
                        "search.analysis",
                        "java..",
                        "org.jspecify..",
                        "com.ibm.icu..",
                        "org.apache.lucene..",
                        "org.elasticsearch.plugin.."));
        walls.put(
                "the command side's http knows only identity, dispatch, web and api among ours",
                knowsOfOurs("command.http", "identity", "dispatch", "web", "api"));
        walls.put(
                "notifications know only event processing, vault, web and api among ours",
                knowsOfOurs("notifications", "eventprocessing", "vault", "web", "api"));
        walls.put(
                "only notifications know the push services",
                noClasses()
                        .that(not(resideInAPackage("chat.parley.notifications..")))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(
                                "com.eatthepath..",
                                "com.google.auth..",
                                "com.zerodeplibs..",
                                "org.eclipse.jetty.client..")));
        walls.put(
                "the query side's http knows only wire, event processing, web, api and discovery among ours",
                knowsOfOurs("query.http", "wire", "eventprocessing", "web", "api", "discovery"));
        walls.put(
                "only the embedded engines know their names",
                noClasses()
                        .that(not(resideInAnyPackage("chat.parley.embedded..", "chat.parley.testing..")))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(ENGINES)));
        walls.put(
                "only the event store and the application know Axon Server",
                noClasses()
                        .that(not(resideInAnyPackage(
                                "chat.parley.eventstore..", "chat.parley.dispatch..", "chat.parley.app..")))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("org.axonframework.axonserver..", "io.axoniq..")));
        walls.put(
                "only programs make a clock",
                noClasses()
                        .that(not(
                                resideInAnyPackage("chat.parley.app..", "chat.parley.load..", "chat.parley.verify..")))
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Clock.class, "systemUTC")
                        .orShould()
                        .callMethod(Clock.class, "systemDefaultZone"));
        walls.put(
                "nothing is injected into fields",
                fields().should().notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired"));
        walls.put(
                "packages have no cycles",
                slices().matching("chat.parley.(**)").should().beFreeOfCycles());
        return walls;
    }

    private static ArchRule onlyKnows(String room, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "chat.parley." + room + "..";
        System.arraycopy(others, 0, allowed, 1, others.length);
        return classes()
                .that(resideInAPackage(allowed[0]))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed));
    }

    private static ArchRule knowsNoOther(String room, String... others) {
        String[] forbidden =
                Stream.of(others).map(other -> "chat.parley." + other + "..").toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage("chat.parley." + room + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden));
    }

    private static ArchRule nobodyKnows(String room) {
        String module = "chat.parley." + room + "..";
        return noClasses().that(not(resideInAPackage(module))).should().dependOnClassesThat(resideInAPackage(module));
    }

    private static ArchRule knowsOfOurs(String room, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "chat.parley." + room + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "chat.parley." + others[i] + "..";
        }
        return noClasses()
                .that(resideInAPackage(allowed[0]))
                .should()
                .dependOnClassesThat(resideInAPackage("chat.parley..").and(not(resideInAnyPackage(allowed))));
    }
}
