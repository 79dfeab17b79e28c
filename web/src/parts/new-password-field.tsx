import { type Failure, Field } from "./form.tsx";

type Props = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly failure: Failure | null;
};

export const newPasswordHint = "At least 8 characters. A few unrelated words are good.";

/** As long as the server asks for, and known to password managers as one that is chosen. */
export function NewPasswordField(props: Props) {
  return <Field {...props} type="password" autocomplete="new-password" minLength={8} maxLength={128} required />;
}
