package io.undertone.dashboard.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users have tokens. A file has a line for each: name, SHA-256 of the token in hexadecimal digits,
 * and tenants separated by commas, or {@code *} for all. Lines that begin with # are comments.
 */
public final class TokenAccess implements Access {
  private static final Pattern LINE = Pattern.compile("(\\S+)\\s+([0-9a-fA-F]{64})\\s+(\\S+)");

  private record User(byte[] hash, Visitor visitor) {}

  private final List<User> users;

  private TokenAccess(List<User> users) {
    this.users = users;
  }

  /**
   * Reads a file of users.
   *
   * @throws IOException if it cannot be read, or has an unusable line; the message names it
   */
  public static TokenAccess read(Path file) throws IOException {
    List<User> users = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(text);
      if (!matcher.matches()) {
        throw new IOException(
            file
                + ", line "
                + number
                + ", must have a name, the SHA-256 of a token and tenants (a,b or *)");
      }
      users.add(
          new User(
              HexFormat.of().parseHex(matcher.group(2)),
              new Visitor(matcher.group(1), Set.of(matcher.group(3).split(",")))));
    }
    if (users.isEmpty()) {
      throw new IOException(file + " must have a line for each user, but has none");
    }
    return new TokenAccess(users);
  }

  @Override
  public Optional<Visitor> visitor(Credentials credentials) {
    String token = credentials.token();
    if (token == null) {
      return Optional.empty();
    }
    byte[] hash = sha256(token);
    return users.stream()
        .filter(user -> MessageDigest.isEqual(user.hash(), hash))
        .map(User::visitor)
        .findFirst();
  }

  @Override
  public Login login() {
    return Login.TOKEN;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
