package chat.parley.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
    @Test
    void hashesATextInUtf8() {
        assertThat(HexFormat.of().formatHex(Sha256.of("한")))
                .isEqualTo("89233692031a62c60e6ef602b4cd9f3cb52a6dd8013fe9873c36101a7e3920e0");
    }
}
