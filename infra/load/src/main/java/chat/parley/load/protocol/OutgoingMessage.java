package chat.parley.load.protocol;

import java.util.List;

/** @param mentions user ids */
public record OutgoingMessage(String conversation, String clientMessageId, String text, List<String> mentions) {}
