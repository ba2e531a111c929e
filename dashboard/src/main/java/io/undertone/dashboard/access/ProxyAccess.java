package io.undertone.dashboard.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A reverse proxy has authenticated the user, and names user and tenants in headers. Only the
 * proxy's addresses are believed.
 *
 * @param proxies addresses of the proxy
 * @param userHeader the user's name
 * @param tenantsHeader tenants separated by commas, or {@code *} for all
 */
public record ProxyAccess(Set<String> proxies, String userHeader, String tenantsHeader)
    implements Access {

  public ProxyAccess {
    proxies = Set.copyOf(proxies);
  }

  @Override
  public Optional<Visitor> visitor(Credentials credentials) {
    String user = credentials.headers().apply(userHeader).trim();
    Set<String> tenants =
        Arrays.stream(credentials.headers().apply(tenantsHeader).split(","))
            .map(String::trim)
            .filter(tenant -> !tenant.isEmpty())
            .collect(Collectors.toSet());
    if (!proxies.contains(credentials.remoteAddress()) || user.isEmpty() || tenants.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Visitor(user, tenants));
  }

  @Override
  public Login login() {
    return Login.PROXY;
  }
}
