package dev.temps.agent.join;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.agent.status.StatusFile;
import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.agent.unit.SystemdUnits;
import dev.temps.agent.unit.Units;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * The ground a join stands on; a test brings its own.
 *
 * @param engine asks the container engine who it is
 * @param alive whether there is a process of that pid
 * @param root where the kernel's files are, {@code /}
 */
record JoinGround(
    AgentFolder folder,
    StatusFile status,
    Machine machine,
    PortOwners owners,
    Units units,
    Supplier<EngineInfo> engine,
    LongPredicate alive,
    Path root) {

  static JoinGround ofThisMachine(Time time) {
    return new JoinGround(
        AgentFolder.standard(),
        new StatusFile(StatusFile.standard(), time),
        new LocalMachine(),
        new PortOwners(Path.of("/proc")),
        SystemdUnits.here()
            ? new SystemdUnits()
            : new SupervisedUnits(SupervisedUnits.Places.standard(), time),
        () -> new DockerRuntime(DockerRuntime.SOCKET, time).engine(),
        pid -> ProcessHandle.of(pid).isPresent(),
        Path.of("/"));
  }
}
