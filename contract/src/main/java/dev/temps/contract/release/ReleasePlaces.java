package dev.temps.contract.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where releases are on a machine. Immutable.
 *
 * @param link what everybody calls the program by; a symbolic link into {@code releases}, or a
 *     folder where the archive was unpacked by hand
 * @param releases one folder per unpacked release
 * @param work notes of an upgrade; survives a reboot
 */
public record ReleasePlaces(Path link, Path releases, Path work) {
  /** The places of an ordinary machine. */
  public static ReleasePlaces standard() {
    return new ReleasePlaces(
        Path.of("/opt/temps"), Path.of("/opt/temps-releases"), Path.of("/var/lib/temps/upgrade"));
  }

  /** How the switch of this machine stands; {@link SwitchOutcome#NONE} before the first. */
  public SwitchOutcome outcome() throws IOException {
    try {
      return SwitchOutcome.parse(Files.readString(work.resolve("outcome")));
    } catch (NoSuchFileException e) {
      return SwitchOutcome.NONE;
    }
  }

  /** Folder of the release whose first accepted report is awaited; written by its agent. */
  public Path accepted() {
    return work.resolve("accepted");
  }

  /** Names the store's file while a copy from before its migration is beside it. */
  public Path storeCopy() {
    return work.resolve("store-copy");
  }

  /** Whether the release in {@code home} runs here and has yet to prove itself. */
  public boolean onTrial(Path home) throws IOException {
    SwitchOutcome now = outcome();
    boolean undecided = now.word().equals("trial") || now.word().equals("returning");
    return undecided && now.home().equals(home.toString());
  }
}
