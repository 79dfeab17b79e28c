import { useState } from "preact/hooks";
import { Form, useWork } from "../parts/form.tsx";
import { useMailedToken } from "../parts/mailed-token.ts";
import { NewPasswordField, newPasswordHint } from "../parts/new-password-field.tsx";
import { api } from "../state/session.ts";

export function ResetPassword() {
  const token = useMailedToken();
  const work = useWork();
  const [answer, setAnswer] = useState<string | null>(null);
  return (
    <main id="main" class="narrow">
      <h1>Choose a new password</h1>
      {token === null ? (
        <p>
          This link is not complete. Open it from the mail once more, or <a href="/forgot-password">ask for another</a>.
        </p>
      ) : answer === null ? (
        <Form
          work={work}
          submit="Use this password"
          onSubmit={async ({ password = "" }) => setAnswer((await api.resetPassword(token, password)).message)}
        >
          <NewPasswordField name="password" label="New password" hint={newPasswordHint} failure={work.failure} />
        </Form>
      ) : (
        <p role="status">{answer}</p>
      )}
      <p class="aside">
        <a href="/sign-in">Sign in</a>
      </p>
    </main>
  );
}
