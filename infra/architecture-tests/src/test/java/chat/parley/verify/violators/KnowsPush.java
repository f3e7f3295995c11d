package chat.parley.verify.violators;

import chat.parley.push.PushConfiguration;

record KnowsPush(PushConfiguration push) {}
