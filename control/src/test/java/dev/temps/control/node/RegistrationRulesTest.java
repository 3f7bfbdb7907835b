package dev.temps.control.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.ProblemException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationRulesTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final PaperMachine MACHINE = new PaperMachine(1);
  private static final RegisterRequest GOOD = MACHINE.request("t", NOW);

  /** A good request in parts that can be changed one by one. */
  private static final class Draft {
    int contract = GOOD.contract();
    String version = GOOD.version();
    String publicKey = GOOD.publicKey();
    String signature = "";
    String wireguardKey = GOOD.wireguardKey();
    int port = 51820;
    List<String> endpoints = GOOD.endpoints();
    Map<String, String> labels = Map.of();
    HostFacts host = GOOD.host();
    long clock = NOW;

    RegisterRequest request() {
      return MACHINE.request(
          "t",
          NOW,
          r ->
              new RegisterRequest(
                  contract,
                  version,
                  "t",
                  publicKey,
                  signature,
                  wireguardKey,
                  port,
                  null,
                  endpoints,
                  labels,
                  true,
                  host,
                  clock));
    }
  }

  private static Arguments bad(String type, String what, java.util.function.Consumer<Draft> how) {
    Draft draft = new Draft();
    how.accept(draft);
    return Arguments.of(type, what, draft.request());
  }

  private static HostFacts host(String name, long cpu, long memory) {
    HostFacts h = PaperMachine.HOST;
    return new HostFacts(
        name,
        h.os(),
        h.kernel(),
        h.arch(),
        cpu,
        memory,
        h.diskBytes(),
        h.dockerVersion(),
        h.wireguard(),
        h.cgroup(),
        h.addresses());
  }

  static Stream<Arguments> badOnes() {
    List<Arguments> all = new ArrayList<>();
    all.add(bad("contract-version", "newer", d -> d.contract = Contract.VERSION + 1));
    all.add(bad("contract-version", "none", d -> d.contract = Contract.LOWEST - 1));
    all.add(bad("clock-off", "an hour behind", d -> d.clock = NOW - 3_600_000));
    all.add(bad("clock-off", "five minutes ahead", d -> d.clock = NOW + 300_001));
    all.add(bad("clock-off", "the end of time", d -> d.clock = Long.MAX_VALUE));
    all.add(bad("clock-off", "before time", d -> d.clock = Long.MIN_VALUE));
    all.add(bad("invalid-identity-key", "no base64", d -> d.publicKey = "%%%"));
    all.add(bad("invalid-identity-key", "no key", d -> d.publicKey = "AAAA"));
    all.add(bad("invalid-signature", "none", d -> d.signature = "AAAA"));
    all.add(bad("invalid-signature", "no base64", d -> d.signature = "%"));
    all.add(bad("invalid-signature", "another's", d -> d.signature = stolen()));
    all.add(bad("invalid-wireguard-key", "short", d -> d.wireguardKey = "AAAA"));
    all.add(bad("invalid-wireguard-key", "no base64", d -> d.wireguardKey = "$(id)"));
    String zero = Base64.getEncoder().encodeToString(new byte[32]);
    all.add(bad("invalid-wireguard-key", "zero", d -> d.wireguardKey = zero));
    all.add(bad("invalid-wireguard-port", "zero", d -> d.port = 0));
    all.add(bad("invalid-wireguard-port", "too high", d -> d.port = 65_536));
    for (String endpoint :
        List.of(
            "",
            "192.0.2.1",
            "192.0.2.1:0",
            "192.0.2.1:70000",
            "300.0.2.1:51820",
            "host:51820",
            "127.0.0.1:51820",
            "0.0.0.0:51820",
            "[::1]:51820",
            "224.0.0.1:51820",
            "10.208.17.9:51820",
            "192.0.2.1:51820; rm -rf /")) {
      all.add(bad("invalid-endpoint", endpoint, d -> d.endpoints = List.of(endpoint)));
    }
    List<String> many = Collections.nCopies(17, "192.0.2.1:51820");
    all.add(bad("invalid-endpoints", "seventeen", d -> d.endpoints = many));
    for (String label : List.of("", "a b", "-a", "ä", "a\nb", "$(id)", "a".repeat(64))) {
      all.add(bad("invalid-label", "key " + label, d -> d.labels = Map.of(label, "x")));
      all.add(bad("invalid-label", "value " + label, d -> d.labels = Map.of("x", label)));
    }
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < 33; i++) {
      labels.put("k" + i, "v");
    }
    all.add(bad("invalid-label", "thirty-three", d -> d.labels = labels));
    all.add(bad("invalid-host-facts", "no cpu", d -> d.host = host("h", 0, 1)));
    all.add(bad("invalid-host-facts", "negative memory", d -> d.host = host("h", 1, -1)));
    all.add(bad("invalid-host-facts", "huge", d -> d.host = host("h", 1, Long.MAX_VALUE)));
    all.add(bad("invalid-host-facts", "newline", d -> d.host = host("a\nb", 1, 1)));
    all.add(bad("invalid-host-facts", "long", d -> d.host = host("a".repeat(300), 1, 1)));
    all.add(bad("invalid-host-facts", "long version", d -> d.version = "1".repeat(300)));
    return all.stream();
  }

  private static String stolen() {
    return new PaperMachine(2).request("t", NOW).signature();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badOnes")
  void refuses(String type, String what, RegisterRequest request) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> RegistrationRules.check(request, NOW), what);
    assertEquals(type, refused.problem().type());
    assertEquals(422, refused.problem().status());
    assertEquals(-1, refused.problem().line().indexOf('\n'), "one line, whatever came in");
  }

  @Test
  void takesAGoodOneWithinTheClocksTolerance() {
    RegistrationRules.check(GOOD, NOW);
    RegistrationRules.check(GOOD, NOW + 300_000);
    RegistrationRules.check(GOOD, NOW - 300_000);
  }

  @ParameterizedTest
  @CsvSource({
    "worker-2, worker-2",
    "Worker_2.example.org, worker-2",
    "--x--, x",
    "🙂, node",
    "$(id), id",
    "'', node",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbb, aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void makesANameOfAnyHostName(String host, String name) {
    assertEquals(name, RegistrationRules.slug(host));
  }
}
