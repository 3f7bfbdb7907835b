package dev.temps.agent.ingress;

import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Runs the ingress part alone inside a machine: serves {@code routes.json} of the folder and writes
 * the applied revision and the condition to {@code ingress.txt}.
 */
final class IngressPartMain {
  private static final Duration PERIOD = Duration.ofMillis(250);

  private IngressPartMain() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Time time = Time.system();
    var standard = SupervisedUnits.Places.standard();
    var places =
        new SupervisedUnits.Places(
            Path.of(args[1]), standard.units(), standard.run(), standard.logs());
    var part =
        new IngressPart(IngressPlaces.standard(), new SupervisedUnits(places, time), time, "n-1");
    part.assign(
        Json.read(Assignment.Routes.class, Files.readString(folder.resolve("routes.json"))));
    while (true) {
      part.step();
      Files.writeString(
          folder.resolve("ingress.txt"), part.appliedRevision() + " " + part.conditions());
      time.pause(PERIOD);
    }
  }
}
