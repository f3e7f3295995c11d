package chat.parley.load.capacity;

import picocli.CommandLine.Option;

/** What a daily user does on average. */
final class UsageProfile {
    @Option(names = "--messages", defaultValue = "40", description = "messages per user and day")
    double messages;

    @Option(names = "--peak-factor", defaultValue = "3", description = "busiest second against the mean of the day")
    double peakFactor;

    @Option(
            names = "--members",
            defaultValue = "4",
            description = "members of the conversation of a message, sender included")
    double members;

    @Option(names = "--devices", defaultValue = "1.3", description = "connected devices of a user who is online")
    double devices;

    @Option(names = "--online-share", defaultValue = "0.2", description = "share of the daily users online at the peak")
    double onlineShare;

    @Option(names = "--text-bytes", defaultValue = "200", description = "bytes of the text of a message")
    double textBytes;

    @Option(names = "--read-marks", defaultValue = "0.5", description = "events of read marks per message")
    double readMarks;

    @Option(names = "--reads", defaultValue = "20", description = "reads over REST per user and day")
    double reads;

    @Option(names = "--retention-days", defaultValue = "365", description = "days that everything is kept")
    double retentionDays;
}
