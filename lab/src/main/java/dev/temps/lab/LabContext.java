package dev.temps.lab;

import dev.temps.lab.host.Cgroups;
import dev.temps.lab.host.Faults;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.Wan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the machines of one lab share. Thread-safe. */
final class LabContext {
  final LabRecord record;
  final LabFiles files;
  final Host host;
  final Cgroups cgroups;
  final Wan wan;

  LabContext(LabRecord record, Host host) {
    this.record = record;
    this.files = new LabFiles(record.spec().name());
    this.host = host;
    this.cgroups = Cgroups.ofHost(host);
    this.wan = new Wan(host, record.spec().name(), record.index());
  }

  static String node(int i) {
    return "node-" + i;
  }

  /** What is broken at machine {@code i}; kept in a file because commands come and go. */
  Faults faults(int i) {
    try {
      return Faults.parse(Files.readString(faultsFile(i)));
    } catch (NoSuchFileException e) {
      return Faults.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the faults of " + node(i), e);
    }
  }

  /** Writes the change down and makes the faults of all machines true. */
  synchronized void changeFaults(int i, UnaryOperator<Faults> change) {
    try {
      Files.writeString(faultsFile(i), change.apply(faults(i)).line());
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the faults of " + node(i), e);
    }
    Map<Integer, Faults> all = new TreeMap<>();
    for (int each = 1; each <= record.spec().nodes(); each++) {
      all.put(each, faults(each));
    }
    wan.apply(all);
  }

  private Path faultsFile(int i) {
    return files.machine(node(i)).resolve("faults");
  }
}
