package chat.parley.load.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IrcLogTest {
    @Test
    void distinguishesTheKindsOfLines() {
        assertThat(IrcLog.parse("[12:18] <|trey|> usual: [x] <y>  :)"))
                .isEqualTo(new IrcLog.Line.Said("|trey|", "usual: [x] <y>  :)"));
        assertThat(IrcLog.parse("[07:38]  * Dr_Willis used to irc"))
                .isEqualTo(new IrcLog.Line.Said("Dr_Willis", "* Dr_Willis used to irc"));
        assertThat(IrcLog.parse("=== tuxx has joined #ubuntu")).isEqualTo(new IrcLog.Line.Joined("tuxx"));
        assertThat(IrcLog.parse("=== [m0rph]  [~m@p83.t]  has joined #Ubuntu"))
                .isEqualTo(new IrcLog.Line.Joined("[m0rph]"));
        assertThat(IrcLog.parse("=== topyli has left #ubuntu [\"Leaving\"]")).isEqualTo(new IrcLog.Line.Left("topyli"));
        assertThat(IrcLog.parse("=== a is now known as b")).isEqualTo(new IrcLog.Line.Renamed("a", "b"));
        assertThat(IrcLog.parse("=== mode/#ubuntu by ChanServ")).isEqualTo(new IrcLog.Line.Other());
        assertThat(IrcLog.parse("=== Matt| scrolls up")).isEqualTo(new IrcLog.Line.Other());
    }

    @Test
    void dividesAFileIntoBlocks(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("irc.log"), "### one\n[10:00] <a> hi\n### two\n=== b has joined #u\n");

        assertThat(IrcLog.read(file))
                .containsExactly(
                        new IrcLog.Block("one", List.of(new IrcLog.Line.Said("a", "hi"))),
                        new IrcLog.Block("two", List.of(new IrcLog.Line.Joined("b"))));
    }

    @Test
    void refusesAFileWithoutAHeader(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("irc.log"), "[10:00] <a> hi\n");

        assertThatThrownBy(() -> IrcLog.read(file)).isInstanceOf(IOException.class);
    }
}
