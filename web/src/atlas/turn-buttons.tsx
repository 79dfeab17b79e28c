type Props = {
  /** One step to the east and the north. */
  readonly turn: (east: number, north: number) => void;
  readonly hasLatitude: boolean;
  /** null: nothing moves by itself. */
  readonly spin: { readonly isOn: boolean; readonly toggle: () => void } | null;
};

/** For those who neither drag nor have arrow keys. */
export function TurnButtons({ turn, hasLatitude, spin }: Props) {
  return (
    <div class="turn-buttons">
      <button type="button" aria-label="Turn to the west" onClick={() => turn(-1, 0)}>
        ←
      </button>
      {hasLatitude && (
        <>
          <button type="button" aria-label="Turn to the north" onClick={() => turn(0, 1)}>
            ↑
          </button>
          <button type="button" aria-label="Turn to the south" onClick={() => turn(0, -1)}>
            ↓
          </button>
        </>
      )}
      <button type="button" aria-label="Turn to the east" onClick={() => turn(1, 0)}>
        →
      </button>
      {spin && (
        <button type="button" aria-pressed={spin.isOn} onClick={spin.toggle}>
          {spin.isOn ? "Stop" : "Spin"}
        </button>
      )}
    </div>
  );
}
