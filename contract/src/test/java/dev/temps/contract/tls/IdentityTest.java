package dev.temps.contract.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  @Test
  void namesOfNodesAndControlPlanesAreRead() {
    assertEquals(Optional.of(new Identity.Node("k", "n-1")), Identity.parse("temps://k/node/n-1"));
    assertEquals(Optional.of(new Identity.Control("k")), Identity.parse("temps://k/control"));
    assertEquals("temps://k/node/n-1", new Identity.Node("k", "n-1").uri().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://k/node/n",
        "temps://k",
        "temps://k/node/",
        "temps://k/node/a/b",
        "temps://k/control/x",
        "temps://k/nodes/n"
      })
  void anythingElseIsNobody(String text) {
    assertEquals(Optional.empty(), Identity.parse(text));
  }

  @Test
  void aTokenSurvivesBeingPastedWithSpaces() {
    JoinToken token = new JoinToken(new Secret("a".repeat(52)), "b".repeat(64));
    assertEquals(token, JoinToken.parse("  " + token.text().reveal() + "\n"));
    assertFalse(token.toString().contains("aaaa"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "temps1_", "$(id)", "temps1_x_y", "temps2_aaa_bbb"})
  void whatIsNoTokenIsRefusedWithoutRepeatingIt(String text) {
    ProblemException refused = assertThrows(ProblemException.class, () -> JoinToken.parse(text));
    assertEquals("Make one with: temps node token create", refused.problem().next());
  }
}
