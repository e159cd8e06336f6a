"""A window at the top left of the screen from which the files named as arguments can be dragged, as from a file manager."""

import pathlib
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

URIS = [pathlib.Path(path).absolute().as_uri() for path in sys.argv[1:]]
LIMIT_SECONDS = 60


def say(*words):
    print(*words, flush=True)


def give(_widget, _context, selection, _info, _time):
    selection.set_uris(URIS)
    say("drag-data-get")


def end(_widget, context):
    say("drag-end", context.get_selected_action())
    GLib.timeout_add(200, Gtk.main_quit)


window = Gtk.Window(title="Files to drag")
window.set_default_size(150, 90)
window.set_decorated(False)
window.set_keep_above(True)
grip = Gtk.EventBox()
grip.add(Gtk.Label(label=f"{len(URIS)} to drag"))
grip.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY | Gdk.DragAction.MOVE)
grip.drag_source_add_uri_targets()
grip.connect("drag-data-get", give)
grip.connect("drag-end", end)
window.add(grip)
window.connect("map-event", lambda *_: say("mapped"))
window.move(10, 10)
window.show_all()
GLib.timeout_add_seconds(LIMIT_SECONDS, Gtk.main_quit)
Gtk.main()
