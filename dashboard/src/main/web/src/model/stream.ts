import { session as askSession, streamAddress, type News } from "./api";
import { connection, receive, session } from "./store";

const RETRY_MS = 1000;

/** Follows the stream for ever; a lost connection is taken up again. */
export function follow(): void {
  const source = new EventSource(streamAddress);
  const news = (message: MessageEvent<string>) => JSON.parse(message.data) as News;
  source.addEventListener("snapshot", (message) => {
    receive(news(message as MessageEvent<string>), true);
    connection.value = "live";
  });
  source.addEventListener("delta", (message) => {
    receive(news(message as MessageEvent<string>), false);
  });
  source.addEventListener("full", () => {
    connection.value = "full";
    source.close();
  });
  source.onerror = () => {
    if (connection.value === "full") {
      return;
    }
    connection.value = "lost";
    source.close();
    setTimeout(retry, RETRY_MS);
  };
}

/** A session may have ended meanwhile: then the page asks for a token again. */
async function retry(): Promise<void> {
  try {
    const found = await askSession();
    session.value = found;
    if (found.name !== null) {
      follow();
    }
  } catch {
    setTimeout(() => void retry(), RETRY_MS);
  }
}
