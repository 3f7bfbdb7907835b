package dev.temps.bench;

import dev.temps.contract.api.Serving;
import dev.temps.control.ControlPlane;
import dev.temps.control.ServeOptions;
import dev.temps.kit.DurableFile;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Prepares a control plane of its own for a measurement, without joining this machine to it. Usage:
 * {@code FreshControl DATA_FOLDER}; writes {@code token} beside the folder and prints the CA pin.
 */
public final class FreshControl {
  private FreshControl() {}

  /** Makes it. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toAbsolutePath();
    ServeOptions options =
        ServeOptions.in(folder).withAdvertise(List.of("127.0.0.1")).withDomain("bench.test");
    Serving serving =
        ControlPlane.initialize(options, Time.system(), Ids.secure())
            .orElseThrow(() -> new IllegalStateException(folder + " is not fresh"));
    DurableFile.writePrivate(
        folder.resolveSibling("token"), serving.ownerToken().getBytes(StandardCharsets.UTF_8));
    System.out.println(serving.caFingerprint());
  }
}
