package chat.parley.load.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Text whose word frequencies follow Zipf's law, as in natural languages; the same text every time. */
final class ZipfText {
    private static final int VOCABULARY = 10_000;
    private static final int MAX_SYLLABLES = 4;
    private static final String CONSONANTS = "bcdfghklmnprstvw";
    private static final String VOWELS = "aeiou";

    private ZipfText() {}

    static String of(int characters) {
        Random random = new Random(1);
        List<String> vocabulary = new ArrayList<>();
        for (int i = 0; i < VOCABULARY; i++) {
            vocabulary.add(word(random));
        }
        StringBuilder text = new StringBuilder(characters + 2 * MAX_SYLLABLES + 1);
        while (text.length() < characters) {
            text.append(vocabulary.get(rank(random))).append(' ');
        }
        return text.substring(0, characters);
    }

    /** The n-th word is about 1/n as frequent as the first. */
    private static int rank(Random random) {
        return (int) Math.pow(VOCABULARY, random.nextDouble()) - 1;
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(1, MAX_SYLLABLES + 1), 0, CONSONANTS.length() * VOWELS.length())
                .mapToObj(syllable ->
                        "" + CONSONANTS.charAt(syllable / VOWELS.length()) + VOWELS.charAt(syllable % VOWELS.length()))
                .collect(Collectors.joining());
    }
}
