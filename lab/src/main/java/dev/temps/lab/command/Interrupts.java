package dev.temps.lab.command;

import java.lang.reflect.Proxy;

/**
 * Ctrl-C in a terminal reaches every process of the foreground. While a program of somebody else
 * owns the terminal, it is the one to decide what that means.
 */
final class Interrupts {
  private Interrupts() {}

  /**
   * From now on this process doesn't end upon an interrupt; its children still see it. Uses the
   * JDK's signal API by name, because the compiler warns of it and a runtime may lack it, in which
   * case nothing changes.
   */
  static void leaveToChildren() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object nothing =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(), new Class<?>[] {handler}, (_, _, _) -> null);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), nothing);
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interrupts.class.getName())
          .log(System.Logger.Level.DEBUG, "Ctrl-C ends this program too", e);
    }
  }
}
