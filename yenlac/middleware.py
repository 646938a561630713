"""The language of a request."""

from django.conf import settings
from django.utils import translation


def set_reader_language(get_response):
    """Vietnamese, unless this reader chose English here. What the browser prefers is not asked: office machines
    are set to English as often as not, and their readers are not."""

    offered = dict(settings.LANGUAGES)

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        with translation.override(chosen if chosen in offered else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            return get_response(request)

    return middleware
