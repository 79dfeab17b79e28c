import { useState } from "preact/hooks";
import { Field, Form, useWork } from "../parts/form.tsx";
import { api } from "../state/session.ts";

export function ForgotPassword() {
  const work = useWork();
  const [answer, setAnswer] = useState<string | null>(null);
  return (
    <main id="main" class="narrow">
      <h1>Choose a new password</h1>
      {answer === null ? (
        <Form
          work={work}
          submit="Send the link"
          onSubmit={async ({ email = "" }) => setAnswer((await api.forgotPassword(email)).message)}
        >
          <p>We send you a link with which you can choose another one.</p>
          <Field name="email" label="E-mail" type="email" autocomplete="email" required failure={work.failure} />
        </Form>
      ) : (
        <p role="status">{answer}</p>
      )}
      <p class="aside">
        <a href="/sign-in">Back to signing in</a>
      </p>
    </main>
  );
}
