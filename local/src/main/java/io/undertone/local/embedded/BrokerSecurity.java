package io.undertone.local.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A broker's listener for clients with TLS, SASL/SCRAM and ACLs. Without an ACL, everything is
 * denied to all users but the administrator.
 *
 * @param keyStore PKCS 12 file with the broker's key and certificate
 * @param keyStorePassword of the file and of the key
 * @param administrator name of the user to whom everything is allowed
 * @param passwords by user, the administrator among them
 */
public record BrokerSecurity(
    Path keyStore, String keyStorePassword, String administrator, Map<String, String> passwords) {

  public BrokerSecurity {
    passwords = Map.copyOf(passwords);
  }

  /**
   * The broker's properties that differ from those of an open one.
   *
   * @param ports of clients, of the controller, and of the broker's own connections
   */
  Map<String, String> properties(List<Integer> ports) {
    return Map.ofEntries(
        Map.entry(
            "listeners",
            "SASL_SSL://localhost:%d,CONTROLLER://localhost:%d,INTERNAL://localhost:%d"
                .formatted(ports.get(0), ports.get(1), ports.get(2))),
        Map.entry(
            "listener.security.protocol.map",
            "SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT"),
        Map.entry("inter.broker.listener.name", "INTERNAL"),
        Map.entry("sasl.enabled.mechanisms", "SCRAM-SHA-512"),
        Map.entry(
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
        Map.entry("ssl.keystore.location", keyStore.toString()),
        Map.entry("ssl.keystore.type", "PKCS12"),
        Map.entry("ssl.keystore.password", keyStorePassword),
        Map.entry("ssl.key.password", keyStorePassword),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        // The broker is anonymous to itself.
        Map.entry("super.users", "User:ANONYMOUS;User:" + administrator));
  }

  /** The users as the formatter of the broker's folder takes them. */
  List<String> credentials() {
    return passwords.entrySet().stream()
        .map(
            user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user.getKey(), user.getValue()))
        .toList();
  }
}
