package chat.parley.load;

import java.util.List;

/** A message before it is sent; {@code mentions} are user ids. */
record Draft(String conversation, String clientMessageId, String text, List<String> mentions) {}
