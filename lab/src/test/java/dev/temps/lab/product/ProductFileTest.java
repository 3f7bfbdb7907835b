package dev.temps.lab.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.temps.kit.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductFileTest {
  private static final Access ACCESS =
      new Access("https://10.99.0.11:8443", new Secret("owner"), new Secret("recovery"), "5f2a");

  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsReadBack() {
    ProductFile file = new ProductFile(directory);
    assertEquals(new ProductState.Untouched(), file.read());
    file.write(new ProductState.Lost());
    assertEquals(new ProductState.Lost(), file.read());
    file.write(new ProductState.Serving(ACCESS));
    assertEquals(new ProductState.Serving(ACCESS), file.read());
    file.write(new ProductState.Complete(ACCESS));
    assertEquals(new ProductState.Complete(ACCESS), file.read());
  }

  @Test
  void onlyItsOwnerReadsIt() throws IOException {
    ProductFile file = new ProductFile(directory);
    file.write(new ProductState.Serving(ACCESS));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file.path()));
  }

  @Test
  void aFileThatCannotBeReadCountsAsLost() throws IOException {
    ProductFile file = new ProductFile(directory);
    Files.writeString(file.path(), "{\"stage\":\"complete\"}");
    assertInstanceOf(ProductState.Lost.class, file.read());
    Files.writeString(file.path(), "half");
    assertInstanceOf(ProductState.Lost.class, file.read());
  }

  @Test
  void secretsAreNotShownByAccident() {
    assertFalse(ACCESS.toString().contains("=owner"), ACCESS.toString());
    assertFalse(ACCESS.toString().contains("=recovery"), ACCESS.toString());
  }
}
