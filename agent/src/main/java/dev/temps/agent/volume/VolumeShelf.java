package dev.temps.agent.volume;

import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.VolumeMount;
import dev.temps.contract.json.Json;
import dev.temps.kit.DurableFile;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of volumes on this machine. Makes a volume the first time, and from then on only
 * checks that it is what it should be. Thread-safe: its callers take turns.
 */
public final class VolumeShelf {
  /** How long the data of a volume that was given up is kept. */
  public static final Duration KEPT = Duration.ofDays(7);

  private static final String MARKER = "marker.json";
  private static final String DATA = "data";
  private static final String ASIDE = "removed";
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");

  private final Path root;
  private final String cluster;
  private final Time time;

  /** The folders under {@code root}; nothing is made before the first volume. */
  public VolumeShelf(Path root, String cluster, Time time) {
    this.root = root;
    this.cluster = cluster;
    this.time = time;
  }

  /** Where a volume's data is, there or not. */
  public Path data(String id) {
    if (!ID.matcher(id).matches()) {
      throw new VolumeException("a volume has the impossible id " + id, null);
    }
    return root.resolve(id).resolve(DATA);
  }

  /**
   * Sees to it that a container may be started on a volume.
   *
   * @throws VolumeException in words when it may not
   */
  public synchronized void prepare(VolumeMount mount) {
    Path data = data(mount.id());
    try {
      Path folder = folder(data);
      Optional<Marker> found = marker(folder);
      if (found.isPresent() && isOld(found.get(), mount)) {
        moveAside(folder, found.get());
        found = Optional.empty();
      }
      if (found.isPresent()) {
        check(mount, found.get(), data);
      } else {
        make(mount, data);
      }
    } catch (IOException e) {
      throw new VolumeException(at(mount, data) + " can't be used: " + e.getMessage(), e);
    }
  }

  private static Path folder(Path data) {
    return Objects.requireNonNull(data.getParent());
  }

  private static String at(VolumeMount mount, Path data) {
    return "the volume " + mount.name() + " at " + data;
  }

  private boolean isOld(Marker found, VolumeMount mount) {
    return found.cluster().equals(cluster)
        && found.volume().equals(mount.id())
        && found.generation() < mount.generation();
  }

  private Optional<Marker> marker(Path folder) throws IOException {
    Path file = folder.resolve(MARKER);
    try {
      return Optional.of(Json.read(Marker.class, Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (ProblemException e) {
      throw new VolumeException(file + " can't be read; put it back from a backup", e);
    }
  }

  private void check(VolumeMount mount, Marker found, Path data) throws IOException {
    Marker wanted = new Marker(cluster, mount.id(), mount.generation());
    if (!found.equals(wanted)) {
      throw new VolumeException(
          at(mount, data)
              + " belongs to "
              + (found.cluster().equals(cluster) ? "a later life of it" : "another cluster")
              + "; move "
              + folder(data)
              + " away to begin with an empty one",
          null);
    }
    if (!Files.isDirectory(data) || !sameDisk(data)) {
      throw missing(mount, data);
    }
  }

  /** A disk mounted over the data alone could be missing one day without being missed. */
  private static boolean sameDisk(Path data) throws IOException {
    return Files.getFileStore(data).equals(Files.getFileStore(folder(data).resolve(MARKER)));
  }

  private void make(VolumeMount mount, Path data) throws IOException {
    if (mount.made() || (Files.isDirectory(data) && !isEmpty(data))) {
      throw missing(mount, data);
    }
    Files.createDirectories(root);
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    Files.createDirectories(data);
    Marker fresh = new Marker(cluster, mount.id(), mount.generation());
    DurableFile.writePrivate(
        folder(data).resolve(MARKER), Json.write(fresh).getBytes(StandardCharsets.UTF_8));
  }

  private static VolumeException missing(VolumeMount mount, Path data) {
    return new VolumeException(
        at(mount, data)
            + " should hold data with its marker beside it, and does not. Mount the disk it is on,"
            + " or restore "
            + folder(data)
            + "; to begin empty, remove the volume and deploy again",
        null);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }

  /** Whether the data of a volume that was given up is still in its place. */
  public synchronized boolean has(RemovedVolume removed) {
    try {
      return marker(folder(data(removed.id())))
          .filter(m -> m.cluster().equals(cluster) && m.generation() <= removed.generation())
          .isPresent();
    } catch (IOException | VolumeException e) {
      return false; // what can't be read is nobody's to move; prepare says so when it is wanted
    }
  }

  /**
   * Renames what was given up; again does nothing.
   *
   * @throws IOException when the disk refuses
   */
  public synchronized void setAside(RemovedVolume removed) throws IOException {
    if (has(removed)) {
      Path folder = folder(data(removed.id()));
      moveAside(folder, marker(folder).orElseThrow());
    }
  }

  private void moveAside(Path folder, Marker found) throws IOException {
    Path aside = root.resolve(ASIDE);
    Files.createDirectories(aside);
    Files.move(
        folder, aside.resolve(found.volume() + "." + found.generation() + "." + time.millis()));
  }

  /**
   * Deletes what was set aside a week ago.
   *
   * @throws IOException when the disk refuses; the rest waits for the next time
   */
  public void sweep() throws IOException {
    Path aside = root.resolve(ASIDE);
    if (!Files.isDirectory(aside)) {
      return;
    }
    List<Path> over = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(aside)) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName());
        String stamp = name.substring(name.lastIndexOf('.') + 1);
        boolean ours = stamp.matches("[0-9]{1,15}");
        if (ours && time.millis() - Long.parseLong(stamp) >= KEPT.toMillis()) {
          over.add(folder);
        }
      }
    }
    for (Path folder : over) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
