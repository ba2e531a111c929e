package io.undertone.local;

import io.undertone.local.embedded.BrokerSecurity;
import io.undertone.local.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A broker with TLS, SASL/SCRAM and ACLs, and what its users need: a trust store, and files that
 * hold their passwords.
 */
record SecuredKafka(EmbeddedKafka kafka, Path folder) implements AutoCloseable {
  static final String ADMINISTRATOR = "administrator";
  static final String JOB = "undertone";
  static final String BRIDGE = "bridge";

  private static final String STORE_PASSWORD = "store-secret";
  private static final String ALIAS = "broker";

  /** Starts the broker; its certificate and the users' files are in a folder. */
  static SecuredKafka start(Path folder) {
    Path keyStore = folder.resolve("broker.p12");
    makeKey(keyStore);
    trust(keyStore, folder.resolve("trust.p12"));
    Map<String, String> passwords = new HashMap<>();
    for (String user : List.of(ADMINISTRATOR, JOB, BRIDGE)) {
      passwords.put(user, password(user));
    }
    BrokerSecurity security =
        new BrokerSecurity(keyStore, STORE_PASSWORD, ADMINISTRATOR, passwords);
    return new SecuredKafka(EmbeddedKafka.start(security), folder);
  }

  static String password(String user) {
    return user + "-secret";
  }

  /** Properties of a user's clients, which refer to files for all secrets. */
  Map<String, String> propertiesOf(String user) {
    return propertiesOf(user, password(user));
  }

  Map<String, String> propertiesOf(String user, String password) {
    Path secrets = folder.resolve(user + "-" + password.hashCode() + ".properties");
    try {
      Files.writeString(
          secrets,
          """
          jaas=org.apache.kafka.common.security.scram.ScramLoginModule required \
          username="%s" password="%s";
          store=%s
          """
              .formatted(user, password, STORE_PASSWORD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "SCRAM-SHA-512",
        "sasl.jaas.config",
        "${file:" + secrets + ":jaas}",
        "ssl.truststore.location",
        folder.resolve("trust.p12").toString(),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.password",
        "${file:" + secrets + ":store}");
  }

  @Override
  public void close() {
    kafka.close();
  }

  /** The JDK has no public API that makes a certificate, but a tool. */
  private static void makeKey(Path keyStore) {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    try {
      Process process =
          new ProcessBuilder(
                  tool,
                  "-genkeypair",
                  "-alias",
                  ALIAS,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=dns:localhost",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  keyStore.toString(),
                  "-storepass",
                  STORE_PASSWORD)
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void trust(Path keyStore, Path trustStore) {
    char[] password = STORE_PASSWORD.toCharArray();
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, password);
      trusted.setCertificateEntry(
          ALIAS, KeyStore.getInstance(keyStore.toFile(), password).getCertificate(ALIAS));
      trusted.store(out, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
