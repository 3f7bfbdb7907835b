package dev.temps.control.http;

import dev.temps.kit.Problem;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds parsed records to their own types: a component that may not be null isn't. Thread-safe. */
final class Required {
  private static final ClassValue<List<RecordComponent>> NEEDED =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .filter(c -> !c.getType().isPrimitive())
              .toList();
        }
      };

  private Required() {}

  /**
   * The record itself.
   *
   * @throws dev.temps.kit.ProblemException 400 naming the first member that is missing
   */
  static <T extends Record> T checked(T value) {
    check("", value);
    return value;
  }

  private static void check(String path, Record value) {
    for (RecordComponent component : NEEDED.get(value.getClass())) {
      Object member = get(component, value);
      String name = path + component.getName();
      if (member == null) {
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          throw missing(name);
        }
      } else if (member instanceof Record nested) {
        check(name + ".", nested);
      } else if (member instanceof List<?> list) {
        checkAll(name, list);
      }
    }
  }

  private static void checkAll(String name, List<?> list) {
    for (Object element : list) {
      if (!(element instanceof Record nested)) {
        return; // lists of records or of text, never mixed; copies of lists hold no null
      }
      check(name + "[].", nested);
    }
  }

  private static @Nullable Object get(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record's accessor could not be called", e);
    }
  }

  private static RuntimeException missing(String name) {
    return Problem.of(
            "missing-field",
            400,
            "The body lacks a field.",
            "\"" + name + "\" is missing or null.",
            "See /api/v1/openapi.yaml for the fields.")
        .raise();
  }
}
