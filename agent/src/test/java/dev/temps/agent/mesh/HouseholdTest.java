package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.contract.agent.ProjectSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class HouseholdTest {
  private static final ProjectSpec BLOG =
      new ProjectSpec("p-b", "blog", List.of("10.208.17.10"), List.of("p-s", "p-gone"));
  private static final ProjectSpec SHOP =
      new ProjectSpec(
          "p-s",
          "the-shop",
          List.of("10.208.16.10", "10.208.16.11", "10.208.17.11"),
          List.of("p-b"));
  private static final ProjectSpec OTHER =
      new ProjectSpec("p-o", "other", List.of("10.208.16.12"), List.of());

  private static List<Household> on(int node) {
    return Household.on(Meshes.self(node), List.of(BLOG, SHOP, OTHER));
  }

  @Test
  void aProjectWithoutAContainerHereIsNoneOfThisMachinesCare() {
    assertEquals(List.of("p1_blog", "p2_the_shop"), on(2).stream().map(Household::chain).toList());
    assertEquals(List.of(), on(3));
  }

  @Test
  void itsOwnOnAllMachinesAndThoseOfLinkedProjectsAreItsGuests() {
    Household shop = on(1).getFirst();
    assertEquals(List.of("10.208.16.10", "10.208.16.11"), shop.residents());
    assertEquals(
        List.of("10.208.16.10", "10.208.16.11", "10.208.17.10", "10.208.17.11"), shop.guests());
    assertEquals(List.of("10.208.16.12"), on(1).get(1).guests());
  }

  @Test
  void whatIsNoAddressNeverGetsIntoARuleset() {
    ProjectSpec bad = new ProjectSpec("p", "x", List.of("10.208.16.10 } drop"), List.of());
    assertThrows(IllegalArgumentException.class, () -> Household.on(Meshes.self(1), List.of(bad)));
  }
}
