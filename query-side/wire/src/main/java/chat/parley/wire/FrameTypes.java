package chat.parley.wire;

/** The names of all frames. A name never changes its meaning within {@code parley.v1}. */
public final class FrameTypes {
    public static final String HELLO = "hello";
    public static final String MESSAGE_SEND = "message.send";
    public static final String MESSAGE_EDIT = "message.edit";
    public static final String MESSAGE_RETRACT = "message.retract";
    public static final String MESSAGE_PIN = "message.pin";
    public static final String MESSAGE_UNPIN = "message.unpin";
    public static final String REACTION_ADD = "reaction.add";
    public static final String REACTION_REMOVE = "reaction.remove";
    public static final String PRESENCE_WATCH = "presence.watch";
    public static final String PRESENCE_UNWATCH = "presence.unwatch";
    public static final String PRESENCE_SET = "presence.set";
    public static final String AUTHENTICATE = "authenticate";
    public static final String BYE = "bye";

    // Both ways
    public static final String READ = "read";
    public static final String TYPING = "typing";
    public static final String HEARTBEAT = "heartbeat";

    public static final String WELCOME = "welcome";
    public static final String ACK = "ack";
    public static final String ENTRY = "entry";
    public static final String PRESENCE = "presence";
    public static final String STATE = "state";
    public static final String CAUGHT_UP = "caught-up";
    public static final String GOAWAY = "goaway";
    public static final String ERROR = "error";

    private FrameTypes() {}
}
