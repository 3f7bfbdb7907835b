package dev.temps.lab.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Writes images into the storage directory of a registry that isn't running on it yet. */
public final class RegistryTree {
  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
  private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
  private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

  private final Path root;

  /** A registry whose {@code rootdirectory} this is. */
  public RegistryTree(Path root) {
    this.root = root.resolve("docker/registry/v2");
  }

  /** A blob that lies in the registry. */
  private record Blob(String digest, int size) {
    String json(String mediaType) {
      return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"}"
          .formatted(mediaType, size, digest);
    }
  }

  /**
   * Adds an image.
   *
   * @param architecture as Go spells it: {@code amd64}
   * @param program what a container of it runs
   * @param layers tar archives, lowest first
   */
  public void add(
      String name, String tag, String architecture, List<String> program, List<byte[]> layers)
      throws IOException {
    Blob manifest = manifest(name, architecture, program, layers);
    tag(name, tag, manifest);
  }

  /** Adds an image that exists for that architecture only, and says so in a list. */
  public void addListed(
      String name, String tag, String architecture, List<String> program, List<byte[]> layers)
      throws IOException {
    Blob manifest = manifest(name, architecture, program, layers);
    String platform = "\"platform\":{\"architecture\":\"" + architecture + "\",\"os\":\"linux\"}";
    String entry = manifest.json(MANIFEST).replaceFirst("}$", "," + platform + "}");
    String list =
        "{\"schemaVersion\":2,\"mediaType\":\"" + LIST + "\",\"manifests\":[" + entry + "]}";
    tag(name, tag, revision(name, list));
  }

  private Blob manifest(String name, String architecture, List<String> program, List<byte[]> layers)
      throws IOException {
    String config =
        """
        {"architecture":"%s","os":"linux","created":"2026-01-01T00:00:00Z",\
        "config":{"Env":["PATH=/bin"],"Cmd":[%s],"ExposedPorts":{"8080/tcp":{}}},\
        "rootfs":{"type":"layers","diff_ids":[%s]}}\
        """
            .formatted(
                architecture,
                program.stream().map(RegistryTree::quoted).collect(Collectors.joining(",")),
                layers.stream().map(l -> quoted(digest(l))).collect(Collectors.joining(",")));
    String configJson = layer(name, config.getBytes(StandardCharsets.UTF_8)).json(CONFIG);
    StringBuilder layersJson = new StringBuilder();
    for (byte[] layer : layers) {
      layersJson
          .append(layersJson.isEmpty() ? "" : ",")
          .append(layer(name, gzip(layer)).json(LAYER));
    }
    return revision(
        name,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(MANIFEST, configJson, layersJson));
  }

  private Blob revision(String name, String manifest) throws IOException {
    Blob blob = blob(manifest.getBytes(StandardCharsets.UTF_8));
    link(repository(name).resolve("_manifests/revisions"), blob);
    return blob;
  }

  private void tag(String name, String tag, Blob manifest) throws IOException {
    Path tags = repository(name).resolve("_manifests/tags").resolve(tag);
    write(tags.resolve("current/link"), manifest.digest().getBytes(StandardCharsets.UTF_8));
    link(tags.resolve("index"), manifest);
  }

  private Blob layer(String name, byte[] content) throws IOException {
    Blob blob = blob(content);
    link(repository(name).resolve("_layers"), blob);
    return blob;
  }

  private Blob blob(byte[] content) throws IOException {
    String digest = digest(content);
    String hex = digest.substring(digest.indexOf(':') + 1);
    write(
        root.resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex).resolve("data"),
        content);
    return new Blob(digest, content.length);
  }

  private static void link(Path directory, Blob blob) throws IOException {
    String path = blob.digest().replace(':', '/') + "/link";
    write(directory.resolve(path), blob.digest().getBytes(StandardCharsets.UTF_8));
  }

  private Path repository(String name) {
    return root.resolve("repositories").resolve(name);
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("no SHA-256 in this Java", e));
    }
  }
}
