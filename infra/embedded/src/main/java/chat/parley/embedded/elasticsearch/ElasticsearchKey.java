package chat.parley.embedded.elasticsearch;

import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.ChildCommand;
import chat.parley.embedded.process.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/**
 * The TLS key by which clients authenticate the embedded Elasticsearch. Without it, Parley could send texts to another
 * process that listens on the port of an ended server.
 *
 * @param privateKey PEM
 * @param certificate PEM, self-signed
 */
record ElasticsearchKey(String privateKey, String certificate) {

    private static final String ALIAS = "parley";
    private static final String DAYS = "36500";
    private static final int PEM_LINE = 64;

    /** @param passwordFile contains the password of the key store */
    static ElasticsearchKey openOrCreate(DataDirectory data, Path passwordFile) {
        Path file = data.resolve("elasticsearch.p12");
        try {
            if (!Files.exists(file)) {
                create(file, passwordFile);
            }
            return read(file, Files.readString(passwordFile).strip().toCharArray());
        } catch (IOException | GeneralSecurityException failure) {
            throw new StartupFailure(
                    "Elasticsearch's key in " + file + " cannot be used: " + failure,
                    "If it is damaged, remove it; a new one is created.",
                    failure);
        }
    }

    /** A record's default would print the key. */
    @Override
    public String toString() {
        return certificate;
    }

    private static void create(Path file, Path passwordFile) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        ChildCommand.Result result = ChildCommand.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=parley",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        DAYS,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        draft.toString(),
                        "-storepass:file",
                        passwordFile.toString())
                .run();
        if (!result.succeeded()) {
            throw new IOException(result.output());
        }
        PrivateFiles.restrict(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ElasticsearchKey read(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, password);
        }
        Key key = store.getKey(ALIAS, password);
        if (key == null) {
            throw new IOException("the key store contains no key");
        }
        return new ElasticsearchKey(
                pem("PRIVATE KEY", key.getEncoded()),
                pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, lines);
    }
}
