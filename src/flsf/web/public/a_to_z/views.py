from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.web.access import public
from flsf.web.public.a_to_z.words import WORDS, Word


def _letter(word: Word) -> str:
    return word.letter


@public
def a_to_z(request: HttpRequest) -> HttpResponse:
    ordered = sorted(WORDS, key=lambda one: one.word.casefold())
    letters = [(letter, list(words)) for letter, words in groupby(ordered, key=_letter)]
    return render(request, "public/a_to_z.html", {"letters": letters})
