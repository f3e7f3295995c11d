package chat.parley.search.analysis;

import java.io.Reader;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.CharFilterFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.StringSetting;

/** Creates a filter that replaces every match of {@code pattern} before tokenization. */
@NamedComponent("pattern_replace")
public final class PatternReplaceCharFilterFactory implements CharFilterFactory {
    private final Pattern pattern;
    private final String replacement;

    @Inject
    public PatternReplaceCharFilterFactory(Settings settings) {
        this.pattern = Pattern.compile(settings.pattern());
        this.replacement = settings.replacement();
    }

    @Override
    public Reader create(Reader text) {
        return new PatternReplaceCharFilter(pattern, replacement, text);
    }

    @AnalysisSettings
    public interface Settings {
        @StringSetting(path = "pattern", defaultValue = "")
        String pattern();

        @StringSetting(path = "replacement", defaultValue = "")
        String replacement();
    }
}
