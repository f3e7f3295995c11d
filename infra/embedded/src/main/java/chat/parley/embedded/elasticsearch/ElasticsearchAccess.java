package chat.parley.embedded.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.process.PrivateFiles;
import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.core.io.ClassPathResource;

/**
 * The only user of the embedded Elasticsearch, as the content of its user files.
 *
 * @param file the file that contains the password
 */
record ElasticsearchAccess(Path file, String password) {

    static final String USERNAME = "parley";

    private static final int PASSWORD_BYTES = 32;
    private static final int SALT_BYTES = 32;
    private static final int HASH_BITS = 256;
    /** A low number suffices for a random password of 256 bits. */
    private static final int ITERATIONS = 1000;

    static ElasticsearchAccess openOrCreate(DataDirectory data) {
        Path file = data.resolve("elasticsearch.password");
        try {
            if (!Files.exists(file)) {
                PrivateFiles.write(
                        file, Base64.getUrlEncoder().withoutPadding().encodeToString(random(PASSWORD_BYTES)) + "\n");
            }
            return new ElasticsearchAccess(file, Files.readString(file).strip());
        } catch (IOException failure) {
            throw new StartupFailure(
                    "Elasticsearch's password in " + file + " cannot be used: " + failure,
                    "Start Parley as the user who owns the data directory.",
                    failure);
        }
    }

    String users() {
        byte[] salt = random(SALT_BYTES);
        Base64.Encoder base64 = Base64.getEncoder();
        return "%s:{PBKDF2}%d$%s$%s\n"
                .formatted(USERNAME, ITERATIONS, base64.encodeToString(salt), base64.encodeToString(hash(salt)));
    }

    String usersRoles() {
        return "parley:" + USERNAME + "\n";
    }

    /** Also the roles of the image of {@code docker-compose.yml}. */
    String roles() throws IOException {
        return new ClassPathResource("elasticsearch/roles.yml").getContentAsString(UTF_8);
    }

    /** A record's default would print the password. */
    @Override
    public String toString() {
        return USERNAME;
    }

    private byte[] hash(byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2withHMACSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has PBKDF2", impossible);
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
