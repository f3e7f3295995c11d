package chat.parley.load.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingFrameDecoderTest {
    private final CachingFrameDecoder frames = new CachingFrameDecoder();

    @Test
    void readsAnEntryAsItIsInTheHistory() {
        String json = """
                {"type":"entry","conversation":"c","position":7,"kind":"message","sender":"u","at":"2026-01-01T00:00:00Z",\
                "clientMessageId":"x","text":"한 \\u00e9 \\"","mentions":["a",{"b":[1]}],"later":{"x":null},"cursor":"k"}""";

        assertThat(read(json))
                .isEqualTo(new ReceivedFrame.Entry(
                        "c", 7, EntryHash.entry("message", "u", null, EntryHash.of("한 é \"")), 0, "k"));
    }

    @Test
    void theSameBytesAreTheSameEntryAndOthersAreNot() {
        String one = "{\"type\":\"entry\",\"conversation\":\"c\",\"position\":1,\"kind\":\"joined\",\"user\":\"a\"}";
        ReceivedFrame first = read(one);

        assertThat(read(one)).isSameAs(first);
        assertThat(read(one.replace("\"a\"", "\"b\""))).isNotEqualTo(first);
    }

    @Test
    void readsOtherFramesAndSkipsUnknownOnes() {
        assertThat(List.of(
                        read("{\"type\":\"ack\",\"ref\":\"m1\",\"conversation\":\"c\",\"position\":3}"),
                        read("{\"type\":\"error\",\"code\":\"retry-later\",\"retryAfterMs\":9}"),
                        read("{\"type\":\"caught-up\",\"cursor\":\"k\"}"),
                        read("{\"type\":\"state\",\"resync\":true}"),
                        read("{\"type\":\"state\",\"resync\":false}"),
                        read("{\"type\":\"goaway\",\"reason\":\"drain\",\"reconnectAfterMs\":5}"),
                        read("{\"type\":\"brand-new\"}")))
                .containsExactly(
                        new ReceivedFrame.Ack("m1", 3),
                        new ReceivedFrame.Refusal(null, "retry-later", 9),
                        new ReceivedFrame.CaughtUp("k"),
                        new ReceivedFrame.State(true),
                        new ReceivedFrame.State(false),
                        new ReceivedFrame.GoAway(5, null),
                        new ReceivedFrame.Other("brand-new"));
    }

    @Test
    void refusesTextThatIsNoFrame() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> read("{\"type\":")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> read("{\"type\":\"ack\"}")).isInstanceOf(RuntimeException.class);
    }

    private ReceivedFrame read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return frames.read(bytes, bytes.length);
    }
}
