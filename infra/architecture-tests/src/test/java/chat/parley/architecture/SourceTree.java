package chat.parley.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The main sources of each module, by folder. */
final class SourceTree {
    private static final String PACKAGE_INFO = "package-info.java";

    /** Each module's folder with its root package. */
    static final Map<String, String> ROOT_PACKAGES = Map.ofEntries(
            Map.entry("command-side/api", "chat.parley.api"),
            Map.entry("command-side/dispatch", "chat.parley.dispatch"),
            Map.entry("command-side/domain", "chat.parley.domain"),
            Map.entry("command-side/http", "chat.parley.command.http"),
            Map.entry("command-side/identity", "chat.parley.identity"),
            Map.entry("command-side/retention", "chat.parley.retention"),
            Map.entry("infra/app", "chat.parley.app"),
            Map.entry("infra/backup", "chat.parley.backup"),
            Map.entry("infra/cli", "chat.parley.cli"),
            Map.entry("infra/discovery", "chat.parley.discovery"),
            Map.entry("infra/embedded", "chat.parley.embedded"),
            Map.entry("infra/event-processing", "chat.parley.eventprocessing"),
            Map.entry("infra/event-store", "chat.parley.eventstore"),
            Map.entry("infra/load", "chat.parley.load"),
            Map.entry("infra/testing", "chat.parley.testing"),
            Map.entry("infra/transparency", "chat.parley.transparency"),
            Map.entry("infra/vault", "chat.parley.vault"),
            Map.entry("infra/verify", "chat.parley.verify"),
            Map.entry("infra/web", "chat.parley.web"),
            Map.entry("projections", "chat.parley.projections"),
            Map.entry("query-side/audit", "chat.parley.audit"),
            Map.entry("query-side/http", "chat.parley.query.http"),
            Map.entry("query-side/notifications", "chat.parley.notifications"),
            Map.entry("query-side/push", "chat.parley.push"),
            Map.entry("query-side/web", "chat.parley.page"),
            Map.entry("query-side/wire", "chat.parley.wire"),
            Map.entry("search/analysis", "chat.parley.search.analysis"),
            Map.entry("search/history", "chat.parley.search.history"));

    private final List<Path> modules;
    private final Path root;

    private SourceTree(Path root, List<Path> modules) {
        this.root = root;
        this.modules = modules;
    }

    /** The modules in this folder and up to two folders below it that have main code. */
    static SourceTree of(Path root) throws IOException {
        try (Stream<Path> folders = Files.walk(root, 2)) {
            return new SourceTree(
                    root,
                    folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                            .sorted()
                            .toList());
        }
    }

    /** Files outside their module's root package, or in a folder that is not their package. */
    List<String> misplaced() throws IOException {
        List<String> misplaced = new ArrayList<>();
        for (Path module : modules) {
            Path sources = module.resolve("src/main/java");
            String rootPackage = ROOT_PACKAGES.get(root.relativize(module).toString());
            for (Path file : javaFiles(sources)) {
                String folder = packageOf(sources, file);
                boolean inRoot = (folder + ".").startsWith(rootPackage + ".");
                boolean named = Files.readAllLines(file).contains("package " + folder + ";");
                if (!inRoot || !named) {
                    misplaced.add(root.relativize(file).toString());
                }
            }
        }
        return misplaced;
    }

    /** Packages with more files than this, not counting {@code package-info.java}. */
    Map<String, Long> largerThan(int most) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (Path module : modules) {
            Path sources = module.resolve("src/main/java");
            for (Path file : javaFiles(sources)) {
                if (!file.endsWith(PACKAGE_INFO)) {
                    sizes.merge(packageOf(sources, file), 1L, Long::sum);
                }
            }
        }
        sizes.values().removeIf(size -> size <= most);
        return sizes;
    }

    private static List<Path> javaFiles(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String packageOf(Path sources, Path file) {
        return sources.relativize(file.getParent())
                .toString()
                .replace(file.getFileSystem().getSeparator(), ".");
    }
}
