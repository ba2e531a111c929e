import { useState } from "preact/hooks";
import { ApiError, logIn } from "../model/api";
import { session } from "../model/store";
import { text } from "../text";

export function LoginView(props: { onLogin: () => void }) {
  const [failure, setFailure] = useState("");
  if (session.value?.login === "PROXY") {
    return <p class="nothing">{text.login.proxy}</p>;
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget as HTMLFormElement).get("token");
    try {
      session.value = await logIn(String(token));
      props.onLogin();
    } catch (error) {
      setFailure(error instanceof ApiError && error.status === 401 ? text.login.wrong : text.failed);
    }
  };
  return (
    <form class="login panel" onSubmit={(event) => void submit(event as SubmitEvent)}>
      <h1>{text.login.title}</h1>
      <label>
        <span>{text.login.token}</span>
        <input name="token" type="password" autocomplete="current-password" required />
      </label>
      <button type="submit">{text.login.submit}</button>
      <p role="alert">{failure}</p>
    </form>
  );
}
