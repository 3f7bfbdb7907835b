package dev.temps.control.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said to people whose wishes about places can't be meant, to the letter. */
class PlacementRefusalsTest extends StoreTest {
  private static final String LABELS =
      "Use key=value, each 1 to 63 letters, digits and inner - _ . or /, e.g. region=eu.";

  private TestCluster cluster;

  @BeforeEach
  void twoZones() {
    cluster = new TestCluster(database, folder);
    cluster.node("a", "amd64", Map.of("zone", "x"));
    cluster.node("b", "amd64", Map.of("zone", "y"));
  }

  private static DeployRequest request(String more) {
    String json = "{\"project\":\"web\",\"image\":\"web\"," + more + "}";
    return Json.readStrict(DeployRequest.class, json);
  }

  private void refused(String more, String why, String next) {
    Problem problem =
        assertThrows(ProblemException.class, () -> cluster.deploy(request(more)), more).problem();
    assertEquals(422, problem.status(), problem::line);
    assertEquals(why, problem.detail());
    assertEquals(next, problem.next());
    assertEquals(List.of(), cluster.living());
  }

  @Test
  void contradictions() {
    String leave = "Leave one of them out.";
    refused(
        "\"require\":{\"zone\":\"x\"},\"avoid\":{\"zone\":\"x\"}",
        "A node with zone=x and with no zone=x can't be had together.",
        leave);
    refused(
        "\"require\":{\"zone\":\"x\"},\"avoid\":{\"zone\":\"\"}",
        "A node with zone=x and with no zone can't be had together.",
        leave);
    refused(
        "\"placement\":{\"near\":[\"web\"],\"apart\":[\"web\"]}",
        "A place near app:web and apart from app:web can't be had together.",
        leave);
    refused(
        "\"node\":\"a\",\"placement\":{\"global\":true}",
        "One on every node and all on one node can't be had together.",
        leave);
  }

  @Test
  void placesThatAreNotThere() {
    refused(
        "\"require\":{\"zone\":\"mars\"}",
        "No node has the label zone=mars; there are: zone=x, zone=y.",
        "Label one with: temps node label NODE zone=mars");
    refused(
        "\"require\":{\"region\":\"eu,us\"}",
        "No node has the label region=eu or us.",
        "Label one with: temps node label NODE region=eu");
  }

  @Test
  void skewsThatAreNone() {
    String zero =
        " over zones is not possible: the first replica already makes one place have one more"
            + " than the others.";
    for (int skew : new int[] {0, -1, Integer.MIN_VALUE}) {
      refused(
          "\"placement\":{\"spread\":\"zone\",\"maxSkew\":" + skew + "}",
          "A skew of " + skew + zero,
          "Use 1 to 1000.");
    }
    refused(
        "\"placement\":{\"maxSkew\":0}",
        "A skew needs to be told over what.",
        "Give --spread zone, too.");
  }

  @Test
  void labelsThatAreNone() {
    String key = "example.com/" + "k".repeat(288);
    String cut = "\"" + key.substring(0, 60) + "…\" (300 characters)";
    String not = " is not a valid key or value of a label.";
    refused("\"require\":{\"" + key + "\":\"x\"}", cut + not, LABELS);
    refused("\"avoid\":{\"" + key + "\":\"\"}", cut + not, LABELS);
    refused("\"require\":{\"zone\":\"x,,y\"}", "\"\"" + not, LABELS);
    refused("\"require\":{\"zone\":null}", "The rule for label \"zone\" has no value.", LABELS);
    refused(
        "\"placement\":{\"prefer\":[\"" + key + "\"]}",
        cut + " is no key or value of a label.",
        "Use 1 to 63 letters, digits and inner - _ . or /, e.g. region=eu.");
  }

  @Test
  void listsWithNothingInThemAreEmpty() {
    cluster.deploy(
        request("\"placement\":{\"prefer\":[null],\"near\":[null,\"\"],\"tolerate\":[null]}"));
    cluster.settle();
    assertEquals(1, cluster.where("web").size());
  }

  @Test
  void numbersThatAreNoneDoNotGetIn() {
    for (String bad : List.of("\"NaN\"", "NaN", "1e99", "18446744073709551617", "\"a\"")) {
      Problem problem =
          assertThrows(
                  ProblemException.class, () -> cluster.deploy(request("\"cpuMillis\":" + bad)))
              .problem();
      assertEquals(400, problem.status(), bad + ": " + problem.line());
    }
    refused(
        "\"cpuMillis\":4611686018427387904",
        "4611686018427387904 thousandths of a core are not possible.",
        "Use 1 to 1024000, e.g. 250 for a quarter of a core; 0 for no limit.");
  }
}
