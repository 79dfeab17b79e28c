import { useState } from "preact/hooks";
import { type ApiDocument, type Operation, typeOf } from "./document.ts";
import { TryIt } from "./try-it.tsx";

type Props = { readonly operation: Operation; readonly document: ApiDocument; readonly token: string };

export function OperationView({ operation, document, token }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { method, path, summary, security } = operation;
  return (
    <details class="operation" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <span class="method" data-method={method}>
          {method}
        </span>
        <code>{path}</code>
        <span class="what">
          {summary}
          {security && <span class="soft"> (signed in)</span>}
        </span>
      </summary>
      {isOpen && (
        <div class="operation-body">
          <TryIt operation={operation} document={document} token={token} />
          <Answers operation={operation} document={document} />
        </div>
      )}
    </details>
  );
}

function Answers({ operation: { responses }, document }: Pick<Props, "operation" | "document">) {
  const all = Object.entries(responses);
  const good = all.filter(([status]) => Number(status) < 400);
  const bad = all.filter(([status]) => Number(status) >= 400);
  return (
    <section>
      <h3>Answers</h3>
      {good.map(([status, { description, content = {} }]) => (
        <details key={status}>
          <summary>
            {status}: {description}
          </summary>
          {Object.entries(content).map(([type, { schema }]) => (
            <figure key={type}>
              <figcaption>{type}</figcaption>
              <pre tabIndex={0}>{typeOf(schema ?? {}, document)}</pre>
            </figure>
          ))}
        </details>
      ))}
      <dl class="keys">
        {bad.map(([status, { description }]) => (
          <div key={status}>
            <dt>{status}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
