package chat.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingClientFramesTest {
    private final FrameCodec codec = new FrameCodec();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense                                                                    | MALFORMED_JSON |",
                "[]                                                                          | MALFORMED_JSON |",
                "{}                                                                          | MALFORMED_JSON |",
                "{'type':7}                                                                  | MALFORMED_JSON |",
                "{'type':'bye'} {}                                                           | MALFORMED_JSON |",
                "{'type':'bye','type':'bye'}                                                 | MALFORMED_JSON |",
                "{'type':'bye','ref':7}                                                      | MALFORMED_JSON |",
                "{'type':'nothing'}                                                          | UNKNOWN_FRAME_TYPE |",
                "{'type':'presence.shout','ref':'r'}                                           | UNKNOWN_FRAME_TYPE | r",
                "{'type':'message.retract','conversation':'c','position':1}                  | REF_REQUIRED |",
                "{'type':'message.retract','ref':'r','conversation':'c'}                     | MALFORMED_JSON | r",
                "{'type':'message.retract','ref':'r','conversation':'c','position':null}     | MALFORMED_JSON | r",
                "{'type':'message.retract','ref':'r','conversation':'c','position':'1'}      | MALFORMED_JSON | r",
                "{'type':'message.retract','ref':'r','conversation':'c','position':1.0}      | MALFORMED_JSON | r",
                "{'type':'message.retract','ref':'r','conversation':'c','position':0}        | INVALID_PARAMETER | r",
                "{'type':'message.retract','ref':'r','conversation':'c','position':-1}       | INVALID_PARAMETER | r",
                "{'type':'message.retract','ref':'r','conversation':'c','position':9223372036854775808} | INVALID_PARAMETER | r",
                "{'type':'message.retract','ref':'r','conversation':'c c','position':1}      | INVALID_ID | r",
                "{'type':'message.retract','ref':'r','conversation':'','position':1}         | INVALID_ID | r",
                "{'type':'read','conversation':'c','position':1,'ref':'\\ud800'}             | INVALID_PARAMETER |",
                "{'type':'reaction.add','ref':'r','conversation':'c','position':1,'emoji':1} | MALFORMED_JSON | r",
                "{'type':'hello','token':'t','device':'d','positions':[]}                    | MALFORMED_JSON |",
                "{'type':'hello','token':'t','device':'d','positions':{'c':-1}}              | INVALID_PARAMETER |",
                "{'type':'hello','token':'t','device':'d','positions':{'c c':1}}             | INVALID_ID |",
                "{'ref':'r','type':'message.send','text':'breaks off                         | MALFORMED_JSON | r",
                "{'type':'message.send','mentions':[{}],'ref':'r','text'                     | MALFORMED_JSON | r",
            })
    void namesTheErrorAndTheFrame(String text, Refusal refusal, String ref) {
        assertThat(codec.decode(text.replace('\'', '"'))).isEqualTo(new Decoded.Rejected(refusal, ref));
    }

    @Test
    void ignoresUnknownFields() {
        assertThat(codec.decode("{\"type\":\"bye\",\"later\":{\"a\":[1,{}]},\"text\":7}"))
                .isEqualTo(new Decoded.Frame(new ClientFrame.Bye(null)));
    }

    @Test
    void refusesARefThatIsTooLong() {
        assertThat(codec.decode("{\"type\":\"bye\",\"ref\":\"" + "r".repeat(65) + "\"}"))
                .isEqualTo(new Decoded.Rejected(Refusal.INVALID_PARAMETER, null));
        assertThat(codec.decode("{\"type\":\"bye\",\"ref\":\"" + "r".repeat(64) + "\"}"))
                .isEqualTo(new Decoded.Frame(new ClientFrame.Bye("r".repeat(64))));
    }

    @Test
    void distinguishesATooLongTextFromAMalformedFrame() {
        String text = "{\"type\":\"message.edit\",\"ref\":\"r\",\"conversation\":\"c\",\"position\":1,\"text\":\""
                + "x".repeat(200_001) + "\"}";
        assertThat(codec.decode(text)).isEqualTo(new Decoded.Rejected(Refusal.MESSAGE_TOO_LONG, "r"));
    }

    @Test
    void refusesDeepNesting() {
        assertThat(codec.decode("{\"ref\":\"r\",\"type\":\"bye\",\"x\":" + "[".repeat(100_000)))
                .isEqualTo(new Decoded.Rejected(Refusal.MALFORMED_JSON, "r"));
        assertThat(codec.decode("{\"ref\":\"r\",\"type\":\"bye\",\"x\":" + "9".repeat(100_000) + "}"))
                .isEqualTo(new Decoded.Rejected(Refusal.MALFORMED_JSON, "r"));
    }

    @Property
    void neverThrows(@ForAll String text) {
        assertThat(codec.decode(text)).isNotNull();
    }

    @Property
    void neverThrowsOnDamagedFrames(
            @ForAll("frames") String frame, @ForAll @IntRange(max = 400) int at, @ForAll String inserted) {
        int cut = Math.min(at, frame.length());
        assertThat(codec.decode(frame.substring(0, cut) + inserted + frame.substring(cut)))
                .isNotNull();
        assertThat(codec.decode(frame.substring(0, cut))).isNotNull();
    }

    @Property
    void neverThrowsOnBytes(@ForAll byte[] bytes) {
        assertThat(codec.decode(bytes)).isNotNull();
    }

    @Provide
    Arbitrary<String> frames() {
        return Arbitraries.of(FrameSamples.CLIENT_FRAMES).map(codec::encode);
    }
}
