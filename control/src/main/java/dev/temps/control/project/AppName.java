package dev.temps.control.project;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import org.jspecify.annotations.Nullable;

/**
 * A project and one of its environments, and the app name they make: the project's own for
 * production, else {@code project-environment}.
 */
public record AppName(Name project, Name environment) {
  /** The label under the cluster's domain that leads to the control plane, so no app's name. */
  public static final String CONSOLE = "temps";

  private static final int LABEL_MAX = 63; // a DNS label

  /**
   * Parses both names.
   *
   * @param environment null for production
   * @throws dev.temps.kit.ProblemException 422 when one is no name or both together are too long
   */
  public static AppName parse(String project, @Nullable String environment) {
    AppName name =
        new AppName(
            Name.parse("project name", project),
            Name.parse(
                "environment name", environment == null ? Environment.PRODUCTION : environment));
    if (name.text().length() > LABEL_MAX) {
      throw Problem.invalid(
              "environment-name",
              Text.quoted(name.text()) + " would be longer than a host name's label of 63.",
              "Choose a shorter project or environment name.")
          .raise();
    }
    return name;
  }

  /** The host name of the console. */
  public static String consoleHost(String clusterDomain) {
    return CONSOLE + "." + clusterDomain;
  }

  /**
   * Passes when a new app may have it; one from before there was a console keeps it.
   *
   * @throws dev.temps.kit.ProblemException 422 for the console's
   */
  public void refuseReserved() {
    if (text().equals(CONSOLE)) {
      throw Problem.invalid(
              "app-name-reserved",
              "An app can't be called "
                  + CONSOLE
                  + ": under that name every machine leads to the control plane.",
              "Choose another project name.")
          .raise();
    }
  }

  /** The app's name. */
  public String text() {
    return environment.value().equals(Environment.PRODUCTION)
        ? project.value()
        : project.value() + "-" + environment.value();
  }
}
