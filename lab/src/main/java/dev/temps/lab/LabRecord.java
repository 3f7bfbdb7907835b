package dev.temps.lab;

import dev.temps.kit.Name;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Properties;

/**
 * What is written down about a lab when it is made.
 *
 * @param spec what was asked for
 * @param index K of its range {@code 10.99.K.0/24}
 */
record LabRecord(LabSpec spec, int index) {
  void write(LabFiles files) throws IOException {
    Files.writeString(
        files.properties(),
        """
        index=%d
        nodes=%d
        cpus=%s
        memory=%d
        data_disk=%d
        docker=%s
        """
            .formatted(
                index,
                spec.nodes(),
                spec.cpus(),
                spec.memoryBytes(),
                spec.dataDiskBytes(),
                spec.docker()));
  }

  /** Empty when there is no such lab, or what is written is not whole. */
  static Optional<LabRecord> read(Name lab) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(Files.readString(new LabFiles(lab).properties())));
      LabSpec spec =
          new LabSpec(
              lab,
              Integer.parseInt(read.getProperty("nodes", "")),
              Double.parseDouble(read.getProperty("cpus", "")),
              Long.parseLong(read.getProperty("memory", "")),
              Long.parseLong(read.getProperty("data_disk", "")),
              Boolean.parseBoolean(read.getProperty("docker", "")));
      return Optional.of(new LabRecord(spec, Integer.parseInt(read.getProperty("index", ""))));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the lab " + lab, e);
    }
  }
}
