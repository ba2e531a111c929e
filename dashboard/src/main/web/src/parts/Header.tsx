import { age } from "../model/format";
import { logOut } from "../model/api";
import { origin, place } from "../model/router";
import { connection, kafkaAway, lastNewsMs, loading, now, session } from "../model/store";
import { switchTheme, theme } from "../model/theme";
import { text } from "../text";

const VIEWS: [string, string][] = [
  ["/", text.nav.live],
  ["/wall", text.nav.wall],
  ["/history", text.nav.history],
];

export function Header() {
  const path = place.value.path;
  return (
    <header class="header">
      <a class="skip" href="#content">
        {text.skip}
      </a>
      <a class="brand" href="/">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        {text.product}
      </a>
      <nav aria-label={text.nav.label}>
        {VIEWS.map(([address, name]) => (
          <a
            key={address}
            href={address}
            aria-current={address === (path === "/call" ? origin() : path) ? "page" : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <span class="space" />
      <span class={`connection connection-${connection.value}`} role="status">
        <span class="dot" aria-hidden="true" />
        {text.connection[connection.value === "full" ? "lost" : connection.value]}
      </span>
      {session.value?.login === "TOKEN" && (
        <button
          type="button"
          class="quiet"
          onClick={() => void logOut().then(() => location.reload())}
        >
          {text.logOut} ({session.value.name})
        </button>
      )}
      <button type="button" class="quiet" onClick={switchTheme}>
        {theme.value === "dark" ? text.theme.toLight : text.theme.toDark}
      </button>
    </header>
  );
}

/** Says that what is shown is old, or not there yet. */
export function ConnectionNote() {
  if (connection.value === "full") {
    return <p class="note note-lost">{text.connection.full}</p>;
  }
  if (connection.value === "lost") {
    const old = lastNewsMs.value === 0 ? 0 : now.value - lastNewsMs.value;
    return <p class="note note-lost">{text.connection.lostSince(age(old))}</p>;
  }
  if (kafkaAway.value) {
    return <p class="note note-lost">{text.connection.kafkaAway}</p>;
  }
  if (connection.value === "live" && loading.value) {
    return <p class="note">{text.connection.loading}</p>;
  }
  return null;
}
