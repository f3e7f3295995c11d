package chat.parley.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * A library of the page, from a jar with browser files. The version is that of the jar on the classpath.
 *
 * @param group   group of the jar
 * @param name    name of the jar and of the package
 * @param folder  folder of the jar that has a folder for each package
 * @param files   files that are served, below the version's folder
 * @param modules what modules import, with the file that they get
 */
record Library(String group, String name, String folder, List<String> files, Map<String, String> modules) {
    private static final String WEBJARS = "org.webjars.npm";
    private static final String MVNPM = "org.mvnpm";

    /** Those that the page may import. A browser downloads the ones that its view needs. */
    static final List<Library> ALL = List.of(
            webJar("preact", List.of(), Map.of("preact", "dist/preact.mjs", "preact/hooks", "hooks/dist/hooks.mjs")),
            mvnpm("htm", Map.of("htm", "dist/htm.mjs", "htm/preact", "preact/index.mjs")),
            mvnpm("marked", Map.of("marked", "lib/marked.esm.js")),
            webJar("idb", List.of("build/wrap-idb-value.js"), Map.of("idb", "build/index.js")));

    private static Library webJar(String name, List<String> more, Map<String, String> modules) {
        return new Library(WEBJARS, name, "META-INF/resources/webjars/", files(modules, more), modules);
    }

    private static Library mvnpm(String name, Map<String, String> modules) {
        return new Library(MVNPM, name, "META-INF/resources/_static/", files(modules, List.of()), modules);
    }

    private static List<String> files(Map<String, String> modules, List<String> more) {
        return Stream.concat(modules.values().stream(), more.stream()).sorted().toList();
    }

    String version() throws IOException {
        Properties artifact = new Properties();
        try (InputStream properties =
                new ClassPathResource("META-INF/maven/" + group + "/" + name + "/pom.properties").getInputStream()) {
            artifact.load(properties);
        }
        return artifact.getProperty("version");
    }

    Resource file(String version, String file) {
        return new ClassPathResource(folder + name + "/" + version + "/" + file);
    }
}
