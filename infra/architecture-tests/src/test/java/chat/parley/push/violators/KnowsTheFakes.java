package chat.parley.push.violators;

import chat.parley.testing.FakeRelations;

record KnowsTheFakes(FakeRelations relations) {}
