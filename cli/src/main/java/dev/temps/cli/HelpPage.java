package dev.temps.cli;

import java.util.List;

/** What {@code temps --help} prints: commands by group, one line each. */
final class HelpPage {
  private HelpPage() {}

  static String of(List<Mount> mounts) {
    int width = mounts.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    StringBuilder page = new StringBuilder();
    page.append("Temps runs apps on machines of your own.\n\n");
    page.append("Usage: temps COMMAND [ARGUMENT...]\n");
    for (Group group : Group.values()) {
      List<Mount> members = mounts.stream().filter(m -> m.group() == group).toList();
      if (group == Group.HIDDEN || members.isEmpty()) {
        continue;
      }
      page.append('\n').append(group.title()).append(":\n");
      for (Mount member : members) {
        String gap = " ".repeat(width - member.name().length() + 3);
        page.append("  ").append(member.name()).append(gap).append(member.summary()).append('\n');
      }
    }
    page.append("\n`temps COMMAND --help` explains a command and shows examples.\n");
    return page.toString();
  }
}
