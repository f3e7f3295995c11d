package chat.parley.load.protocol;

import java.util.List;

/** A message before it is sent; {@code mentions} are user ids. */
public record OutgoingMessage(String conversation, String clientMessageId, String text, List<String> mentions) {}
