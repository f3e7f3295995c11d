package chat.parley.projections.violators;

import chat.parley.push.PushConfiguration;

record KnowsPush(PushConfiguration push) {}
