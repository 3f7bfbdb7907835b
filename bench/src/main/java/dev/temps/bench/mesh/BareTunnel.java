package dev.temps.bench.mesh;

import dev.temps.lab.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A tunnel between two machines made by hand: wireguard-go, two addresses and nothing else. Closing
 * takes it down. Not thread-safe.
 */
final class BareTunnel implements AutoCloseable {
  private static final String FAR = "10.250.0.2";

  private static final String DEVICE = "bench0";
  private static final int PORT = 51_999;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<Process> running = new ArrayList<>();

  BareTunnel(Machine one, Machine two, int mtu) throws IOException {
    String keyOne = key(one);
    String keyTwo = key(two);
    make(one, keyOne, mtu, "10.250.0.1");
    make(two, keyTwo, mtu, FAR);
    meet(one, publicKey(two, keyTwo), two.address(), FAR);
    meet(two, publicKey(one, keyOne), one.address(), "10.250.0.1");
  }

  /** Address of the second machine in it. */
  String far() {
    return FAR;
  }

  private static String key(Machine machine) {
    return run(machine, "wg", "genkey").strip();
  }

  private static String publicKey(Machine machine, String key) {
    return machine.execWithInput(List.of("wg", "pubkey"), key, LIMIT).must("wg pubkey").strip();
  }

  private static String run(Machine machine, String... argv) {
    return machine.exec(List.of(argv), LIMIT).must(String.join(" ", argv));
  }

  private void make(Machine machine, String key, int mtu, String address) throws IOException {
    running.add(
        machine
            .program(List.of("wireguard-go", "-f", DEVICE))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
    Path file = machine.path("/run/bench0.key");
    Files.writeString(file, key + "\n");
    machine
        .script(
            """
            for try in $(seq 100); do [ -S /run/wireguard/bench0.sock ] && break; sleep 0.05; done
            """,
            LIMIT)
        .must("wireguard-go");
    run(
        machine,
        "wg",
        "set",
        DEVICE,
        "listen-port",
        Integer.toString(PORT),
        "private-key",
        "/run/bench0.key");
    run(machine, "ip", "address", "add", address + "/24", "dev", DEVICE);
    run(machine, "ip", "link", "set", DEVICE, "mtu", Integer.toString(mtu), "up");
  }

  private static void meet(Machine machine, String key, String endpoint, String address) {
    run(
        machine,
        "wg",
        "set",
        DEVICE,
        "peer",
        key,
        "allowed-ips",
        address + "/32",
        "endpoint",
        endpoint + ":" + PORT);
  }

  @Override
  public void close() {
    running.forEach(Process::destroy);
  }
}
