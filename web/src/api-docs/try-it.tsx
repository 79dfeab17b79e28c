import { useEffect, useId, useState } from "preact/hooks";
import { type ApiDocument, exampleOf, type Operation, type Parameter, type Schema, typeOf } from "./document.ts";
import { type Answer, curlOf, type Filled, send } from "./send.ts";

type Props = { readonly operation: Operation; readonly document: ApiDocument; readonly token: string };

export function TryIt({ operation, document, token }: Props) {
  const schema = operation.requestBody?.content["application/json"]?.schema;
  const [body, setBody] = useState(() => (schema ? JSON.stringify(exampleOf(schema, document), null, 2) : ""));
  const [parameters, setParameters] = useState<Readonly<Record<string, string>>>({});
  const accepted = acceptedBy(operation);
  const [accept, setAccept] = useState(accepted[0] ?? "application/json");
  const [state, setState] = useState<Answer | "asking" | "lost" | null>(null);
  const answer = typeof state === "string" ? null : state;
  const filled: Filled = { parameters, body, accept, token };
  const submit = () => {
    if (state === "asking") return;
    setState("asking");
    send(operation, filled).then(setState, () => setState("lost"));
  };
  const id = useId();
  return (
    <section>
      <h3>Try it</h3>
      <form onSubmit={(event) => (event.preventDefault(), submit())}>
        {operation.parameters?.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            document={document}
            value={parameters[parameter.name] ?? ""}
            onChange={(value) => setParameters({ ...parameters, [parameter.name]: value })}
          />
        ))}
        {schema && <BodyField schema={schema} document={document} value={body} onChange={setBody} />}
        {accepted.length > 1 && (
          <div class="field">
            <label for={`${id}-as`}>Answered as</label>
            <select id={`${id}-as`} value={accept} onChange={({ currentTarget }) => setAccept(currentTarget.value)}>
              {accepted.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
          </div>
        )}
        <button type="submit" class="primary" aria-disabled={state === "asking"}>
          {state === "asking" ? "One moment …" : `Send ${operation.method}`}
        </button>
      </form>
      <details>
        <summary>In a terminal</summary>
        <pre tabIndex={0}>{curlOf(operation, filled, location.origin)}</pre>
      </details>
      <div role="status">
        {state === "lost" && <p class="trouble">No answer came. Are you online?</p>}
        {answer && (
          <p>
            <strong>
              {answer.status} {answer.statusText}
            </strong>{" "}
            <span class="soft">in {Math.round(answer.tookMs)} ms</span>
          </p>
        )}
      </div>
      {answer && <AnswerView answer={answer} />}
    </section>
  );
}

const acceptedBy = ({ responses }: Operation): readonly string[] =>
  Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([, { content = {} }]) => Object.keys(content))
    .filter((type, index, all) => all.indexOf(type) === index);

type BodyProps = {
  readonly schema: Schema;
  readonly document: ApiDocument;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function BodyField({ schema, document, value, onChange }: BodyProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>Body, JSON</label>
      <textarea
        id={id}
        class="code"
        spellcheck={false}
        rows={Math.min(14, value.split("\n").length + 1)}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <details>
        <summary>What it may be</summary>
        <pre tabIndex={0}>{typeOf(schema, document)}</pre>
      </details>
    </div>
  );
}

type FieldProps = {
  readonly parameter: Parameter;
  readonly document: ApiDocument;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function ParameterField({ parameter: { name, schema, required }, document, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        <code>{name}</code>
        {required ? "" : " (may be left out)"}
      </label>
      {schema.enum ? (
        <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          <option value="">–</option>
          {schema.enum.map((each) => (
            <option key={String(each)}>{String(each)}</option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          value={value}
          required={required}
          autocomplete="off"
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      <p class="hint">{schema.description ?? typeOf(schema, document)}</p>
    </div>
  );
}

function AnswerView({ answer }: { readonly answer: Answer }) {
  return (
    <>
      {answer.image ? <Picture blob={answer.image} /> : <pre tabIndex={0}>{answer.text || "(nothing)"}</pre>}
      <details>
        <summary>Headers</summary>
        <pre tabIndex={0}>{answer.headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
      </details>
    </>
  );
}

function Picture({ blob }: { readonly blob: Blob }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url === "" ? null : <img class="answer-picture" src={url} alt="What was answered" />;
}
