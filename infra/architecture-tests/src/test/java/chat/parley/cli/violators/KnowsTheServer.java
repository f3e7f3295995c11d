package chat.parley.cli.violators;

import chat.parley.api.account.UserId;

record KnowsTheServer(UserId user) {}
