package dev.temps.agent.workload;

import dev.temps.contract.agent.VolumeMount;
import dev.temps.contract.agent.WorkloadSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * A short name for what a container is made from, without what may change for one id (desired,
 * restart generation, login, grace). Not reversible: the environment holds secrets.
 */
final class SpecHash {
  private static final int BYTES = 16;

  private SpecHash() {}

  static String of(WorkloadSpec spec) {
    MessageDigest digest = sha256();
    add(digest, spec.id());
    add(digest, spec.image());
    add(digest, String.valueOf(spec.imageId()));
    spec.env().forEach(e -> add(digest, e));
    add(digest, "command");
    if (spec.command() != null) {
      spec.command().forEach(c -> add(digest, c));
    }
    add(digest, spec.address());
    add(digest, spec.mac());
    add(digest, spec.cpuMillis() + " " + spec.memoryBytes());
    new TreeMap<>(spec.labels()).forEach((k, v) -> add(digest, k + "=" + v));
    for (VolumeMount mount : spec.mounts()) {
      add(digest, "volume " + mount.id() + " " + mount.generation() + " " + mount.path());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
