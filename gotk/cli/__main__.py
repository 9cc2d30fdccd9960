# SPDX-License-Identifier: BSD-3-Clause
"""``python -m gotk.cli``."""

import sys

from gotk.cli import main

sys.exit(main())
