import { useEffect, useState } from "preact/hooks";
import { api } from "../state/session.ts";

type Props = {
  readonly id: string;
  readonly name: string;
  readonly shape: string;
  readonly isReady: boolean;
  readonly width?: number;
};

/** The map of a whole world as the server paints it; nothing where it has none yet. */
export function WorldPicture({ id, name, shape, isReady, width = 384 }: Props) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!isReady) return undefined;
    let made: string | null = null;
    let isWanted = true;
    api.worldPicture(id, { width }).then(
      (picture) => {
        if (!isWanted) return;
        made = URL.createObjectURL(picture);
        setUrl(made);
      },
      () => {
        // A world without a picture is shown by its words.
      },
    );
    return () => {
      isWanted = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [id, isReady, width]);
  return (
    <div class="world-picture" data-shape={shape}>
      {url !== null && <img src={url} alt={`Map of ${name}`} width={width} />}
    </div>
  );
}
