package dev.temps.lab.product;

import dev.temps.kit.Name;
import dev.temps.lab.Lab;

/** Command lines to be shown to people, for the lab they are about. */
public final class Words {
  private static final Name USUAL = new Name("default");

  private Words() {}

  /** {@code ./temps lab down}, with the lab's name where it isn't the usual one. */
  public static String lab(Lab lab, String command) {
    return lab(lab.spec().name(), command);
  }

  /** As above, for a lab that may not be whole. */
  public static String lab(Name name, String command) {
    return "./temps lab " + command + (name.equals(USUAL) ? "" : " --name " + name);
  }

  /** {@code ./temps lab exec node-2 -- temps ps}. */
  public static String exec(Lab lab, String node, String command) {
    return lab(lab, "exec") + " " + node + " -- " + command;
  }

  /** A request to the app through a machine. */
  public static String curl(Lab lab, String node) {
    String host = Product.host(Product.APP);
    return exec(lab, node, "curl -s -H 'Host: " + host + "' http://127.0.0.1/");
  }
}
