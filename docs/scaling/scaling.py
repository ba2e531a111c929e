"""Simulates the days of docs/scaling.md, and draws its pictures.

  docs/scaling/scaling.py simulate   # writes days.csv and hours.csv; minutes
  docs/scaling/scaling.py draw       # draws them into docs/pictures
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PICTURES = ROOT / "docs" / "pictures"
NEVER = ["--hours-to-failure", "Infinity"]

DAYS = {
    "10,000 calls": ["--calls", "10000"],
    "100,000 calls": ["--calls", "100000"],
    "1,000,000 calls": ["--calls", "1000000"],
    "rescaled": ["--calls", "100000", "--rescale"],
    **{
        f"{machines} machines": ["--calls", "100000", "--machines", str(machines), *NEVER]
        for machines in range(3, 8)
    },
    "one job": ["--calls", "100000", "--machines", "8", "--hours-to-failure", "48"],
    "four jobs": ["--calls", "100000", "--jobs", "4", "--machines", "2", "--hours-to-failure", "48"],
}


def simulate():
    days, hours = [], []
    for name, options in DAYS.items():
        command = [str(ROOT / "undertone"), "simulate", "--json", *options]
        run = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
        add(name, json.loads(run.stdout.splitlines()[-1]), days, hours)
        print(name, file=sys.stderr)
    write("days.csv", days)
    write("hours.csv", hours)


def add(name, day, days, hours):
    days.append({"day": name, **{key: flat for key, flat in flattened(day)}})
    hours.extend({"day": name, **dict(flattened(hour))} for hour in day["hours"])


def flattened(values):
    for key, value in values.items():
        if key == "latencyMs":
            yield from ((f"{quantile}Ms", ms) for quantile, ms in value.items())
        elif not isinstance(value, (dict, list)):
            yield key, round(value, 4) if isinstance(value, float) else value


def write(name, rows):
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def draw():
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import pandas as pd

    plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False, "font.size": 9})
    days = pd.read_csv(HERE / "days.csv").set_index("day")
    hours = pd.read_csv(HERE / "hours.csv")

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2))
    for name, colour in (("100,000 calls", "#4f7cac"), ("rescaled", "#c8503c")):
        day = hours[hours["day"] == name]
        label = "machines all day" if name == "100,000 calls" else name
        left.step(day["hour"], day["machines"], where="post", color=colour, label=label)
        right.step(day["hour"], day["p95Ms"], where="post", color=colour, label=f"{label}, 95 %")
        right.step(day["hour"], day["p99Ms"], where="post", color=colour, linestyle=":", label="99 %")
    calls = hours[hours["day"] == "100,000 calls"]
    twin = left.twinx()
    twin.fill_between(calls["hour"], calls["liveCalls"], step="post", color="#dddddd", zorder=0)
    twin.set(ylabel="most live calls (grey)", ylim=(0, None))
    left.set_zorder(twin.get_zorder() + 1)
    left.patch.set_visible(False)
    left.set(xlabel="hour", ylabel="machines", ylim=(0, None))
    right.set(xlabel="hour", ylabel="ms to the event", ylim=(0, None))
    right.axhline(1000, color="black", linewidth=0.8, linestyle="--")
    for axis in (left, right):
        axis.legend(frameon=False, fontsize=8)
    save(figure, "scaling-day.png")

    loads = days[days.index.str.endswith(" machines")]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.2))
    machines = loads.index.str.split().str[0].astype(int)
    left.plot(machines, loads["p95Ms"], marker="o", color="#4f7cac", label="95 % of the day")
    left.plot(machines, loads["worstHourP95Ms"], marker="o", color="#c8503c", label="95 % of the worst hour")
    left.axhline(1000, color="black", linewidth=0.8, linestyle="--")
    left.set(xlabel="machines", ylabel="ms to the event", yscale="log", xticks=machines)
    left.legend(frameon=False, fontsize=8)
    right.plot(machines, loads["coreHoursPerThousandCalls"], marker="o", color="#4f7cac")
    right.set(xlabel="machines", ylabel="core-hours per 1,000 calls", ylim=(0, None), xticks=machines)
    save(figure, "scaling-load.png")

    figure, axis = plt.subplots(figsize=(6, 3))
    for name, colour in (("one job", "#c8503c"), ("four jobs", "#4f7cac")):
        day = hours[hours["day"] == name]
        axis.step(day["hour"], 100 * day["lateShare"], where="post", color=colour, label=name)
    axis.set(xlabel="hour", ylabel="% of events later than 1 s")
    axis.legend(frameon=False, fontsize=8)
    save(figure, "scaling-failures.png")


def save(figure, name):
    figure.tight_layout()
    figure.savefig(PICTURES / name, dpi=110)


if __name__ == "__main__":
    steps = {"simulate": simulate, "draw": draw}
    if len(sys.argv) != 2 or sys.argv[1] not in steps:
        sys.exit(__doc__)
    steps[sys.argv[1]]()
