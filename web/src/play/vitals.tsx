import { vitals } from "../state/game.ts";

export function Vitals() {
  const state = vitals.value;
  // Watchers have no body.
  if (state === null || state.maxHP === 0) return null;
  return (
    <div class="vitals">
      <Bar name="Health" kind="hp" value={state.hp} max={state.maxHP} />
      <Bar name="Stamina" kind="stamina" value={state.stamina} max={state.maxStamina} />
      <Bar name="Focus" kind="focus" value={state.focus} max={state.maxFocus} />
    </div>
  );
}

type BarProps = { readonly name: string; readonly kind: string; readonly value: number; readonly max: number };

function Bar({ name, kind, value, max }: BarProps) {
  const share = max === 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div class={share < 0.25 ? "bar low" : "bar"} data-kind={kind}>
      <span class="bar-name" aria-hidden="true">
        {name}
      </span>
      <div
        class="bar-track"
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={`${value} of ${max}`}
      >
        <div class="bar-fill" style={{ transform: `scaleX(${share})` }} />
      </div>
      <span class="bar-number" aria-hidden="true">
        {value}
      </span>
    </div>
  );
}
