"""Events posted too early are delivered later: all of them, in order, once."""

from console.core.deliveries import KeptNews


def test_news_wait_for_who_hears_them_and_come_at_once_afterwards() -> None:
    heard: list[str] = []
    news: KeptNews[str] = KeptNews(heard.append)
    news.tell("the index is damaged")
    news.tell("the index is there again")
    assert heard == []

    news.begin()
    assert heard == ["the index is damaged", "the index is there again"]
    news.tell("one more")
    news.begin()  # the next operator has signed in
    assert heard == ["the index is damaged", "the index is there again", "one more"]


def test_what_comes_while_the_kept_is_told_is_not_lost() -> None:
    heard: list[str] = []
    news: KeptNews[str]

    def hear(word: str) -> None:
        heard.append(word)
        if word == "first":
            news.tell("meanwhile")

    news = KeptNews(hear)
    news.tell("first")
    news.begin()
    assert heard == ["first", "meanwhile"]
