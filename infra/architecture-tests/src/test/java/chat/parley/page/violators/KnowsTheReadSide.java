package chat.parley.page.violators;

import chat.parley.projections.ProjectionsConfiguration;

record KnowsTheReadSide(ProjectionsConfiguration projections) {}
