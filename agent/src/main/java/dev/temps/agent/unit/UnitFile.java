package dev.temps.agent.unit;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** Renders units for systemd. Pure. */
final class UnitFile {
  /** Variable in every unit's environment that names the spec it was started from. */
  static final String HASH_VARIABLE = "TEMPS_UNIT_HASH";

  private UnitFile() {}

  /** The text of {@code NAME.service}; secrets are not in it but in {@code envFile}. */
  static String service(UnitSpec spec, Path envFile) {
    String exec = spec.argv().stream().map(UnitFile::argument).collect(Collectors.joining(" "));
    String restart = spec.restart() == UnitSpec.Restart.always ? "always" : "on-failure";
    return """
    # Written by the Temps agent; changes are overwritten.
    [Unit]
    Description=Temps: %s
    Wants=network-online.target
    After=network-online.target docker.service
    StartLimitIntervalSec=0

    [Service]
    Type=exec
    ExecStart=%s
    Environment=%s=%s
    EnvironmentFile=%s
    WorkingDirectory=%s
    Restart=%s
    RestartSec=500ms
    KillMode=mixed
    TimeoutStopSec=10
    OOMScoreAdjust=-500
    LimitNOFILE=65536
    RuntimeDirectory=temps
    RuntimeDirectoryPreserve=yes

    [Install]
    WantedBy=multi-user.target
    """
        .formatted(
            spec.name(),
            exec,
            HASH_VARIABLE,
            spec.hash(),
            escaped(envFile.toString()),
            escaped(spec.workingDir().toString()),
            restart);
  }

  /** The text of the environment file. */
  static String environment(UnitSpec spec) {
    return spec.sortedEnv().entrySet().stream()
        .map(e -> e.getKey() + "=\"" + backslashed(e.getValue()) + "\"\n")
        .collect(Collectors.joining());
  }

  /** One argument of ExecStart: quoted, with systemd's own signs doubled. */
  private static String argument(String text) {
    return "\"" + escaped(backslashed(text)).replace("$", "$$") + "\"";
  }

  private static String backslashed(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String escaped(String text) {
    return text.replace("%", "%%");
  }
}
