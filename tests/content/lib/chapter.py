"""What the scripts that recompute a chapter's figures share: the chapter's text, and how a number must agree with it."""
import re
import subprocess
import sys
from pathlib import Path

CONTENT = Path(__file__).parents[3] / "content"


class Chapter:
    """The text of `content/<slug>.md`. With `flat`, phrases are sought across line ends and without TeX's `{,}`."""

    def __init__(self, slug, flat=False):
        self.text = (CONTENT / f"{slug}.md").read_text(encoding="utf-8")
        self.sought = " ".join(self.text.replace("{,}", ",").split()) if flat else self.text
        self.count = 0

    def says(self, *pieces):
        """Each piece, often built from a computed number, stands in the chapter."""
        for piece in pieces:
            assert piece in self.sought, f"the chapter does not say: {piece!r}"
            self.count += 1

    def rounded(self, value, stated, digits=None):
        """`value`, rounded to `digits` decimals as the text rounds it, is `stated` (default: within 1 %)."""
        if digits is None:
            assert abs(value - stated) <= 0.01 * abs(stated), (value, stated)
        else:
            assert abs(value - stated) <= 0.5 * 10**-digits + 1e-12, (value, stated)
        self.count += 1

    def within(self, value, stated, tolerance):
        """`value` is at most `tolerance` from `stated`."""
        assert abs(value - stated) <= tolerance, f"{value} is not {stated} +- {tolerance}"
        self.count += 1

    def programs(self):
        """Each Python listing that has its output below it, with that output."""
        return re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", self.text, re.S)


def output_of(program):
    """What a Python program prints."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
