package dev.temps.control.dispatch;

import dev.temps.contract.agent.ProjectSpec;
import java.util.List;

/** Where projects and their containers' addresses come from, for the walls between them. */
@FunctionalInterface
public interface WallSource {
  /** All projects with containers, in the same order every time. May read the store. */
  List<ProjectSpec> projects();
}
