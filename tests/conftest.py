# SPDX-License-Identifier: BSD-3-Clause
"""What holds for every test."""

import signal

# A shell that starts the tests in the background has SIGINT ignored, and children inherit that: then no test could interrupt anything.
signal.signal(signal.SIGINT, signal.default_int_handler)
