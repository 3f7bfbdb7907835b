package dev.temps.agent.name;

import static dev.temps.agent.name.Places.address;
import static dev.temps.agent.name.Places.db;
import static dev.temps.agent.name.Places.here;
import static dev.temps.agent.name.Places.member;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.contract.agent.ServiceSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServingPlannerTest {
  private static final Here HERE = here(1, "east");

  private static Serving plan(Health health, ServiceSpec service) {
    return ServingPlanner.plan(List.of(service), HERE, health).getFirst();
  }

  @Test
  void aMemberOnThisNodeIsPreferredAndAllAreHealthy() {
    Serving db = plan(Health.WELL, db(member(1, 10), member(2, 10, "east"), member(1, 11)));
    assertEquals(List.of(address(1, 10), address(1, 11)), db.near());
    assertEquals(3, db.healthy().size());
    assertEquals(3, db.kept().size());
  }

  @Test
  void thenOneInThisZoneAndThenAnyone() {
    Serving zone = plan(Health.WELL, db(member(2, 10, "west"), member(3, 10, "east")));
    assertEquals(List.of(address(3, 10)), zone.near());
    Serving any = plan(Health.WELL, db(member(2, 10, "west"), member(3, 10)));
    assertEquals(List.of(address(2, 10), address(3, 10)), any.near());
  }

  @Test
  void aNodeWithoutAZoneIsInNobodysZone() {
    ServiceSpec service = db(member(2, 10), member(3, 10));
    Serving db = ServingPlanner.plan(List.of(service), here(1, null), Health.WELL).getFirst();
    assertEquals(2, db.near().size());
  }

  @Test
  void oneTheIngressFindsDownGetsNothingNewAndKeepsWhatIsOpen() {
    Health health = new Health(Set.of(address(1, 10)), Set.of(), Set.of());
    Serving db = plan(health, db(member(1, 10), member(2, 10)));
    assertEquals(List.of(address(2, 10)), db.healthy());
    assertEquals(List.of(address(2, 10)), db.near());
    assertEquals(2, db.kept().size());
  }

  @Test
  void oneOnASilentNodeGetsNothingNewAndIsGivenUpWhenTheNodeIsLost() {
    ServiceSpec service = db(member(2, 10), member(3, 10));
    Serving silent = plan(new Health(Set.of(), Set.of("n-2"), Set.of()), service);
    assertEquals(List.of(address(3, 10)), silent.near());
    assertEquals(2, silent.kept().size());
    Serving lost = plan(new Health(Set.of(), Set.of("n-2"), Set.of("n-2")), service);
    assertEquals(List.of(address(3, 10)), lost.kept());
  }

  @Test
  void theLastIsNeverTakenAway() {
    Set<String> all = Set.of("n-2", "n-3");
    ServiceSpec service = db(member(2, 10), member(3, 10));
    Serving cutOff = plan(new Health(Set.of(address(2, 10)), all, all), service);
    assertEquals(List.of(address(3, 10)), cutOff.near(), "the one not found down");
    assertEquals(2, cutOff.kept().size());
    Set<String> down = Set.of(address(2, 10), address(3, 10));
    assertEquals(2, plan(new Health(down, Set.of(), Set.of()), service).near().size());
  }

  @Test
  void whoGetsSomethingNewIsAlwaysAmongThoseWhoKeepIt() {
    Health health = new Health(Set.of(), Set.of("n-2", "n-3"), Set.of("n-2"));
    Serving db = plan(health, db(member(2, 10), member(3, 10)));
    assertEquals(List.of(address(3, 10)), db.near());
    assertEquals(List.of(address(3, 10)), db.kept());
  }

  @Test
  void aServiceWithoutMembersIsServedByNobody() {
    Serving db = plan(Health.WELL, db());
    assertEquals(List.of(), db.near());
    assertEquals(List.of(), db.kept());
  }
}
