package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.mongodb.EmbeddedMongo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableEmbeddedMongoFileTest {

    @TempDir
    Path temp;

    @Test
    void isRenamedAndReplacedByANewFile() throws Exception {
        Path data = temp.resolve("data");
        try (TestEngines first = TestEngines.start(data)) {
            first.documents().insertOne(new Document("_id", "one"));
        }
        byte[] nonsense = "this was once a store ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        Files.write(data.resolve("read-side").resolve(EmbeddedMongo.FILE), nonsense);

        try (TestEngines second = TestEngines.start(data)) {
            assertThat(second.documents().countDocuments()).isZero();
            second.documents().insertOne(new Document("_id", "two"));
        }
        assertThat(data.resolve("read-side").resolve(EmbeddedMongo.FILE + ".unreadable"))
                .hasBinaryContent(nonsense);
    }
}
