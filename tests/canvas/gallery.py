"""A scene in the manner of the stage, with every primitive in it, for the tests and for the eye.

`python tests/canvas/gallery.py FOLDER` writes it there as PNGs in every theme and three sizes, and with
`--bench` prints how long painting takes.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path as File

from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import offscreen, save_png
from visualizer.canvas.theme import load_theme, theme_names
from visualizer.scene.primitives import (
    Area,
    Disc,
    Icon,
    Path,
    Primitive,
    Rectangle,
    Ring,
    Role,
    Scene,
    Sprites,
    Text,
)

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
TIERS = (("Firewall", "firewall"), ("Load balancer", "load_balancer"), ("Application", "application"),
         ("Database", "database"))  # fmt: skip
COLUMN, LEFT, TOP_ROW, LOW_ROW = 290, 330, 205, 495


def card(
    at: tuple[float, float], title: str, icon: str, state: tuple[str, Role], held: str
) -> list[Primitive]:
    (x, y), (label, role) = at, state
    struck = role == "struck"
    width = 2 if role == "standby" else 3
    return [
        Rectangle(x, y, 200, 132, "card_struck" if struck else "card", role, width, 16),
        Icon(x + 32, y + 32, icon, 40, "struck" if struck else "text"),
        Text(x + 58, y + 31, title, 20, weight="bold", max_width=136),
        Text(x + 58, y + 51, label, 15, role, "semibold", letter_spacing=0.8),
        Text(x + 18, y + 88, held, 19),
        Rectangle(x + 18, y + 99, 164, 9, "track", radius=4.5),
    ]


def links() -> list[Primitive]:
    items: list[Primitive] = [
        Path(((150, 420), (LEFT, TOP_ROW + 66)), "link", 3),
        Path(((150, 420), (LEFT, LOW_ROW + 66)), "link_dim", 3),
    ]
    for index in range(4):
        x = LEFT + index * COLUMN
        items += [
            Path(((x + 48, TOP_ROW + 132), (x + 48, LOW_ROW)), "track", 3, dash=(5, 7)),
            Path(((x + 153, TOP_ROW + 132), (x + 153, LOW_ROW)), "link_dim", 6),
        ]
        if index < 3:
            ends = (x + 200, x + COLUMN)
            items += [
                Path(((ends[0], TOP_ROW + 66), (ends[1], TOP_ROW + 66)), "link", 3),
                Path(((ends[0], LOW_ROW + 66), (ends[1], LOW_ROW + 66)), "link_dim", 3),
                Path(((ends[0], TOP_ROW + 66), (ends[1], LOW_ROW + 66)), "link_dim", 3),
                Path(((ends[0], LOW_ROW + 66), (ends[1], TOP_ROW + 66)), "link_dim", 3),
            ]
    return items


def cards() -> list[Primitive]:
    items: list[Primitive] = []
    for index, (title, icon) in enumerate(TIERS):
        x = LEFT + index * COLUMN
        struck = index == 1
        state: tuple[str, Role] = ("STRUCK", "struck") if struck else ("ACTIVE", "active")
        items += card((x, TOP_ROW), title, icon, state, "1 204 sessions")
        below: tuple[str, Role] = ("SUSPECTS" if struck else "STANDBY", "standby")
        items += card((x, LOW_ROW), title, icon, below, "1 167 sessions")
        if not struck:
            items.append(Rectangle(x + 18, TOP_ROW + 99, 28 + 16 * index, 9, "sync", radius=4.5))
    for index in range(3):
        x = LEFT + COLUMN + 148 + 17 * index
        filled = Disc(x, LOW_ROW + 45, 6.5, "struck")
        items.append(filled if index < 2 else Disc(x, LOW_ROW + 45, 6.5, None, "struck", 2.5))
    return items


def exposure(start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Points of a sawtooth with some unrest in it, in logical units of the timeline."""
    points = []
    for step in range(int((end_s - start_s) * 20) + 1):
        t = start_s + step / 20
        rise = (t % 3) / 3 if step else 0.0
        points.append((72 + t * 63.75, 945 - 106 * rise - 5 * rise * math.sin(9 * t)))
    return points


def timeline() -> list[Primitive]:
    line = exposure(0, 7.9)
    end = line[-1][0]
    ghost = [(72 + t * 63.75, 945 - 95 * (t % 3) / 3) for t in (10.3, 12, 12.001, 15, 15.001, 18, 18.001, 20)]
    ghost[1::2] = [(x, 850) for x, _ in ghost[1::2]]
    items: list[Primitive] = [
        Rectangle(48, 756, 1324, 254, "panel", "panel_edge", 1, 16),
        Text(68, 782, "Sessions lost if lightning struck at this instant", 17, "sync", "semibold"),
        Rectangle(end, 830, 147, 116, "outage"),
        Text(end + 42, 851, "no service", 16, "struck", anchor="centre"),
        Area((*line, (end, 945), (line[0][0], 945)), "sync", 0.55, fade=True),
        *[Path(((72 + t * 63.75, 815), (72 + t * 63.75, 945)), "sync", 1.5, (4, 4), 0.7) for t in (3, 6)],
        Path(tuple(line), "sync", 3),
        Path(tuple(ghost), "sync", 1.5, (4, 5), 0.5),
        Path(((723, 830), (723, 945)), "active", 2),
        Text(731, 841, "takeover due 10.2 s", 16, "active"),
        Sprites("heartbeat", tuple((72 + t * 63.75, 808.0) for t in range(8)), 14, "heartbeat"),
        Icon(576, 811, "bolt", 38, "bolt_glow"),
    ]
    for second in range(21):
        x = 72 + second * 63.75
        items.append(Path(((x, 946), (x, 953 if second % 5 else 957)), "text_dim", 1, alpha=0.6))
        if second % 5 == 0:
            items.append(Text(x, 977, f"{second} s", 16, "text_dim", anchor="centre"))
    return items


def panel() -> list[Primitive]:
    items: list[Primitive] = [
        Rectangle(1412, 32, 460, 1016, "panel", "panel_edge", 1, 20),
        Text(1444, 84, "LOST SO FAR", 17, "text_dim", letter_spacing=1.6),
        Text(1444, 177, "37", 100, "struck", "bold"),
        Text(1566, 150, "sessions", 26),
        Text(1566, 178, "of 1 204 open when it struck", 18, "text_dim"),
        Rectangle(1444, 204, 396, 54, "verdict_bad", radius=12),
        Text(1466, 239, "×", 30, "struck", "bold"),
        Text(1490, 239, "Not a stateful failover", 23, "struck", "bold"),
        Text(1444, 306, "STATE LOST, BY CAUSE", 17, "text_dim", letter_spacing=1.6),
    ]
    causes: tuple[tuple[str, str, float, Role], ...] = (
        ("opened since the last sync", "31", 0.24, "sync"),
        ("in the batch that never arrived", "6", 0.05, "heartbeat"),
        ("cascaded from another unit", "0", 0, "text_dim"),
        ("discarded after split brain, a label too long for its place", "0", 0, "text_dim"),
        ("requests that met nobody", "118", 0.91, "request"),
        ("sent to a dead address (ARP)", "0", 0, "text_dim"),
    )  # fmt: skip
    for index, (label, count, share, role) in enumerate(causes):
        y = 338 + 41 * index + (40 if index > 3 else 0)
        tone: Role = "text" if share else "text_dim"
        items += [
            Text(1444, y, label, 19, tone, max_width=340),
            Text(1840, y, count, 19, tone, "bold", "right"),
            Rectangle(1444, y + 9, 396, 7, "track", radius=3.5),
            Rectangle(1444, y + 9, 396 * share, 7, role, radius=3.5),
        ]
    items.append(Text(1444, 510, "SERVICE INTERRUPTED", 17, "text_dim", letter_spacing=1.6))
    items.append(Text(1444, 632, "CLOCKS", 17, "text_dim", letter_spacing=1.6))
    items.append(Text(1444, 802, "TURN THE KNOBS", 17, "text_dim", letter_spacing=1.6))
    clocks = (("No service for", "1.30 s"), ("Achieved RPO", "1.90 s"), ("Expected by theory", "36.6 lost"),
              ("Chance of losing nothing", "1 in 10¹⁶"))  # fmt: skip
    for index, (label, value) in enumerate(clocks):
        items.append(Text(1444, 662 + 30 * index, label, 19, "text_dim"))
        items.append(Text(1840, 662 + 30 * index, value, 19, "text", "bold", "right"))
    for index, (label, value, share) in enumerate(
        (("Sync every", "3.0 s", 0.55), ("Heartbeat every", "1.0 s", 0.3), ("Link latency", "20 ms", 0.2))
    ):
        y = 842 + 46 * index
        x = 1444 + 396 * share
        items += [
            Text(1444, y, label, 19),
            Text(1840, y, value, 19, anchor="right"),
            Rectangle(1444, y + 14, 396, 6, "track", radius=3),
            Rectangle(1444, y + 14, 396 * share, 6, "request", radius=3),
            Disc(x, y + 17, 10, "knob"),
        ]
    items.append(Rectangle(1436, 868, 412, 44, None, "focus", 2, 8))
    return items


def around() -> list[Primitive]:
    names = (
        "play",
        "pause",
        "step_back",
        "step_forward",
        "repair",
        "cut",
        "heal",
        "sound",
        "help",
        "server",
        "bolt",
    )
    return [
        Text(48, 64, "The miss", 38, weight="bold"),
        Text(
            48, 99, "A session opened just after a sync tick. Lightning before the next one.", 20, "text_dim"
        ),
        Text(318, 190, "PRIMARY", 16, "text_dim", letter_spacing=1.6),
        Text(318, 656, "SECONDARY", 16, "text_dim", letter_spacing=1.6),
        Text(115, 300, "clients", 19, "text_dim", anchor="centre"),
        *[Disc(100 + 30 * (i % 2), 325 + 24 * i, 8.5, None, "request", 2.5) for i in range(9)],
        Rectangle(48, 672, 1324, 64, "card", "panel_edge", 1, 14),
        Text(
            72, 712, "Two heartbeats missed. The secondary must miss a third before it dares take over.", 26
        ),
        *[Icon(80 + 56 * index, 1042, name, 30, "text_dim") for index, name in enumerate(names)],
        Text(760, 1050, "Space pause   ← → step a tick   [ ] speed", 19, "text_dim"),
    ]


def bolt() -> list[Primitive]:
    trunk = ((780, 10), (770, 19), (745, 25), (747, 33), (738, 43), (727, 50), (727, 63), (715, 79),
             (713, 89), (721, 104), (737, 118), (742, 137), (741, 152), (744, 163), (744, 172), (733, 186),
             (721, 203))  # fmt: skip
    right = ((740, 44), (752, 54), (774, 64), (781, 80), (792, 92), (792, 103), (801, 119), (815, 131))
    left = ((738, 120), (732, 129), (735, 138), (728, 146), (731, 152), (712, 162), (700, 175), (672, 187))
    return [Path(right, "bolt_glow", 2.2), Path(left, "bolt_glow", 2.2), Path(trunk, "bolt", 5.5, glow=46)]


def moving() -> list[Primitive]:
    x = LEFT + 48
    return [
        Sprites("request", ((177, 397), (209, 370), (239.5, 345), (279, 312), (308, 287)), 15, "request"),
        Sprites("request", ((1137, 271), (1177, 271)), 15, "request"),
        Sprites("heartbeat", ((x, 382), (x + 2 * COLUMN, 446), (x + 3 * COLUMN, 478)), 18, "heartbeat"),
        Sprites("sync", ((483, 442), (1062, 405), (1352, 385)), 15, "sync"),
        Sprites("lost", ((548, 270), (584, 270)), 20, "lost"),
        *[
            Sprites("lost", ((640 + 37 * i % 170, 352 + 53 * i % 80),), 11, "lost", 0.35 + i / 20)
            for i in range(12)
        ],
        Sprites("announce", ((860, 561),), 17, "announce"),
        Sprites("acknowledgement", ((1150, 561), (1170, 561)), 13, "request"),
        Sprites("refused", ((570, 561),), 15, "lost"),
        Ring(522, 423, 17, 5, 1, "track"),
        Ring(522, 423, 17, 5, 0.72, "sync"),
        Text(548, 429, "sync 3 s", 17, "sync"),
        Text(362, 419, "heartbeat 1 s", 17, "heartbeat", anchor="right"),
        *bolt(),
        Text(1350, 70, "00:09.20", 50, weight="bold", anchor="right"),
        Text(1350, 101, "tick 920 · 10 ms · ¼ speed", 19, "text_dim", anchor="right"),
        Path(((659, 792), (659, 957)), "knob", 3),
        Disc(659, 792, 9, "knob"),
    ]


def stage() -> Scene:
    still = (*around(), *links(), *cards(), *timeline(), *panel())
    return Scene(1920, 1080, still, tuple(moving()))


def crowd(count: int, now: float) -> Sprites:
    """`count` packets all over the stage, which move with `now`."""
    places = tuple(((37.7 * i + 90 * now) % 1380, (91.3 * i + 40 * now) % 1060) for i in range(count))
    return Sprites("request", places, 15, "request")


def bench(size: tuple[int, int]) -> str:
    painter, surface, scene = Painter(load_theme("night"), size), offscreen(size), stage()
    cold = time.process_time()
    painter.paint(scene, surface)
    cold = time.process_time() - cold
    full = [Scene(1920, 1080, scene.still, (*scene.moving, crowd(5000, i / 60))) for i in range(60)]
    costs = []
    for frames in ([scene] * 60, full):
        start = time.process_time()
        for frame in frames:
            painter.paint(frame, surface)
        costs.append((time.process_time() - start) / 60 * 1000)
    return f"{size}: first {cold * 1000:.0f} ms, then {costs[0]:.2f} ms, with 5,000 packets {costs[1]:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=File)
    parser.add_argument("--bench", action="store_true")
    options = parser.parse_args()
    for size in SIZES:
        for name in theme_names():
            surface = offscreen(size)
            Painter(load_theme(name), size).paint(stage(), surface)
            save_png(surface, options.folder / f"{name}-{size[1]}.png", force=True)
        if options.bench:
            print(bench(size))


if __name__ == "__main__":
    main()
