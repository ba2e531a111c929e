package io.undertone.cli.dashboard;

import io.undertone.cli.terminal.IoMessages;
import io.undertone.cli.terminal.UserErrorException;
import io.undertone.dashboard.access.Access;
import io.undertone.dashboard.access.OpenAccess;
import io.undertone.dashboard.access.ProxyAccess;
import io.undertone.dashboard.access.TokenAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may look. */
final class AccessOptions {
  @Option(
      names = "--users",
      paramLabel = "FILE",
      description =
          "Users with tokens, one a line: name, SHA-256 of the token, tenants (a,b or * for all).")
  private @Nullable Path users;

  @Option(
      names = "--proxies",
      split = ",",
      paramLabel = "ADDRESS",
      description =
          "Addresses of a reverse proxy that authenticates users, and names them in headers.")
  private Set<String> proxies = Set.of();

  @Option(
      names = "--user-header",
      paramLabel = "NAME",
      description = "The proxy's header with the user (default: ${DEFAULT-VALUE}).")
  private String userHeader = "X-Forwarded-User";

  @Option(
      names = "--tenants-header",
      paramLabel = "NAME",
      description =
          "The proxy's header with the user's tenants, a,b or * for all (default:"
              + " ${DEFAULT-VALUE}).")
  private String tenantsHeader = "X-Forwarded-Tenants";

  /**
   * The way in.
   *
   * @param host that the server listens on
   */
  Access access(String host) throws UserErrorException {
    if (users != null && !proxies.isEmpty()) {
      throw new UserErrorException("give --users or --proxies, not both");
    }
    if (!proxies.isEmpty()) {
      return new ProxyAccess(proxies, userHeader, tenantsHeader);
    }
    if (users != null) {
      try {
        return TokenAccess.read(users);
      } catch (IOException e) {
        throw new UserErrorException(IoMessages.of(e), e);
      }
    }
    if (isLoopback(host)) {
      return new OpenAccess();
    }
    throw new UserErrorException(
        "--host " + host + " lets other machines in: give --users or --proxies");
  }

  private static boolean isLoopback(String host) throws UserErrorException {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UserErrorException(
          "--host must name an address of this machine, but is " + host, e);
    }
  }
}
