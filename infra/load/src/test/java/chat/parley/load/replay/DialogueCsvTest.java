package chat.parley.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialogueCsvTest {
    @Test
    void readsPairsOfLinesAsADialogue(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("dialogues.csv"), "Q,A,label\n안녕?,\"네, 안녕하세요\",0\n배고파,밥 먹어요,1\n");

        assertThat(DialogueCsv.read(file))
                .containsExactly(new IrcLog.Block(
                        "dialogues 1",
                        List.of(
                                new IrcLog.Line.Said("asking", "안녕?"),
                                new IrcLog.Line.Said("answering", "네, 안녕하세요"),
                                new IrcLog.Line.Said("asking", "배고파"),
                                new IrcLog.Line.Said("answering", "밥 먹어요"))));
    }

    @Test
    void refusesALineOfOneField(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("dialogues.csv"), "Q,A,label\nalone\n");

        assertThatThrownBy(() -> DialogueCsv.read(file)).isInstanceOf(IOException.class);
    }
}
