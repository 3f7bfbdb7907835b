package dev.temps.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands: with the outside they speak to where their constructor takes it. */
final class IoFactory implements IFactory {
  private final Io io;

  IoFactory(Io io) {
    this.io = io;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Io.class) {
        constructor.setAccessible(true);
        return type.cast(constructor.newInstance(io));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
