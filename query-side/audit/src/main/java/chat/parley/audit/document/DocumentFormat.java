package chat.parley.audit.document;

import chat.parley.verify.ArchiveNames;
import java.io.IOException;

/** The formats of documents. */
public enum DocumentFormat {
    /** Relativity Short Message Format 2.0. */
    RSMF {
        @Override
        Documents open(DocumentTarget target) {
            return new RsmfDocuments(target);
        }
    },
    /** One mail for each conversation and day, in the manner of Global Relay. */
    EML {
        @Override
        Documents open(DocumentTarget target) {
            return new EmlDocuments(target);
        }
    },
    /** The JSON files of a Slack export. */
    SLACK {
        @Override
        Documents open(DocumentTarget target) throws IOException {
            return new SlackDocuments(target);
        }
    };

    abstract Documents open(DocumentTarget target) throws IOException;

    /** The entry of an archive that has these documents. */
    public String archiveName() {
        return switch (this) {
            case RSMF -> ArchiveNames.RSMF;
            case EML -> ArchiveNames.EML;
            case SLACK -> ArchiveNames.SLACK;
        };
    }
}
