package dev.temps.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command explains itself, in the same manner. */
class ManualTest {
  @TempDir private Path home = Path.of("");

  private List<CommandLine> commands() {
    Io io = new Person(home).io(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    List<CommandLine> all = new ArrayList<>();
    TempsCli.tree(io).getSubcommands().values().forEach(c -> collect(c, all));
    return all;
  }

  private static void collect(CommandLine line, List<CommandLine> all) {
    all.add(line);
    line.getSubcommands().values().forEach(c -> collect(c, all));
  }

  @Test
  void everyCommandSaysInOneSentenceWhatItDoes() {
    for (CommandLine command : commands()) {
      CommandSpec spec = command.getCommandSpec();
      String[] description = spec.usageMessage().description();
      assertEquals(1, description.length, spec.qualifiedName());
      assertTrue(description[0].endsWith("."), spec.qualifiedName());
      assertEquals(
          1, description[0].split("\\. ", -1).length, spec.qualifiedName() + ": two sentences");
    }
  }

  @Test
  void everyCommandShowsTwoExamplesThatParse() {
    for (CommandLine command : commands()) {
      CommandSpec spec = command.getCommandSpec();
      List<String> examples = List.of(spec.usageMessage().footer());
      assertEquals(2, examples.size(), spec.qualifiedName());
      for (String example : examples) {
        if (example.startsWith("  temps ")) {
          String[] words =
              example.strip().substring("temps ".length()).split(" [<>] ", -1)[0].split(" ", -1);
          TempsCli.tree(
                  new Person(home).io(new ByteArrayOutputStream(), new ByteArrayOutputStream()))
              .parseArgs(words);
        }
      }
    }
  }

  @Test
  void everyOptionAndArgumentIsDescribed() {
    for (CommandLine command : commands()) {
      CommandSpec spec = command.getCommandSpec();
      spec.options().forEach(o -> assertTrue(o.description().length > 0, spec.qualifiedName() + o));
      spec.positionalParameters()
          .forEach(p -> assertTrue(p.description().length > 0, spec.qualifiedName() + p));
      assertTrue(spec.findOption("--help") != null, spec.qualifiedName());
    }
  }

  @Test
  void whatDestroysAsksUnlessToldNotTo() {
    for (CommandLine command : commands()) {
      String name = command.getCommandSpec().qualifiedName();
      if (name.matches(
          "temps (node )?remove|temps node declare-lost|temps token revoke|temps stop"
              + "|temps registry logout")) {
        assertTrue(command.getCommandSpec().findOption("--yes") != null, name);
      }
    }
  }

  @Test
  void theFirstPageListsEveryCommandByGroup() {
    Person.Seen seen = new Person(home).runs("--help");
    assertEquals(0, seen.exit());
    for (Mount mount : Catalog.mounts()) {
      assertTrue(seen.out().contains("\n  " + mount.name() + " "), mount.name());
    }
    assertTrue(seen.out().contains("\nApps:\n"));
    assertTrue(seen.out().lines().allMatch(l -> l.length() <= 80), seen.out());
    assertEquals(seen, new Person(home).runs());
    assertEquals(seen, new Person(home).runs("help"));
  }

  @Test
  void helpOfACommandIsFoundBothWays() {
    Person.Seen seen = new Person(home).runs("node", "list", "--help");
    assertEquals(0, seen.exit());
    assertTrue(seen.out().startsWith("Usage: temps node list"), seen.out());
    assertEquals(seen, new Person(home).runs("help", "node", "list"));
  }

  @Test
  void completionKnowsEveryCommandInBothShells() {
    Person.Seen bash = new Person(home).runs("completion", "bash");
    assertEquals(0, bash.exit());
    assertTrue(bash.out().contains("cordon"));
    Person.Seen zsh = new Person(home).runs("completion", "zsh");
    assertTrue(zsh.out().startsWith("autoload -U +X bashcompinit"));
    assertEquals(2, new Person(home).runs("completion", "fish").exit());
  }
}
