package dev.temps.lab;

import dev.temps.kit.Problem;
import dev.temps.lab.host.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * One machine of a lab and everything that can happen to it. Methods that change something return
 * when it is done; all may be called in any state. Thread-safe, but power is one person's job:
 * don't switch one machine from two threads.
 *
 * <p>The clock can't be set apart: time namespaces cover only the monotonic clocks, so machines
 * share the host's wall clock.
 */
public final class Machine {
  private final LabContext lab;
  private final int index;
  private final MachinePower power;
  private final MachineExec exec;

  Machine(LabContext lab, int index) {
    this.lab = lab;
    this.index = index;
    this.power = new MachinePower(lab, index);
    this.exec = new MachineExec(lab, power);
  }

  /** Its host name: {@code node-2}. */
  public String name() {
    return LabContext.node(index);
  }

  /** Its number in the lab, from 1. */
  public int index() {
    return index;
  }

  /** Its address on the wan, the only network between machines. */
  public String address() {
    return lab.wan.address(index);
  }

  /** Pid of its init as the host sees it; empty when it is off. */
  public OptionalLong pid() {
    return power.pid();
  }

  /** Whether it has power. */
  public boolean on() {
    return power.pid().isPresent();
  }

  /** Whether it is frozen. */
  public boolean frozen() {
    return lab.cgroups.frozen(power.label());
  }

  /** Whether its Docker engine answers. */
  public boolean dockerAnswers() {
    return on() && !frozen() && power.dockerAnswers();
  }

  /** What is broken between it and the wan. */
  public Faults faults() {
    return lab.faults(index);
  }

  /** A file of the machine as the host can read and write it; the machine must be on. */
  public Path path(String inside) {
    long pid = power.pid().orElseThrow(() -> new IllegalStateException(name() + " is off"));
    return Path.of("/proc/" + pid + "/root").resolve(Path.of("/").relativize(Path.of(inside)));
  }

  /**
   * Runs a program in the machine, as root, by argument list.
   *
   * @param timeout after which the program is killed and the exit code is 124
   * @throws dev.temps.kit.ProblemException when the machine is off or frozen
   */
  public ExecResult exec(List<String> argv, Duration timeout) {
    return exec.run(argv, "", timeout);
  }

  /** As above, feeding the program {@code input}: the way for secrets and for scripts. */
  public ExecResult execWithInput(List<String> argv, String input, Duration timeout) {
    return exec.run(argv, input, timeout);
  }

  /** Runs a shell script of the caller's own, for tests: {@code sh -e}, read from its input. */
  public ExecResult script(String text, Duration timeout) {
    return exec.run(List.of("sh", "-e", "-s"), text, timeout);
  }

  /**
   * A program in the machine, not started yet, for callers that want its streams. It is killed when
   * the started process is. The environment may be added to.
   */
  public ProcessBuilder program(List<String> argv) {
    return exec.program(argv);
  }

  /** Pulls the plug: nothing in the machine gets to do anything more. */
  public void powerOff() {
    power.off();
  }

  /** Starts it on the disk it had and waits for its Docker engine, if it has one. */
  public void powerOn() {
    if (!on()) {
      power.boot();
      power.awaitDocker();
    }
  }

  /** Pulls the network cable. */
  public void cut() {
    lab.changeFaults(index, Faults::withCut);
  }

  /** Nothing arrives at it any more; what it sends still gets through. */
  public void cutIncoming() {
    lab.changeFaults(index, Faults::withDropIn);
  }

  /** Nothing it sends gets anywhere; what others send still arrives. */
  public void cutOutgoing() {
    lab.changeFaults(index, Faults::withDropOut);
  }

  /** Takes back every network fault, lost UDP ports too. */
  public void heal() {
    lab.changeFaults(index, _ -> Faults.NONE);
  }

  /** Loses all packets from and to this UDP port on their way, as a firewall in between would. */
  public void dropUdp(int port) {
    lab.changeFaults(index, faults -> faults.withUdp(port, true));
  }

  /** Takes {@link #dropUdp} back. */
  public void restoreUdp(int port) {
    lab.changeFaults(index, faults -> faults.withUdp(port, false));
  }

  /**
   * Stops every process in it; connections stay open and nobody answers.
   *
   * @throws dev.temps.kit.ProblemException when it is off
   */
  public void freeze() {
    if (!on()) {
      throw Problem.conflict(
              "machine-state",
              "There is nothing to freeze.",
              "Machine " + power.label() + " is off.",
              "Start it first: temps lab power-on.")
          .raise();
    }
    lab.cgroups.freeze(power.label(), true);
  }

  /** Lets them go on. */
  public void thaw() {
    lab.cgroups.freeze(power.label(), false);
  }

  /** Stops the Docker engine and keeps it stopped, until started again or rebooted. */
  public void stopDocker() {
    script(
            """
            touch /run/temps-lab/docker-off
            if [ -e /run/docker.pid ]; then kill "$(cat /run/docker.pid)"; fi
            """,
            Duration.ofSeconds(10))
        .must("stop Docker");
    lab.host.until(Duration.ofSeconds(30), () -> !power.dockerAnswers());
  }

  /** Starts it again and waits until it answers. */
  public void startDocker() {
    exec(List.of("rm", "-f", "/run/temps-lab/docker-off"), Duration.ofSeconds(10))
        .must("start Docker");
    power.awaitDocker();
  }

  /** First half of {@link #powerOn}: returns when its init runs. */
  void boot() {
    if (!on()) {
      power.boot();
    }
  }

  /** Second half of {@link #powerOn}. */
  void awaitDocker() {
    power.awaitDocker();
  }
}
