package dev.temps.control.ca;

import dev.temps.control.store.Settings;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * What is kept of the rotation that runs, inside the caller's transaction.
 *
 * @param newest fingerprint of the new CA
 * @param turned whether it has ever signed
 * @param without ids of nodes that are not waited for
 */
record CaRow(String newest, boolean turned, Set<String> without) {
  private static final String NEWEST = "ca.rotation.newest";
  private static final String TURNED = "ca.rotation.turned";
  private static final String WITHOUT = "ca.rotation.without";

  CaRow {
    without = Set.copyOf(without);
  }

  static Optional<CaRow> find(Handle handle) {
    return Settings.find(handle, NEWEST)
        .map(newest ->
            new CaRow(
                newest,
                Settings.find(handle, TURNED).isPresent(),
                ids(Settings.find(handle, WITHOUT).orElse(""))));
  }

  private static Set<String> ids(String text) {
    return text.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(text.split(",")));
  }

  void put(Handle handle) {
    Settings.put(handle, NEWEST, newest);
    if (turned) {
      Settings.put(handle, TURNED, "yes");
    }
    Settings.put(handle, WITHOUT, String.join(",", new TreeSet<>(without)));
  }

  static void remove(Handle handle) {
    Settings.remove(handle, NEWEST);
    Settings.remove(handle, TURNED);
    Settings.remove(handle, WITHOUT);
  }

  CaRow leaving(Set<String> more) {
    Set<String> all = new TreeSet<>(without);
    all.addAll(more);
    return new CaRow(newest, turned, all);
  }

  CaRow turn() {
    return new CaRow(newest, true, without);
  }
}
