"""The system's libhunspell, which judges a word and finds what may have been meant."""

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LIBRARIES = (
    "libhunspell-1.7.so.0",
    "libhunspell-1.7-0.dll",
    "libhunspell-1.7.dll",
    "hunspell.dll",
    "libhunspell-1.7.dylib",
)
_FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell")
_NAME = "ru_RU"
_Texts = ctypes.POINTER(ctypes.c_char_p)


class NoDictionary(Exception):
    """No library or no Russian dictionary is on this machine: there is nothing to check with."""


class HunspellDictionary:
    """One dictionary, in memory from the first word it is asked for; used by one thread at a time.

    It takes 17 MB, and 0.2 s to be read. The library is called without the interpreter's lock, so
    other threads go on meanwhile: a suggestion takes 0.1 to 0.3 s.
    """

    def __init__(self, library: str = "", dictionary: str = "") -> None:
        """``dictionary`` is the path of a ``.dic`` file, its ``.aff`` beside it; both may be left
        to be found. Raises NoDictionary."""
        self._words = _dictionary_file(dictionary)
        self._library = _load(library)
        self._read: _ReadWords | None = None
        self._is_asked = False

    @property
    def is_read(self) -> bool:
        """Whether its words are in memory."""
        return self._read is not None

    def is_right(self, word: str) -> bool:
        read = self._asked()
        text = read.encoded(word)
        return text is not None and bool(self._library.Hunspell_spell(read.handle, text))

    def suggestions(self, word: str) -> Sequence[str]:
        """What may have been meant, the likeliest first."""
        read = self._asked()
        text = read.encoded(word)
        if text is None:
            return ()
        found = _Texts()
        count = self._library.Hunspell_suggest(read.handle, ctypes.byref(found), text)
        words = tuple(
            value.decode(read.encoding)
            for place in range(count)
            if (value := found[place]) is not None
        )
        self._library.Hunspell_free_list(read.handle, ctypes.byref(found), count)
        return words

    def rest(self) -> None:
        """Give the memory back if nothing was asked since the last rest."""
        if not self._is_asked:
            self.close()
        self._is_asked = False

    def close(self) -> None:
        """Give the memory back; the next question reads the words anew."""
        if self._read is not None:
            self._library.Hunspell_destroy(self._read.handle)
            self._read = None

    def _asked(self) -> "_ReadWords":
        self._is_asked = True
        if self._read is None:
            handle = ctypes.c_void_p(
                self._library.Hunspell_create(
                    _path(self._words.with_suffix(".aff")), _path(self._words)
                )
            )
            encoding = self._library.Hunspell_get_dic_encoding(handle).decode("ascii")
            self._read = _ReadWords(handle, encoding)
        return self._read


@dataclass(frozen=True, slots=True)
class _ReadWords:
    """The dictionary as the library has it."""

    handle: ctypes.c_void_p
    encoding: str

    def encoded(self, word: str) -> bytes | None:
        try:
            return word.encode(self.encoding)
        except UnicodeEncodeError:
            return None


def _dictionary_file(chosen: str) -> Path:
    candidates = (
        [Path(chosen).with_suffix(".dic")]
        if chosen
        else [Path(folder) / f"{_NAME}.dic" for folder in _FOLDERS]
    )
    for words in candidates:
        if words.is_file() and words.with_suffix(".aff").is_file():
            return words
    raise NoDictionary("dictionary")


def _path(file: Path) -> bytes:
    # Hunspell reads long and non-ASCII paths of Windows only with this prefix, and as UTF-8.
    return f"\\\\?\\{file.resolve()}".encode() if sys.platform == "win32" else str(file).encode()


def _load(chosen: str) -> ctypes.CDLL:
    for name in (chosen,) if chosen else _LIBRARIES:
        try:
            return _declared(ctypes.CDLL(name))
        except OSError:
            continue
    raise NoDictionary("library")


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    handle, text, texts = ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(_Texts)
    library.Hunspell_create.argtypes = (text, text)
    library.Hunspell_create.restype = handle
    library.Hunspell_destroy.argtypes = (handle,)
    library.Hunspell_destroy.restype = None
    library.Hunspell_get_dic_encoding.argtypes = (handle,)
    library.Hunspell_get_dic_encoding.restype = text
    library.Hunspell_spell.argtypes = (handle, text)
    library.Hunspell_suggest.argtypes = (handle, texts, text)
    library.Hunspell_free_list.argtypes = (handle, texts, ctypes.c_int)
    library.Hunspell_free_list.restype = None
    return library
