package dev.temps.contract.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.contract.api.ScaleRequest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No number that somebody sent is taken for another one. */
class NumbersTest {
  @Test
  void whatFitsIsReadAsItStands() {
    for (String good : List.of("0", "-1", "1.5", "9223372036854775807", "-9223372036854775808")) {
      assertEquals(Optional.empty(), Numbers.misread("{\"a\":" + good + "}"), good);
    }
    assertEquals(3, Json.readStrict(ScaleRequest.class, "{\"replicas\":3}").replicas());
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    for (String bad : List.of("1e99", "1E2", "18446744073709551617", "9223372036854775808")) {
      assertEquals(Optional.of(bad), Numbers.misread("{\"a\":[1," + bad + "]}"));
      Problem problem =
          assertThrows(
                  ProblemException.class,
                  () -> Json.readStrict(ScaleRequest.class, "{\"replicas\":" + bad + "}"))
              .problem();
      assertEquals(400, problem.status());
      assertEquals("The number " + bad + " is not a whole number that fits.", problem.detail());
    }
  }

  @Test
  void textsAreLeftAlone() {
    String json = "{\"A\":\"1e99\",\"18446744073709551617\":\"\\\\\\\" 1e99\",\"B\":\"x\\ny 1e5\"}";
    assertEquals(Optional.empty(), Numbers.misread(json));
    assertEquals(Optional.empty(), Numbers.misread("\"never closed 1"));
  }

  @Test
  void longTextsCostNoStack() {
    String json = "{\"a\":\"" + "\\\"x".repeat(200_000) + "\",\"b\":1e9}";
    assertEquals(Optional.of("1e9"), Numbers.misread(json));
  }
}
