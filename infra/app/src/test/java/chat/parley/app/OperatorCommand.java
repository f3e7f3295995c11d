package chat.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.backup.OperatorCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a command of the server's jar has answered. */
record OperatorCommand(int code, String out, String err) {
    /** @param settings without the leading hyphens */
    static OperatorCommand run(String[] settings, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        Arrays.stream(settings).forEach(setting -> all.add("--" + setting));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = OperatorCommands.run(
                new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
        return new OperatorCommand(code, out.toString(), err.toString());
    }

    OperatorCommand expectDone() {
        assertThat(code).as(out + err).isZero();
        return this;
    }

    OperatorCommand expectRefusal(int expected, String... reason) {
        assertThat(code).as(out + err).isEqualTo(expected);
        assertThat(err).contains(reason).doesNotContain("Exception", "\tat ");
        return this;
    }
}
