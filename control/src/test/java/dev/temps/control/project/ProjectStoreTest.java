package dev.temps.control.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Desired;
import dev.temps.control.project.ProjectStore.NewIds;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectStoreTest extends StoreTest {
  private int next;

  private Environment create(String project, @Nullable String environment) {
    NewIds ids = new NewIds("p-" + next, "e-" + next++);
    return database.write(
        h -> ProjectStore.create(h, AppName.parse(project, environment), ids, 1, 5));
  }

  @Test
  void anAppIsFoundByNameAndById() {
    Environment web = create("web", null);
    assertEquals("web", web.app());
    assertEquals("production", web.name());
    assertEquals(web, database.read(h -> ProjectStore.get(h, "web")));
    assertEquals(web, database.read(h -> ProjectStore.get(h, web.id())));
    ProblemException missing =
        assertThrows(ProblemException.class, () -> database.read(h -> ProjectStore.get(h, "x;y")));
    assertEquals(404, missing.problem().status());
  }

  @Test
  void environmentsOfAProjectShareIt() {
    Environment web = create("web", null);
    Environment preview = create("web", "preview-1");
    assertEquals("web-preview-1", preview.app());
    assertEquals(web.projectId(), preview.projectId());
  }

  @Test
  void twoAppsNeverShareAName() {
    create("web", "preview");
    ProblemException taken =
        assertThrows(ProblemException.class, () -> create("web-preview", null));
    assertEquals("app-name-taken", taken.problem().type());
  }

  @Test
  void aRemovedNameIsFreeAgainAndTheProjectGoesWithItsLastEnvironment() {
    Environment web = create("web", null);
    Environment preview = create("web", "preview");
    database.change(h -> ProjectStore.remove(h, web, 7));
    assertEquals(preview.projectId(), create("web", null).projectId());
    database.change(h -> ProjectStore.remove(h, ProjectStore.get(h, "web"), 8));
    database.change(h -> ProjectStore.remove(h, preview, 9));
    assertTrue(!create("web", null).projectId().equals(preview.projectId()));
    assertEquals(9L, database.read(h -> ProjectStore.byId(h, preview.id())).get().removedAt());
  }

  @Test
  void aChangeOnTopOfAnOldVersionIsRefused() {
    Environment web = create("web", null);
    database.change(h -> ProjectStore.want(h, web, Desired.stopped, 3));
    Environment now = database.read(h -> ProjectStore.get(h, "web"));
    assertEquals(Desired.stopped, now.desired());
    assertEquals(3, now.replicas());
    ProblemException stale =
        assertThrows(
            ProblemException.class, () -> database.change(h -> ProjectStore.restart(h, web)));
    assertEquals("changed-meanwhile", stale.problem().type());
    database.change(h -> ProjectStore.restart(h, now));
    assertEquals(1, database.read(h -> ProjectStore.get(h, "web")).restartGeneration());
  }
}
