package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.Labels;
import dev.temps.contract.agent.WorkloadSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in words why a workload is not running: what, why, what next. Pure. */
final class Reasons {
  private static final int ENGINE_WORDS_MAX = 300;
  private static final int NOT_EXECUTABLE = 126; // shells' and Docker's convention
  private static final int NOT_FOUND = 127;

  private Reasons() {}

  /** Why work on a workload failed. */
  static String of(Step step, @Nullable WorkloadSpec spec, EngineException e) {
    String words = e.words().toLowerCase(Locale.ROOT);
    String image = spec == null ? "" : spec.image();
    if (words.contains("no space left on device")) {
      return "no space left on this node's disk; free some or give the node a larger one";
    }
    if (words.contains("address already in use") && spec != null) {
      return "address "
          + spec.address()
          + " is still used by another container on this node; it is tried again";
    }
    if (words.contains("port is already allocated")) {
      return "a port it needs is taken on this node: " + cut(e.words());
    }
    if (words.contains("exec format error")) {
      return "exec format error: the image " + image + " is not for this node's architecture";
    }
    if (words.contains("no matching manifest")) {
      return "the image "
          + image
          + " does not exist for this node's architecture: "
          + cut(e.words());
    }
    return switch (step) {
      case pull -> pull(image, e);
      case create -> e.words().contains("image") ? cut(e.words()) : created(e);
      case start -> started(e);
      case stop -> "it could not be stopped: " + cut(e.words());
      case remove -> "its container could not be removed: " + cut(e.words());
    };
  }

  private static String pull(String image, EngineException e) {
    return switch (e.kind()) {
      case denied ->
          "the registry refused to give the image "
              + image
              + "; log in with: temps registry login ("
              + cut(e.words())
              + ")";
      case missing -> "the image " + image + " does not exist in its registry: " + cut(e.words());
      case slow -> "pulling the image " + image + " made no progress; it is tried again";
      case unreachable, interrupted, conflict, refused ->
          "the image " + image + " could not be pulled: " + cut(e.words());
    };
  }

  private static String created(EngineException e) {
    return "its container could not be created: " + cut(e.words());
  }

  private static String started(EngineException e) {
    String words = e.words().toLowerCase(Locale.ROOT);
    if (words.contains("executable file not found") || words.contains("no such file")) {
      return "its command was not found in the image: " + cut(e.words());
    }
    return "its container could not be started: " + cut(e.words());
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ').replace('\r', ' ').strip();
    return line.length() <= ENGINE_WORDS_MAX ? line : line.substring(0, ENGINE_WORDS_MAX) + "…";
  }

  /** Why a container has ended. */
  static String ended(ContainerInfo container, @Nullable WorkloadSpec spec) {
    if (container.outOfMemory()) {
      long limit = spec == null ? 0 : spec.memoryBytes() >> 20;
      return "out of memory: it used more than its limit"
          + (limit == 0 ? "" : " of " + limit + " MiB")
          + " and was ended; give it more with --memory";
    }
    String foreign = container.label(Labels.FOREIGN);
    if (!foreign.isEmpty() && container.exitCode() != 0) {
      return "exec format error: the image is for "
          + foreign
          + ", which this node can't run; deploy one for its architecture";
    }
    if (container.error().contains(LastWords.FORMAT_ERROR)) {
      return container.error() + ": its program is not for this node's architecture, or no program";
    }
    return switch (container.exitCode()) {
      case NOT_EXECUTABLE -> "its command can't be executed (exit code 126)";
      case NOT_FOUND -> "its command was not found (exit code 127)";
      default -> "its process ended with exit code " + container.exitCode();
    };
  }
}
