package io.undertone.analytics.format;

import io.undertone.schemas.registry.RegistryLogin;
import io.undertone.schemas.registry.SchemaRegistry;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A registry that is connected to on the machine that reads.
 *
 * @param login null if everybody may use it
 */
record RegistryAddress(String url, @Nullable RegistryLogin login) implements Serializable {
  private static final long serialVersionUID = 1L;

  SchemaRegistry connect() {
    return new SchemaRegistry(url, login);
  }
}
