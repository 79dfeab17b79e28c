import { useEffect, useState } from "preact/hooks";
import { ApiError } from "#client/rest.ts";
import { useMailedToken } from "../parts/mailed-token.ts";
import { api, findSession } from "../state/session.ts";

const incomplete =
  "This link is not complete. Open it from the mail once more, or ask for another mail in the settings.";

export function VerifyEmail() {
  const token = useMailedToken();
  const [words, setWords] = useState(token === null ? incomplete : "One moment …");
  useEffect(() => {
    if (token === null) return;
    api.verifyEmail(token).then(
      ({ message }) => {
        setWords(message);
        void findSession();
      },
      (error: unknown) => setWords(error instanceof ApiError ? error.message : incomplete),
    );
  }, [token]);
  return (
    <main id="main" class="narrow">
      <h1>Your e-mail address</h1>
      <p role="status">{words}</p>
      <p>
        <a class="button" href="/">
          Go on
        </a>
      </p>
    </main>
  );
}
