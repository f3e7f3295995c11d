package chat.parley.load.capacity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What people ask of a system.
 *
 * @param messages      per user and day
 * @param peakFactor    the busiest second against the mean of a day
 * @param members       of the conversation that a message goes to, its sender included, on average
 * @param devices       that somebody who is online is connected with
 * @param onlineShare   of the daily users, at the peak
 * @param textBytes     of a message
 * @param readMarks     events of read marks per message
 * @param reads         over REST, per user and day
 * @param retentionDays how long everything is kept
 */
record UsageProfile(
        String name,
        double dailyUsers,
        double messages,
        double peakFactor,
        double members,
        double devices,
        double onlineShare,
        double textBytes,
        double readMarks,
        double reads,
        double retentionDays) {
    /** In the words of the page. */
    Map<String, Double> inputs() {
        Map<String, Double> inputs = new LinkedHashMap<>();
        inputs.put("daily users", dailyUsers);
        inputs.put("messages per user and day", messages);
        inputs.put("peak factor", peakFactor);
        inputs.put("members of the conversation of a message, sender included", members);
        inputs.put("devices per user who is online", devices);
        inputs.put("online share of the daily users at the peak", onlineShare);
        inputs.put("bytes of text", textBytes);
        inputs.put("read marks per message", readMarks);
        inputs.put("reads over REST per user and day", reads);
        inputs.put("days kept", retentionDays);
        return inputs;
    }
}
