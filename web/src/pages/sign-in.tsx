import { Field, Form, useWork } from "../parts/form.tsx";
import { go, place } from "../state/router.ts";
import { api, findSession } from "../state/session.ts";

export function SignIn() {
  const work = useWork();
  return (
    <main id="main" class="narrow">
      <h1>Sign in</h1>
      <Form
        work={work}
        submit="Sign in"
        onSubmit={async ({ email = "", password = "" }) => {
          await api.login({ email, password });
          await findSession();
          go(wayOn(place.value.query.get("then")), { replace: true });
        }}
      >
        <Field name="email" label="E-mail" type="email" autocomplete="email" required failure={work.failure} />
        <Field
          name="password"
          label="Password"
          type="password"
          autocomplete="current-password"
          required
          failure={work.failure}
        />
      </Form>
      <p class="aside">
        <a href="/forgot-password">Forgotten the password?</a> · <a href="/sign-up">Make an account</a>
      </p>
    </main>
  );
}

/** Only to a page of ours. */
const wayOn = (then: string | null): string => (then !== null && /^\/(?!\/)[\w/-]*$/u.test(then) ? then : "/worlds");
