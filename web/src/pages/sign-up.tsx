import { Field, Form, useWork } from "../parts/form.tsx";
import { NewPasswordField, newPasswordHint } from "../parts/new-password-field.tsx";
import { go } from "../state/router.ts";
import { api, findSession } from "../state/session.ts";

export function SignUp() {
  const work = useWork();
  return (
    <main id="main" class="narrow">
      <h1>Make an account</h1>
      <Form
        work={work}
        submit="Make it"
        onSubmit={async ({ username = "", email = "", password = "" }) => {
          await api.register({ username, email, password });
          await api.login({ email, password });
          await findSession();
          go("/worlds", { replace: true });
        }}
      >
        <Field
          name="username"
          label="Name"
          hint="3 to 20 letters, digits, _ or -. Others will see it."
          autocomplete="username"
          minLength={3}
          maxLength={20}
          pattern="[A-Za-z0-9_\-]+"
          title="Letters, digits, _ and -"
          required
          failure={work.failure}
        />
        <Field name="email" label="E-mail" type="email" autocomplete="email" required failure={work.failure} />
        <NewPasswordField name="password" label="Password" hint={newPasswordHint} failure={work.failure} />
      </Form>
      <p class="aside">
        Been here before? <a href="/sign-in">Sign in</a>
      </p>
    </main>
  );
}
