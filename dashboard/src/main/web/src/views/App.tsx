import { useEffect } from "preact/hooks";
import { ConnectionNote, Header } from "../parts/Header";
import { session as askSession } from "../model/api";
import { place } from "../model/router";
import { connection, session } from "../model/store";
import { follow } from "../model/stream";
import { text } from "../text";
import { CallView } from "./CallView";
import { HistoryView } from "./HistoryView";
import { LiveView } from "./LiveView";
import { LoginView } from "./LoginView";
import { WallView } from "./WallView";

export function App() {
  useEffect(() => {
    void askSession()
      .then((found) => {
        session.value = found;
        if (found.name !== null) {
          follow();
        }
      })
      .catch(() => (connection.value = "lost"));
  }, []);
  const current = session.value;
  return (
    <>
      <Header />
      <main id="content" tabIndex={-1}>
        <ConnectionNote />
        {current !== null && (current.name === null ? <LoginView onLogin={follow} /> : <View />)}
      </main>
    </>
  );
}

function View() {
  const { path, parameters } = place.value;
  const tenant = parameters.get("tenant") ?? "";
  const conversation = parameters.get("conversation") ?? "";
  const titles: Record<string, string> = {
    "/call": conversation,
    "/wall": text.nav.wall,
    "/history": text.nav.history,
  };
  const title = titles[path] ?? text.nav.live;
  useEffect(() => {
    document.title = `${title} · ${text.product}`;
  }, [title]);
  switch (path) {
    case "/call":
      return <CallView key={`${tenant}/${conversation}`} {...{ tenant, conversation }} />;
    case "/wall":
      return <WallView />;
    case "/history":
      return <HistoryView />;
    default:
      return <LiveView />;
  }
}
