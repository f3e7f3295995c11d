package chat.parley.backup.violators;

import chat.parley.projections.ProjectionsConfiguration;

record KnowsTheReadSide(ProjectionsConfiguration projections) {}
