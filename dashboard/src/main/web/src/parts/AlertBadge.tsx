/** The name of an alert that fires, with a bell. */
export function AlertBadge(props: { rule: string; severity: string }) {
  return (
    <span class="alert-badge" title={props.severity}>
      <Bell /> {props.rule}
    </span>
  );
}

export function Bell() {
  return (
    <svg class="bell" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M8 1.5a4 4 0 0 0-4 4c0 4-1.5 5-1.5 6h11c0-1-1.5-2-1.5-6a4 4 0 0 0-4-4zM6.5 13a1.5 1.5 0 0 0 3 0z" />
    </svg>
  );
}
