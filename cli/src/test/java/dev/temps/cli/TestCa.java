package dev.temps.cli;

import dev.temps.contract.tls.Pem;
import dev.temps.kit.Command;
import dev.temps.kit.Command.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A cluster's CA and a control plane's certificate, made by the JDK's keytool once per test JVM.
 */
public final class TestCa {
  private static final char[] PASSWORD = "not-a-secret".toCharArray();
  private static final TestCa ONE = new TestCa("temps://test/control");

  private final KeyStore keys;

  private TestCa(String identity) {
    this(List.of("-signer", "ca", "-ext", "san=uri:" + identity));
  }

  private TestCa(List<String> leaf) {
    try {
      Path folder = Files.createTempDirectory("temps-ca");
      Path store = folder.resolve("keys.p12");
      keytool(store, "-alias", "ca", "-dname", "CN=CA", "-ext", "bc:c");
      List<String> argv = new ArrayList<>(List.of("-alias", "leaf", "-dname", "CN=cp"));
      argv.addAll(leaf);
      keytool(store, argv.toArray(String[]::new));
      keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      keys.deleteEntry("ca");
      Files.delete(store);
      Files.delete(folder);
    } catch (IOException | GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** The one of this JVM, with the identity of a control plane. */
  public static TestCa one() {
    return ONE;
  }

  /** Another cluster's. */
  public static TestCa another(String identity) {
    return new TestCa(identity);
  }

  /** What an ingress shows that has no better certificate. */
  public static TestCa selfSigned() {
    return new TestCa(List.of("-ext", "san=dns:temps.example.com"));
  }

  /** What an ingress shows that has one of a public authority, for the loopback address. */
  public static TestCa ofAuthority() {
    return new TestCa(List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1"));
  }

  /** Fingerprint of what the server shows first. */
  public String leafPin() {
    try {
      return Pem.fingerprint((X509Certificate) keys.getCertificate("leaf"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps the CA as a Java runtime keeps those it trusts. */
  public void writeTrusted(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", ca());
      trusted.store(out, PASSWORD);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The password of {@link #writeTrusted}'s file. */
  public static String password() {
    return new String(PASSWORD);
  }

  private static void keytool(Path store, String... more) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keyalg",
                "EC",
                "-validity",
                "30"));
    argv.addAll(List.of(more));
    Result made = Command.run(argv, "", Duration.ofSeconds(30));
    if (!made.ok()) {
      throw new IllegalStateException(made.out() + made.err());
    }
  }

  /** What a server shows: its certificate and the CA. */
  public SSLContext server() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The CA. */
  public X509Certificate ca() {
    try {
      return (X509Certificate) keys.getCertificateChain("leaf")[1];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its fingerprint. */
  public String pin() {
    return Pem.fingerprint(ca());
  }
}
