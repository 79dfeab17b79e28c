import { weather, world } from "../state/game.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** The hour, the season and the air, in a line. */
export function SkyLine() {
  const told = world.value;
  if (told === null) return <p class="sky">&nbsp;</p>;
  const { sky, season, clock, climate } = told;
  const time = `${two(sky.hour)}:${two(sky.minute)}`;
  const words = [
    `${sky.time_of_day} in ${season.name}`,
    `day ${sky.day_of_year} of year ${sky.year}`,
    ...airWords(climate !== null),
    ...(clock.is_paused ? ["time stands still"] : []),
  ];
  return (
    <p class="sky">
      <span class="clock">{time}</span> {words.join(" · ")}
    </p>
  );
}

function airWords(isOutside: boolean): string[] {
  const seen = weather.value;
  if (seen === null || !isOutside) return [];
  const fall =
    seen.falls ?? (seen.fog > 0.5 ? "fog" : seen.cloud > 0.85 ? "overcast" : seen.cloud > 0.35 ? "clouds" : "clear");
  return [seen.temperatureC === null ? fall : `${Math.round(seen.temperatureC)} °C, ${fall}`];
}
