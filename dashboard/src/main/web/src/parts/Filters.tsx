import type { Filter } from "../model/calls";
import { NO_FILTER } from "../model/calls";
import { filter, offered, showEnded } from "../model/store";
import { text } from "../text";
import { emotionName } from "./EmotionNow";

const NAMES: Record<keyof Filter, (value: string) => string> = {
  tenant: (value) => value,
  queue: (value) => value,
  role: (value) => text.role[value] ?? value,
  emotion: emotionName,
};
const FIELDS = ["tenant", "queue", "role", "emotion"] as const;

export function Filters() {
  const active = FIELDS.some((field) => filter.value[field] !== "");
  return (
    <form
      class="filters"
      aria-label={text.filter.label}
      onSubmit={(event) => event.preventDefault()}
    >
      {FIELDS.map((field) => (
        <label key={field}>
          <span>{text.filter[field]}</span>
          <select
            name={field}
            value={filter.value[field]}
            onChange={(event) =>
              (filter.value = { ...filter.value, [field]: event.currentTarget.value })
            }
          >
            <option value="">{text.filter.any}</option>
            {offeredWith(field).map((value) => (
              <option key={value} value={value}>
                {NAMES[field](value)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label class="check">
        <input
          type="checkbox"
          checked={showEnded.value}
          onChange={(event) => (showEnded.value = event.currentTarget.checked)}
        />
        <span>{text.live.showEnded}</span>
      </label>
      {active && (
        <button type="button" class="quiet" onClick={() => (filter.value = NO_FILTER)}>
          {text.filter.clear}
        </button>
      )}
    </form>
  );
}

/** The chosen value stays on offer, even if no call has it any more. */
function offeredWith(field: keyof Filter): string[] {
  const values = offered.value[field];
  const chosen = filter.value[field];
  return chosen === "" || values.includes(chosen) ? values : [...values, chosen];
}
