package chat.parley.web.violators.circle;

import chat.parley.web.violators.GoesThere;

public record ComesBack(GoesThere other) {}
