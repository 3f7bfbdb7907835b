package dev.temps.bench;

import dev.temps.lab.Machine;
import java.time.Duration;
import java.util.List;

/** Reads figures of processes inside a lab's machine. */
public final class Proc {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final double TICKS_PER_SECOND = 100; // USER_HZ on every Linux the JDK runs on

  private Proc() {}

  /** What a script that has to succeed within 20 s printed. */
  public static String out(Machine machine, String script) {
    return machine.script(script, LIMIT).must(script).strip();
  }

  /** Pid of the JVM of a unit, as its machine sees it. */
  static long unitPid(Machine machine, String unit) {
    return Long.parseLong(out(machine, "cut -d' ' -f1 /run/temps/units/" + unit + "/pid\n"));
  }

  static double residentMegabytes(Machine machine, long pid) {
    String text = out(machine, "grep VmRSS /proc/" + pid + "/status\n");
    return Long.parseLong(text.replaceAll("\\D", "")) / 1024.0;
  }

  /** Wall clock of a process' start in seconds, to a hundredth. */
  static double startedAt(Machine machine, long pid) {
    String stat = out(machine, "cat /proc/" + pid + "/stat\n");
    String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    String boot = out(machine, "cut -d' ' -f1 /proc/uptime; date +%s.%N\n");
    String[] lines = boot.split("\n");
    double bootedAt = Double.parseDouble(lines[1]) - Double.parseDouble(lines[0]);
    return bootedAt + Long.parseLong(ticks) / TICKS_PER_SECOND;
  }

  static List<String> lines(Machine machine, String script) {
    return out(machine, script).lines().toList();
  }
}
