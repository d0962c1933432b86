"""Everything that the program says in Chinese: one table an area, joined."""

from __future__ import annotations

from ptquiz.ui.words.chinese import CHINESE as PRACTISING
from ptquiz.ui.words.chinese_decks import DECKS
from ptquiz.ui.words.chinese_errors import ERRORS
from ptquiz.ui.words.chinese_failures import FAILURES
from ptquiz.ui.words.chinese_interviews import INTERVIEWS
from ptquiz.ui.words.chinese_layers import LAYERS
from ptquiz.ui.words.chinese_page import PAGE
from ptquiz.ui.words.chinese_reports import REPORTS

AREAS = (PRACTISING, REPORTS, DECKS, ERRORS, FAILURES, INTERVIEWS, LAYERS, PAGE)

CHINESE = {message: translation for area in AREAS for message, translation in area.items()}
