package chat.parley.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The files that never change under their URL: the page's own, the client library's and those of the libraries. */
final class PageAssets {
    private static final String CLIENT = "parley-client";

    /** The page's own files that modules import by name instead of by path. */
    private static final Map<String, String> NAMED = Map.of(CLIENT, CLIENT + "/" + CLIENT + ".js");

    private static final String OWN = "static/assets/";
    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final int DIGEST_CHARACTERS = 12;

    private final SortedMap<String, Asset> byUrl = new TreeMap<>();
    private final SortedMap<String, String> specifiers = new TreeMap<>();
    private final String root;

    private PageAssets(SortedMap<String, byte[]> own) {
        this.root = "/assets/" + digest(own);
        own.forEach((name, content) -> add(Asset.of(root + "/" + name, content)));
    }

    static PageAssets load() {
        try {
            SortedMap<String, byte[]> own = new TreeMap<>();
            for (Resource file : find("classpath*:" + OWN + "**")) {
                own.put(after(OWN, file), file.getContentAsByteArray());
            }
            for (Resource file : find("classpath*:" + WEBJARS + CLIENT + "/*/*.js")) {
                own.put(CLIENT + "/" + file.getFilename(), file.getContentAsByteArray());
            }
            PageAssets assets = new PageAssets(own);
            NAMED.forEach((specifier, name) -> assets.specifiers.put(specifier, assets.url(name)));
            for (Library library : Library.ALL) {
                assets.add(library);
            }
            return assets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that match this pattern of Spring's; folders are left out. */
    static List<Resource> find(String pattern) throws IOException {
        List<Resource> files = new ArrayList<>();
        for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
            if (resource.isReadable() && Asset.isServable(String.valueOf(resource.getFilename()))) {
                files.add(resource);
            }
        }
        return files;
    }

    private static String after(String folder, Resource file) throws IOException {
        String url = file.getURL().toString();
        return url.substring(url.lastIndexOf("/" + folder) + 1 + folder.length());
    }

    private static String digest(SortedMap<String, byte[]> files) {
        MessageDigest digest = Asset.sha256();
        files.forEach((name, content) -> {
            digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_CHARACTERS);
    }

    private void add(Library library) throws IOException {
        String version = library.version();
        String folder = "/assets/lib/" + library.name() + "/" + version + "/";
        for (String file : library.files()) {
            add(Asset.of(folder + file, library.file(version, file).getContentAsByteArray()));
        }
        library.modules().forEach((specifier, file) -> specifiers.put(specifier, folder + file));
    }

    private void add(Asset asset) {
        byUrl.put(asset.url(), asset);
    }

    /** The URL of the page's folder of assets, without a slash at its end. */
    String root() {
        return root;
    }

    /** The URL of one of the page's own files. */
    String url(String name) {
        String url = root + "/" + name;
        if (!byUrl.containsKey(url)) {
            throw new IllegalArgumentException("The page has no file " + name);
        }
        return url;
    }

    Optional<Asset> at(String url) {
        return Optional.ofNullable(byUrl.get(url));
    }

    Collection<Asset> all() {
        return byUrl.values();
    }

    /** What modules may import by name, with the URL of the module. */
    Map<String, String> specifiers() {
        return specifiers;
    }
}
