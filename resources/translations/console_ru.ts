<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AnswerForm</name>
    <message>
        <source>Answer that has come meanwhile</source>
        <translation>Ответ, пришедший тем временем</translation>
    </message>
    <message>
        <source>Has come meanwhile</source>
        <translation>Пришло тем временем</translation>
    </message>
    <message>
        <source>What the answer tells</source>
        <translation>Что сообщает ответ</translation>
    </message>
    <message>
        <source>What the author is to read</source>
        <translation>Что прочитает автор</translation>
    </message>
    <message>
        <source>DD.MM.YYYY</source>
        <translation>ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>What will be done until then</source>
        <translation>Что будет сделано к этому сроку</translation>
    </message>
    <message>
        <source>Why the matter cannot be solved</source>
        <translation>Почему вопрос нельзя решить</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Приложить файл</translation>
    </message>
    <message>
        <source>It tells</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Promised by</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Меры</translation>
    </message>
    <message>
        <source>Grounds</source>
        <translation>Обоснование</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>It holds</source>
        <translation>В ответе есть</translation>
    </message>
    <message>
        <source>Take the answer in</source>
        <translation>Принять ответ</translation>
    </message>
    <message>
        <source>Before it is sent it is looked at once more: par. 9.4, 9.5</source>
        <translation>Перед отправкой ответ проверят ещё раз: п. 9.4, 9.5</translation>
    </message>
    <message>
        <source>to the message</source>
        <translation>к сообщению</translation>
    </message>
    <message>
        <source>Your own answer</source>
        <translation>Ответ оператора</translation>
    </message>
    <message>
        <source>Answer of the body</source>
        <translation>Ответ органа</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Leave out: %1</source>
        <translation>Убрать: %1</translation>
    </message>
</context>
<context>
    <name>AskPane</name>
    <message>
        <source>The message goes back to the queue with your note; whoever knows takes it up.</source>
        <translation>Сообщение вернётся в очередь с вашей пометкой, его возьмёт тот, кто знает.</translation>
    </message>
    <message>
        <source>What you are in doubt about</source>
        <translation>В чём вы сомневаетесь</translation>
    </message>
    <message>
        <source>Question to colleagues</source>
        <translation>Вопрос коллегам</translation>
    </message>
    <message>
        <source>Ask a colleague</source>
        <translation>Спросить коллегу</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Спросить</translation>
    </message>
</context>
<context>
    <name>ByHandRows</name>
    <message>
        <source>How the request came</source>
        <translation>Как поступил запрос</translation>
    </message>
    <message>
        <source>Yesterday 14:30, or 26.11.2026 14:30</source>
        <translation>вчера 14:30 или 26.11.2026 14:30</translation>
    </message>
    <message>
        <source>How it came</source>
        <translation>Как поступил</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>When the request came</source>
        <translation>Когда поступил запрос</translation>
    </message>
</context>
<context>
    <name>CalendarPage</name>
    <message>
        <source>From a file</source>
        <translation>Из файла</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Правила</translation>
    </message>
    <message>
        <source>day</source>
        <translation>день</translation>
    </message>
    <message>
        <source>month</source>
        <translation>месяц</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Calendar of %1</source>
        <translation>Календарь на %1 год</translation>
    </message>
    <message>
        <source>Earlier year</source>
        <translation>Предыдущий год</translation>
    </message>
    <message>
        <source>Later year</source>
        <translation>Следующий год</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Часы</translation>
    </message>
</context>
<context>
    <name>CallBacksPage</name>
    <message>
        <source>Call back</source>
        <translation>Перезвонить</translation>
    </message>
    <message>
        <source>Who left no e-mail is called, and what is to be said comes here by itself.</source>
        <translation>Кто не оставил почту, тому звонят. Что сказать, появится здесь само.</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Прочитать вслух</translation>
    </message>
    <message>
        <source>Text to read aloud</source>
        <translation>Текст для чтения вслух</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>Сообщено</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Нет ответа</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Не тот номер</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>promised calls</source>
        <translation>обещанные звонки</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>Answer</source>
        <translation>Ответить</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Включить</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Завершить</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) more</source>
        <translation>
            <numerusform>Ещё %n секунда</numerusform>
            <numerusform>Ещё %n секунды</numerusform>
            <numerusform>Ещё %n секунд</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready for calls</source>
        <translation>Готов принимать</translation>
    </message>
    <message>
        <source>Dial a number</source>
        <translation>Набрать номер</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Перезвонить</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Удержать</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>To the caller</source>
        <translation>К абоненту</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>All three</source>
        <translation>Втроём</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Перевод</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Соединить</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
</context>
<context>
    <name>CallCard</name>
    <message>
        <source>Surname, first name, patronymic</source>
        <translation>Фамилия, имя, отчество</translation>
    </message>
    <message>
        <source>Not given — did not want to say the name</source>
        <translation>Не указано — не пожелал назваться</translation>
    </message>
    <message>
        <source>from the records</source>
        <translation>из записей</translation>
    </message>
    <message>
        <source>Name, and what he is to the caller</source>
        <translation>Имя и кем приходится звонящему</translation>
    </message>
    <message>
        <source>About whom</source>
        <translation>О ком</translation>
    </message>
    <message>
        <source>about another</source>
        <translation>за другого</translation>
    </message>
    <message>
        <source>Opened by mistake</source>
        <translation>Открыта по ошибке</translation>
    </message>
    <message>
        <source>Not given — did not want to leave a number</source>
        <translation>Не указан — номер оставить не захотел</translation>
    </message>
    <message>
        <source>name@mail.ru</source>
        <translation>имя@mail.ru</translation>
    </message>
    <message>
        <source>Not given — said there is no e-mail</source>
        <translation>Не указана — почты нет</translation>
    </message>
    <message>
        <source>What the caller says, in a few words</source>
        <translation>О чём говорит абонент, в нескольких словах</translation>
    </message>
    <message>
        <source>Result of the call</source>
        <translation>Итог вызова</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Ответил</translation>
    </message>
    <message>
        <source>typical answer</source>
        <translation>типовой ответ</translation>
    </message>
    <message>
        <source>Gave contacts</source>
        <translation>Дал контакты</translation>
    </message>
    <message>
        <source>body, service</source>
        <translation>орган, служба</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>written answer</source>
        <translation>письменный ответ</translation>
    </message>
    <message>
        <source>Technical</source>
        <translation>Технический</translation>
    </message>
    <message>
        <source>cut off, mistake</source>
        <translation>обрыв, ошибка</translation>
    </message>
    <message>
        <source>Technical result</source>
        <translation>Технический итог</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>Обрыв</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Тишина</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Ошиблись номером</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>не указано</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Абонент</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>What?</source>
        <translation>Что?</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Make a message</source>
        <translation>Оформить сообщение</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>back to the field</source>
        <translation>назад в поле</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>клавиши</translation>
    </message>
    <message>
        <source>Save and ready</source>
        <translation>Сохранить и готов</translation>
    </message>
    <message>
        <source>%1 + digit</source>
        <translation>%1 + цифра</translation>
    </message>
</context>
<context>
    <name>CallRegisterPage</name>
    <message>
        <source>Register of calls</source>
        <translation>Реестр вызовов</translation>
    </message>
    <message>
        <source>From, as 01.11.2026</source>
        <translation>С, напр. 01.11.2026</translation>
    </message>
    <message>
        <source>To, as 30.11.2026</source>
        <translation>По, напр. 30.11.2026</translation>
    </message>
    <message>
        <source>Number, telephone, words</source>
        <translation>Номер, телефон, слова</translation>
    </message>
    <message>
        <source>Surname of the caller</source>
        <translation>Фамилия абонента</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Оператор</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>Рабочее место</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Write as XLSX</source>
        <translation>Выгрузить XLSX</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>further</source>
        <translation>дальше</translation>
    </message>
    <message>
        <source>open</source>
        <translation>открыть</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
</context>
<context>
    <name>CardHead</name>
    <message>
        <source>Telephone call</source>
        <translation>Телефонный вызов</translation>
    </message>
    <message>
        <source>Another question</source>
        <translation>Ещё вопрос</translation>
    </message>
</context>
<context>
    <name>CategoryField</name>
    <message>
        <source>Start typing the topic or the category</source>
        <translation>Начните вводить тему или категорию</translation>
    </message>
    <message>
        <source>Topic and category</source>
        <translation>Тема и категория</translation>
    </message>
</context>
<context>
    <name>ChecklistView</name>
    <message>
        <source>Check-list of section 6</source>
        <translation>Проверка по разделу 6</translation>
    </message>
</context>
<context>
    <name>ChecksPanel</name>
    <message>
        <source>Check</source>
        <translation>Проверка</translation>
    </message>
    <message>
        <source>to the words</source>
        <translation>к словам</translation>
    </message>
    <message>
        <source>next</source>
        <translation>дальше</translation>
    </message>
</context>
<context>
    <name>CityPane</name>
    <message>
        <source>Text as published</source>
        <translation>Текст, как его увидят</translation>
    </message>
    <message>
        <source>As the city will see it</source>
        <translation>Как увидит город</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Дальше</translation>
    </message>
</context>
<context>
    <name>ColumnEdge</name>
    <message>
        <source>Edge of the right column</source>
        <translation>Край правого столбца</translation>
    </message>
</context>
<context>
    <name>ColumnsPanel</name>
    <message>
        <source>Width of the columns</source>
        <translation>Ширина столбцов</translation>
    </message>
    <message>
        <source>narrower, wider</source>
        <translation>уже, шире</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>как сначала</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>своя</translation>
    </message>
    <message>
        <source>All as they were made</source>
        <translation>Все как были сначала</translation>
    </message>
</context>
<context>
    <name>ComparisonView</name>
    <message>
        <source>This message</source>
        <translation>Это сообщение</translation>
    </message>
    <message>
        <source>Earlier message</source>
        <translation>Прежнее сообщение</translation>
    </message>
    <message>
        <source>Underlined are the words that the other message does not have.</source>
        <translation>Подчёркнуто то, чего нет в другом сообщении.</translation>
    </message>
</context>
<context>
    <name>ConfidentialPane</name>
    <message>
        <source>Why the mark is taken away</source>
        <translation>Почему пометка снимается</translation>
    </message>
    <message>
        <source>What makes you sure</source>
        <translation>Почему вы в этом уверены</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>With any of these the message is non-public, whatever its author chose.</source>
        <translation>С любым из этих сведений сообщение непубличное, что бы ни выбрал автор.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Personal data and secrets</source>
        <translation>Персональные данные и тайны</translation>
    </message>
</context>
<context>
    <name>ConfidentialStrip</name>
    <message>
        <source>These are no personal data</source>
        <translation>Это не персональные данные</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Why: for instance, the name of a shop</source>
        <translation>Почему: например, это название магазина</translation>
    </message>
</context>
<context>
    <name>ConfirmSide</name>
    <message>
        <source>Terms that move</source>
        <translation>Сроки, которые сдвигаются</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Подтвердить</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n call(s) to make now</source>
        <translation>
            <numerusform>%n звонок пора сделать</numerusform>
            <numerusform>%n звонка пора сделать</numerusform>
            <numerusform>%n звонков пора сделать</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
            <numerusform>и ещё %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The wrap-up ends in %n second(s)</source>
        <translation>
            <numerusform>Оформление закончится через %n секунду</numerusform>
            <numerusform>Оформление закончится через %n секунды</numerusform>
            <numerusform>Оформление закончится через %n секунд</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n фото</numerusform>
            <numerusform>%n фото</numerusform>
            <numerusform>%n фото</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Perhaps it is %1; the number has %n people</source>
        <translation>
            <numerusform>Возможно, это %1; за номером %n человек</numerusform>
            <numerusform>Возможно, это %1; за номером %n человека</numerusform>
            <numerusform>Возможно, это %1; за номером %n человек</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n запись</numerusform>
            <numerusform>%n записи</numerusform>
            <numerusform>%n записей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) told</source>
        <translation>
            <numerusform>ответ дан на %n вызов</numerusform>
            <numerusform>ответ дан на %n вызова</numerusform>
            <numerusform>ответ дан на %n вызовов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caller(s)</source>
        <translation>
            <numerusform>%n позвонивший</numerusform>
            <numerusform>%n позвонивших</numerusform>
            <numerusform>%n позвонивших</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n caller(s) within %1 min about one thing</source>
        <translation>
            <numerusform>%n человек за %1 мин об одном и том же</numerusform>
            <numerusform>%n человека за %1 мин об одном и том же</numerusform>
            <numerusform>%n человек за %1 мин об одном и том же</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n incident(s) on</source>
        <translation>
            <numerusform>Идёт %n инцидент</numerusform>
            <numerusform>Идут %n инцидента</numerusform>
            <numerusform>Идут %n инцидентов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more incident(s)</source>
        <translation>
            <numerusform>ещё %n инцидент</numerusform>
            <numerusform>ещё %n инцидента</numerusform>
            <numerusform>ещё %n инцидентов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more call(s) waiting</source>
        <translation>
            <numerusform>ждёт ещё %n вызов</numerusform>
            <numerusform>ждут ещё %n вызова</numerusform>
            <numerusform>ждут ещё %n вызовов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent</source>
        <translation>
            <numerusform>не отправлена %n запись</numerusform>
            <numerusform>не отправлены %n записи</numerusform>
            <numerusform>не отправлено %n записей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>oldest %n min</source>
        <translation>
            <numerusform>самая старая ждёт %n мин</numerusform>
            <numerusform>самая старая ждёт %n мин</numerusform>
            <numerusform>самая старая ждёт %n мин</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) refused by the centre</source>
        <translation>
            <numerusform>%n запись не принята базой</numerusform>
            <numerusform>%n записи не приняты базой</numerusform>
            <numerusform>%n записей не принято базой</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The password needs at least %n character(s)</source>
        <translation>
            <numerusform>Пароль — не короче %n знака</numerusform>
            <numerusform>Пароль — не короче %n знаков</numerusform>
            <numerusform>Пароль — не короче %n знаков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>try again in %n second(s)</source>
        <translation>
            <numerusform>попробуйте через %n секунду</numerusform>
            <numerusform>попробуйте через %n секунды</numerusform>
            <numerusform>попробуйте через %n секунд</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n out of hours apart</source>
        <translation>
            <numerusform>ещё %n вне рабочих часов</numerusform>
            <numerusform>ещё %n вне рабочих часов</numerusform>
            <numerusform>ещё %n вне рабочих часов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n working day(s)</source>
        <translation>
            <numerusform>%n рабочий день</numerusform>
            <numerusform>%n рабочих дня</numerusform>
            <numerusform>%n рабочих дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n calendar day(s)</source>
        <translation>
            <numerusform>%n календарный день</numerusform>
            <numerusform>%n календарных дня</numerusform>
            <numerusform>%n календарных дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n&#xa0;минуту назад</numerusform>
            <numerusform>%n&#xa0;минуты назад</numerusform>
            <numerusform>%n&#xa0;минут назад</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) aloud</source>
        <translation>
            <numerusform>%n секунда вслух</numerusform>
            <numerusform>%n секунды вслух</numerusform>
            <numerusform>%n секунд вслух</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n слово</numerusform>
            <numerusform>%n слова</numerusform>
            <numerusform>%n слов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>up to %n second(s) — good</source>
        <translation>
            <numerusform>до %n секунды — хорошо</numerusform>
            <numerusform>до %n секунд — хорошо</numerusform>
            <numerusform>до %n секунд — хорошо</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>longer than %n second(s): shorten it</source>
        <translation>
            <numerusform>дольше %n секунды: сократите</numerusform>
            <numerusform>дольше %n секунд: сократите</numerusform>
            <numerusform>дольше %n секунд: сократите</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n раз</numerusform>
            <numerusform>%n раза</numerusform>
            <numerusform>%n раз</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) over</source>
        <translation>
            <numerusform>просрочено на %n день</numerusform>
            <numerusform>просрочено на %n дня</numerusform>
            <numerusform>просрочено на %n дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>не хватает: %n</numerusform>
            <numerusform>не хватает: %n</numerusform>
            <numerusform>не хватает: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hint(s)</source>
        <translation>
            <numerusform>%n подсказка</numerusform>
            <numerusform>%n подсказки</numerusform>
            <numerusform>%n подсказок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n under review</source>
        <translation>
            <numerusform>%n на рассмотрении</numerusform>
            <numerusform>%n на рассмотрении</numerusform>
            <numerusform>%n на рассмотрении</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n сообщение</numerusform>
            <numerusform>%n сообщения</numerusform>
            <numerusform>%n сообщений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sent to rework %n time(s)</source>
        <translation>
            <numerusform>Направлено на доработку %n раз</numerusform>
            <numerusform>Направлено на доработку %n раза</numerusform>
            <numerusform>Направлено на доработку %n раз</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is larger than %n MB.</source>
        <translation>
            <numerusform>Он больше %n МБ.</numerusform>
            <numerusform>Он больше %n МБ.</numerusform>
            <numerusform>Он больше %n МБ.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No more than %n file(s) go with an answer.</source>
        <translation>
            <numerusform>К ответу можно приложить не больше %n файла.</numerusform>
            <numerusform>К ответу можно приложить не больше %n файлов.</numerusform>
            <numerusform>К ответу можно приложить не больше %n файлов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more digit(s) to a number of a message</source>
        <translation>
            <numerusform>До номера сообщения не хватает %n цифры</numerusform>
            <numerusform>До номера сообщения не хватает %n цифр</numerusform>
            <numerusform>До номера сообщения не хватает %n цифр</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n digit(s) too many for a number of a message</source>
        <translation>
            <numerusform>Для номера сообщения лишняя %n цифра</numerusform>
            <numerusform>Для номера сообщения лишние %n цифры</numerusform>
            <numerusform>Для номера сообщения лишние %n цифр</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) of this telephone</source>
        <translation>
            <numerusform>%n сообщение с этого телефона</numerusform>
            <numerusform>%n сообщения с этого телефона</numerusform>
            <numerusform>%n сообщений с этого телефона</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) about it</source>
        <translation>
            <numerusform>%n вызов об этом</numerusform>
            <numerusform>%n вызова об этом</numerusform>
            <numerusform>%n вызовов об этом</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more open message(s)</source>
        <translation>
            <numerusform>ещё %n открытое сообщение</numerusform>
            <numerusform>ещё %n открытых сообщения</numerusform>
            <numerusform>ещё %n открытых сообщений</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more earlier call(s)</source>
        <translation>
            <numerusform>ещё %n прежний вызов</numerusform>
            <numerusform>ещё %n прежних вызова</numerusform>
            <numerusform>ещё %n прежних вызовов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed call(s) dealt with</source>
        <translation>
            <numerusform>Разобран %n пропущенный звонок</numerusform>
            <numerusform>Разобрано %n пропущенных звонка</numerusform>
            <numerusform>Разобрано %n пропущенных звонков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent record(s), sent automatically.</source>
        <translation>
            <numerusform>%n запись уйдёт сама.</numerusform>
            <numerusform>%n записи уйдут сами.</numerusform>
            <numerusform>%n записей уйдут сами.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) to look at: what to do stands below.</source>
        <translation>
            <numerusform>%n&#xa0;пункт требует внимания, что делать — ниже.</numerusform>
            <numerusform>%n&#xa0;пункта требуют внимания, что делать — ниже.</numerusform>
            <numerusform>%n&#xa0;пунктов требуют внимания, что делать — ниже.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent entry(ies): open it and press Ctrl+Enter</source>
        <translation>
            <numerusform>%n запись ждёт отправки: откройте её и нажмите Ctrl+Enter</numerusform>
            <numerusform>%n записи ждут отправки: откройте их и нажмите Ctrl+Enter</numerusform>
            <numerusform>%n записей ждут отправки: откройте их и нажмите Ctrl+Enter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) for you</source>
        <translation>
            <numerusform>%n ждёт вас</numerusform>
            <numerusform>%n ждут вас</numerusform>
            <numerusform>%n ждут вас</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>oldest %n h</source>
        <translation>
            <numerusform>самая старая ждёт %n ч</numerusform>
            <numerusform>самая старая ждёт %n ч</numerusform>
            <numerusform>самая старая ждёт %n ч</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>oldest %n day(s)</source>
        <translation>
            <numerusform>самая старая ждёт %n день</numerusform>
            <numerusform>самая старая ждёт %n дня</numerusform>
            <numerusform>самая старая ждёт %n дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n&#xa0;ч назад</numerusform>
            <numerusform>%n&#xa0;ч назад</numerusform>
            <numerusform>%n&#xa0;ч назад</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n&#xa0;день назад</numerusform>
            <numerusform>%n&#xa0;дня назад</numerusform>
            <numerusform>%n&#xa0;дней назад</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n вызов</numerusform>
            <numerusform>%n вызова</numerusform>
            <numerusform>%n вызовов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) written</source>
        <translation>
            <numerusform>Выгружен %n вызов</numerusform>
            <numerusform>Выгружено %n вызова</numerusform>
            <numerusform>Выгружено %n вызовов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) found</source>
        <translation>
            <numerusform>Найдена %n запись</numerusform>
            <numerusform>Найдено %n записи</numerusform>
            <numerusform>Найдено %n записей</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>What the author thinks</source>
        <translation>Что говорит автор</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Замечание</translation>
    </message>
    <message>
        <source>to the message</source>
        <translation>к сообщению</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Замечания</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
</context>
<context>
    <name>DeskPage</name>
    <message>
        <source>Heard, no more sound</source>
        <translation>Принято, без звука</translation>
    </message>
</context>
<context>
    <name>DevicesSection</name>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Earpiece of the headset</source>
        <translation>Наушники гарнитуры</translation>
    </message>
    <message>
        <source>Ringer</source>
        <translation>Динамик вызова</translation>
    </message>
    <message>
        <source>Sound devices</source>
        <translation>Звуковые устройства</translation>
    </message>
    <message>
        <source>What you speak into and hear callers with, and what rings. A device that is plugged out is stood in for by the system&apos;s own, and taken again once it is back.</source>
        <translation>Во что вы говорите, чем слышите абонента и что звонит. Если устройство отключено, вместо него работает устройство системы; вернётся — снова будет работать оно.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Drop changes</source>
        <translation>Отменить правки</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Обновить</translation>
    </message>
    <message>
        <source>to the list</source>
        <translation>к списку</translation>
    </message>
    <message>
        <source>try the device</source>
        <translation>проверить устройство</translation>
    </message>
    <message>
        <source>Promised call</source>
        <translation>Обещанный звонок</translation>
    </message>
</context>
<context>
    <name>DirectoryPanel</name>
    <message>
        <source>Question, body, service, surname, number</source>
        <translation>Вопрос, орган, услуга, фамилия, номер</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Результаты поиска</translation>
    </message>
</context>
<context>
    <name>DocumentsRow</name>
    <message>
        <source>Attach a file</source>
        <translation>Приложить файл</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Open: %1</source>
        <translation>Открыть: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close: %1</source>
        <translation>Закрыть: %1</translation>
    </message>
    <message>
        <source>From today on nobody is shown the document; it is kept</source>
        <translation>С сегодняшнего дня документ никому не показывается; он хранится</translation>
    </message>
</context>
<context>
    <name>DocumentsStrip</name>
    <message>
        <source>Open: %1</source>
        <translation>Открыть: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more document(s)</source>
        <translation>
            <numerusform>ещё %n документ</numerusform>
            <numerusform>ещё %n документа</numerusform>
            <numerusform>ещё %n документов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatePane</name>
    <message>
        <source>No earlier message repeats or resembles this one</source>
        <translation>Похожих сообщений нет</translation>
    </message>
    <message>
        <source>Remove as a repetition of</source>
        <translation>Снять как повтор сообщения</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Снять как повтор</translation>
    </message>
</context>
<context>
    <name>EditorPage</name>
    <message>
        <source>Directory</source>
        <translation>Справочник</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Не нашли</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>Синонимы</translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation>Устарели</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Предложения</translation>
    </message>
    <message>
        <source>Sections of the directory</source>
        <translation>Разделы справочника</translation>
    </message>
    <message>
        <source>Load or write files</source>
        <translation>Загрузить и выгрузить</translation>
    </message>
</context>
<context>
    <name>EntryFields</name>
    <message>
        <source>Start typing the title</source>
        <translation>Начните печатать название</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>рабочие дни</translation>
    </message>
    <message>
        <source>calendar days</source>
        <translation>календарные дни</translation>
    </message>
    <message>
        <source>DD.MM.YYYY</source>
        <translation>ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>one per line</source>
        <translation>в столбик</translation>
    </message>
</context>
<context>
    <name>EntryForm</name>
    <message>
        <source>Checked today</source>
        <translation>Проверено сегодня</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close the entry: from today on operators find it no more</source>
        <translation>Закрыть запись: с сегодняшнего дня операторы её не найдут</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Forget what was changed since the last version</source>
        <translation>Забыть всё, что изменено после последней версии</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Опубликовать</translation>
    </message>
    <message>
        <source>to the list</source>
        <translation>к списку</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Отправляется…</translation>
    </message>
</context>
<context>
    <name>EntryListColumn</name>
    <message>
        <source>All</source>
        <translation>Все</translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation>Устарели</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мои</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Новая</translation>
    </message>
    <message>
        <source>Find an entry</source>
        <translation>Найти запись</translation>
    </message>
    <message>
        <source>Which entries</source>
        <translation>Какие записи</translation>
    </message>
    <message>
        <source>No such entries</source>
        <translation>Таких записей нет</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Справочник</translation>
    </message>
</context>
<context>
    <name>EntrySide</name>
    <message>
        <source>Say</source>
        <translation>Сказать</translation>
    </message>
    <message>
        <source>Send as text</source>
        <translation>Отправить текстом</translation>
    </message>
    <message>
        <source>History of edits</source>
        <translation>История правок</translation>
    </message>
    <message>
        <source>As the operator sees it</source>
        <translation>Как увидит оператор</translation>
    </message>
    <message>
        <source>Text to say</source>
        <translation>Текст для чтения вслух</translation>
    </message>
    <message>
        <source>Text to send</source>
        <translation>Текст для отправки</translation>
    </message>
    <message>
        <source>Restore this version</source>
        <translation>Вернуть эту версию</translation>
    </message>
    <message>
        <source>As the operator saw it in version %1</source>
        <translation>Как оператор видел правку %1</translation>
    </message>
</context>
<context>
    <name>ExportView</name>
    <message>
        <source>Which entries</source>
        <translation>Какие записи</translation>
    </message>
    <message>
        <source>in force today</source>
        <translation>действующие сегодня</translation>
    </message>
    <message>
        <source>closed and coming ones too</source>
        <translation>и закрытые, и будущие</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>XLSX, a sheet for each kind</source>
        <translation>XLSX, лист на каждый вид</translation>
    </message>
    <message>
        <source>CSV, one table</source>
        <translation>CSV, одна таблица</translation>
    </message>
    <message>
        <source>JSONL, for programs</source>
        <translation>JSONL, для программ</translation>
    </message>
    <message>
        <source>Letters of the CSV</source>
        <translation>Кодировка CSV</translation>
    </message>
    <message>
        <source>Windows-1251, for old spreadsheets</source>
        <translation>Windows-1251, для старых таблиц</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Кодировка</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>Выгрузить</translation>
    </message>
    <message>
        <source>to the entries</source>
        <translation>к записям</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>Какие</translation>
    </message>
    <message>
        <source>Write the directory</source>
        <translation>Выгрузить справочник</translation>
    </message>
</context>
<context>
    <name>FileSide</name>
    <message>
        <source>Path of the file</source>
        <translation>Путь к файлу</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Посмотреть</translation>
    </message>
    <message>
        <source>Calendar from a file</source>
        <translation>Календарь из файла</translation>
    </message>
    <message>
        <source>Calendars (%1)</source>
        <translation>Календари (%1)</translation>
    </message>
    <message>
        <source>A whole year: JSON as in resources/calendars, or XML of xmlcalendar.ru. Single days: CSV or JSON with date, kind (off, working, short) and reason. Regulations and maps (3.1–3.3): JSON.</source>
        <translation>Целый год: JSON, как в resources/calendars, или XML с xmlcalendar.ru. Отдельные дни: CSV или JSON с датой, видом (выходной, рабочий, сокращённый) и причиной. Регламенты и карты (пп. 3.1–3.3): JSON.</translation>
    </message>
</context>
<context>
    <name>FilesPage</name>
    <message>
        <source>Files of the directory</source>
        <translation>Файлы справочника</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Выгрузить</translation>
    </message>
    <message>
        <source>Sample table</source>
        <translation>Образец таблицы</translation>
    </message>
</context>
<context>
    <name>FindingsList</name>
    <message>
        <source>What was found in the text</source>
        <translation>Найденное в тексте</translation>
    </message>
</context>
<context>
    <name>FormSection</name>
    <message>
        <source>Try it</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Drop changes</source>
        <translation>Отменить правки</translation>
    </message>
    <message>
        <source>to the list</source>
        <translation>к списку</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Сертификаты (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Start again now</source>
        <translation>Перезапустить сейчас</translation>
    </message>
</context>
<context>
    <name>FormSide</name>
    <message>
        <source>Why, as others will read it</source>
        <translation>Так её увидят другие</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Number and date of the order, if there is one</source>
        <translation>Номер и дата распоряжения, если есть</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>What will move</source>
        <translation>Что сдвинется</translation>
    </message>
</context>
<context>
    <name>FormalAppealBlock</name>
    <message>
        <source>Say: a formal appeal under 59-FZ</source>
        <translation>Скажите: обращение по 59-ФЗ</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Скрыть</translation>
    </message>
</context>
<context>
    <name>Found</name>
    <message numerus="yes">
        <source>%n similar message(s) found</source>
        <translation>
            <numerusform>найдено %n похожее</numerusform>
            <numerusform>найдено %n похожих</numerusform>
            <numerusform>найдено %n похожих</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n фото</numerusform>
            <numerusform>%n фото</numerusform>
            <numerusform>%n фото</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FoundByWords</name>
    <message>
        <source>By which words it is found</source>
        <translation>По каким словам находят</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandoverPage</name>
    <message>
        <source>Hand-over sheet</source>
        <translation>Лист передачи смены</translation>
    </message>
    <message>
        <source>Note to the next shift</source>
        <translation>Записка следующей смене</translation>
    </message>
    <message>
        <source>Numbers of records, no names and telephones</source>
        <translation>Номера записей, без имён и телефонов</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Подписать</translation>
    </message>
    <message>
        <source>As PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Принять смену</translation>
    </message>
</context>
<context>
    <name>ImportList</name>
    <message>
        <source>Rows of the file</source>
        <translation>Строки файла</translation>
    </message>
    <message>
        <source>The chosen row</source>
        <translation>Выбранная строка</translation>
    </message>
</context>
<context>
    <name>ImportView</name>
    <message>
        <source>Wrong</source>
        <translation>Ошибки</translation>
    </message>
    <message>
        <source>New ones</source>
        <translation>Новые</translation>
    </message>
    <message>
        <source>To change</source>
        <translation>Изменятся</translation>
    </message>
    <message>
        <source>To close</source>
        <translation>Закроются</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Без изменений</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>Строки файла</translation>
    </message>
    <message>
        <source>Path of an XLSX, CSV or JSONL file</source>
        <translation>Путь к файлу XLSX, CSV или JSONL</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Посмотреть</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Entries that the file does not have</source>
        <translation>Записи, которых нет в файле</translation>
    </message>
    <message>
        <source>leave as they are</source>
        <translation>оставить как есть</translation>
    </message>
    <message>
        <source>close from today on</source>
        <translation>закрыть с сегодняшнего дня</translation>
    </message>
    <message>
        <source>Not in the file</source>
        <translation>Нет в файле</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Прервать</translation>
    </message>
    <message>
        <source>Undo the load</source>
        <translation>Отменить загрузку</translation>
    </message>
    <message>
        <source>Save the faults</source>
        <translation>Сохранить список ошибок</translation>
    </message>
    <message>
        <source>Load good rows only</source>
        <translation>Загрузить только годные строки</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>to the entries</source>
        <translation>к записям</translation>
    </message>
    <message>
        <source>File of the directory</source>
        <translation>Файл справочника</translation>
    </message>
    <message>
        <source>Tables (%1)</source>
        <translation>Таблицы (%1)</translation>
    </message>
</context>
<context>
    <name>IncidentsPage</name>
    <message>
        <source>Incidents</source>
        <translation>Инциденты</translation>
    </message>
    <message>
        <source>Several callers about one street and one matter are offered here by themselves. Ins writes an incident down before anybody calls.</source>
        <translation>Если об одной улице и одном и том же звонят несколько человек, инцидент появится здесь сам. Ins — записать его, пока никто не позвонил.</translation>
    </message>
    <message>
        <source>New incident</source>
        <translation>Новый инцидент</translation>
    </message>
    <message>
        <source>Street, or several by commas</source>
        <translation>Улица или несколько через запятую</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Улица</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Категория</translation>
    </message>
    <message>
        <source>What every operator says</source>
        <translation>Что говорит каждый оператор</translation>
    </message>
    <message>
        <source>Official text</source>
        <translation>Единый текст</translation>
    </message>
    <message>
        <source>Leave mine, take this text</source>
        <translation>Взять этот текст, мой убрать</translation>
    </message>
    <message>
        <source>Versions of the text</source>
        <translation>Редакции текста</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>End the incident</source>
        <translation>Завершить инцидент</translation>
    </message>
    <message>
        <source>No incident</source>
        <translation>Не инцидент</translation>
    </message>
    <message>
        <source>Drop the form</source>
        <translation>Убрать форму</translation>
    </message>
</context>
<context>
    <name>JournalPage</name>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>About</source>
        <translation>О чём</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Make a typical question</source>
        <translation>Сделать типовым вопросом</translation>
    </message>
    <message>
        <source>The answer as a new question of the directory</source>
        <translation>Ответ станет черновиком нового вопроса справочника</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>all of them</source>
        <translation>выбрать все</translation>
    </message>
    <message>
        <source>open</source>
        <translation>открыть</translation>
    </message>
    <message>
        <source>back to the record</source>
        <translation>назад к записи</translation>
    </message>
</context>
<context>
    <name>KeyChoicePage</name>
    <message>
        <source>Keys that can be changed</source>
        <translation>Клавиши, которые можно изменить</translation>
    </message>
    <message>
        <source>Put all keys back</source>
        <translation>Вернуть все клавиши</translation>
    </message>
    <message>
        <source>to the keys</source>
        <translation>к клавишам</translation>
    </message>
    <message>
        <source>change</source>
        <translation>изменить</translation>
    </message>
    <message>
        <source>put back</source>
        <translation>вернуть</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Изменить клавиши</translation>
    </message>
    <message>
        <source>Press the new chord; Esc leaves it as it is.</source>
        <translation>Нажмите новое сочетание; Esc — оставить как есть.</translation>
    </message>
    <message>
        <source>at first {key}</source>
        <translation>сначала {key}</translation>
    </message>
    <message>
        <source>A change holds at once and for you alone. Letters stand for their places on the keyboard: the layout does not matter.</source>
        <translation>Изменение действует сразу и только для вас. Буквы означают места на клавиатуре: раскладка не важна.</translation>
    </message>
</context>
<context>
    <name>KeypadPanel</name>
    <message>
        <source>Keypad of the telephone</source>
        <translation>Клавиши телефона</translation>
    </message>
    <message>
        <source>Type digits, * and #, or paste a number: each is sent at once.</source>
        <translation>Печатайте цифры, * и # или вставьте номер: всё уходит сразу.</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>send what was copied</source>
        <translation>отправить скопированное</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Изменить клавиши</translation>
    </message>
    <message>
        <source>What a key does, or its name</source>
        <translation>Что делает клавиша или её имя</translation>
    </message>
    <message>
        <source>to the work</source>
        <translation>к работе</translation>
    </message>
    <message>
        <source>all keys again</source>
        <translation>снова все клавиши</translation>
    </message>
    <message>
        <source>change keys</source>
        <translation>изменить клавиши</translation>
    </message>
</context>
<context>
    <name>KeysPane</name>
    <message>
        <source>Register</source>
        <translation>Зарегистрировать</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отказать</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Повтор</translation>
    </message>
    <message>
        <source>Ask a colleague</source>
        <translation>Спросить коллегу</translation>
    </message>
    <message>
        <source>Personal data and secrets</source>
        <translation>Персональные данные и тайны</translation>
    </message>
    <message>
        <source>As the city will see it</source>
        <translation>Как увидит город</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Решение</translation>
    </message>
    <message>
        <source>A decision can be taken back for 15 seconds. Refusal is only on par. 7.7.</source>
        <translation>Решение можно отменить 15 секунд. Отказ — только по п.&#xa0;7.7.</translation>
    </message>
    <message>
        <source>with a note; others can take it</source>
        <translation>с заметкой; возьмёт другой</translation>
    </message>
    <message>
        <source>mark or clear, par. 6.12</source>
        <translation>пометить или снять пометку, п.&#xa0;6.12</translation>
    </message>
    <message>
        <source>preview, par. 6.9 and 6.11</source>
        <translation>п.&#xa0;6.9 и 6.11</translation>
    </message>
    <message>
        <source>begun and not sent yet</source>
        <translation>начато, не отправлено</translation>
    </message>
</context>
<context>
    <name>KindChips</name>
    <message>
        <source>Kinds of what was found</source>
        <translation>Виды найденного</translation>
    </message>
    <message>
        <source>One kind alone: Alt with the arrows to the sides</source>
        <translation>Только один вид: Alt и стрелки в стороны</translation>
    </message>
</context>
<context>
    <name>LeaveStrip</name>
    <message>
        <source>Stay</source>
        <translation>Остаться</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>Left</name>
    <message numerus="yes">
        <source>%n working day(s) left</source>
        <translation>
            <numerusform>остался %n рабочий день</numerusform>
            <numerusform>осталось %n рабочих дня</numerusform>
            <numerusform>осталось %n рабочих дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n calendar day(s) left</source>
        <translation>
            <numerusform>остался %n календарный день</numerusform>
            <numerusform>осталось %n календарных дня</numerusform>
            <numerusform>осталось %n календарных дней</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LessonList</name>
    <message>
        <source>Lessons</source>
        <translation>Уроки</translation>
    </message>
</context>
<context>
    <name>LockedCallCard</name>
    <message>
        <source>Switch the microphone off</source>
        <translation>Выключить микрофон</translation>
    </message>
    <message>
        <source>Switch the microphone on</source>
        <translation>Включить микрофон</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Удержать</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>To the caller</source>
        <translation>К абоненту</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Завершить</translation>
    </message>
</context>
<context>
    <name>LookSide</name>
    <message>
        <source>Revoke</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Edits of the city</source>
        <translation>Решения города</translation>
    </message>
    <message>
        <source>No edits yet: the calendar is as the program brings it.</source>
        <translation>Решений пока нет: календарь такой, каким его знает программа.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменить</translation>
    </message>
</context>
<context>
    <name>LookUpPage</name>
    <message>
        <source>This is the author</source>
        <translation>Это автор</translation>
    </message>
    <message>
        <source>Who is calling — for you, not to be read out</source>
        <translation>Кто звонит — для вас, вслух не читать</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>Сказать</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>To the answers</source>
        <translation>В ответы</translation>
    </message>
    <message>
        <source>Link this call</source>
        <translation>Связать вызов</translation>
    </message>
    <message>
        <source>to work</source>
        <translation>к работе</translation>
    </message>
    <message>
        <source>Number, telephone, name or words</source>
        <translation>Номер, телефон, имя или слова</translation>
    </message>
    <message>
        <source>Open the record</source>
        <translation>Открыть запись</translation>
    </message>
</context>
<context>
    <name>MessageColumn</name>
    <message>
        <source>Text of the message</source>
        <translation>Текст сообщения</translation>
    </message>
    <message>
        <source>Street, house or landmark</source>
        <translation>Улица, дом или ориентир</translation>
    </message>
    <message>
        <source>DD.MM.YYYY</source>
        <translation>ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>HH:MM</source>
        <translation>ЧЧ:ММ</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Где?</translation>
    </message>
    <message>
        <source>When?</source>
        <translation>Когда?</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>back to the queue</source>
        <translation>в очередь</translation>
    </message>
    <message>
        <source>next finding</source>
        <translation>следующее найденное</translation>
    </message>
    <message>
        <source>another message</source>
        <translation>другое сообщение</translation>
    </message>
</context>
<context>
    <name>MessageForm</name>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>from the call</source>
        <translation>из вызова</translation>
    </message>
    <message>
        <source>What has happened and what is asked for</source>
        <translation>Что случилось и о чём просят</translation>
    </message>
    <message>
        <source>Street, house or landmark</source>
        <translation>Улица, дом или ориентир</translation>
    </message>
    <message>
        <source>DD.MM.YYYY</source>
        <translation>ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>HH:MM</source>
        <translation>ЧЧ:ММ</translation>
    </message>
    <message>
        <source>Show to everybody?</source>
        <translation>Показать всем?</translation>
    </message>
    <message>
        <source>Not public</source>
        <translation>Непубличное</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Публичное</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Не спросили</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Автор</translation>
    </message>
    <message>
        <source>What?</source>
        <translation>Что?</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Где?</translation>
    </message>
    <message>
        <source>When?</source>
        <translation>Когда?</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Зарегистрировать</translation>
    </message>
    <message>
        <source>to the call</source>
        <translation>к вызову</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Фото</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>На проверку</translation>
    </message>
    <message>
        <source>Leave the decision to the one who checks messages</source>
        <translation>Решит тот, кто проверяет сообщения</translation>
    </message>
    <message>
        <source>all but a photo is needed</source>
        <translation>нужно всё, кроме фото</translation>
    </message>
</context>
<context>
    <name>MessageHistoryPage</name>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>History of a message</source>
        <translation>История сообщения</translation>
    </message>
</context>
<context>
    <name>MessageView</name>
    <message>
        <source>Text of the message</source>
        <translation>Текст сообщения</translation>
    </message>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>В справочник</translation>
    </message>
    <message>
        <source>The answer as a new question of the directory</source>
        <translation>Ответ как новый вопрос справочника</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message numerus="yes">
        <source>%n message(s) to decide by the next working day (par. 7.11)</source>
        <translation>
            <numerusform>%n сообщение нужно решить к следующему рабочему дню (п. 7.11)</numerusform>
            <numerusform>%n сообщения нужно решить к следующему рабочему дню (п. 7.11)</numerusform>
            <numerusform>%n сообщений нужно решить к следующему рабочему дню (п. 7.11)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) late: the term of par. 7.11 is over</source>
        <translation>
            <numerusform>%n сообщение просрочено: срок п. 7.11 истёк</numerusform>
            <numerusform>%n сообщения просрочены: срок п. 7.11 истёк</numerusform>
            <numerusform>%n сообщений просрочено: срок п. 7.11 истёк</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for a call</source>
        <translation>
            <numerusform>%n адресат ждёт звонка</numerusform>
            <numerusform>%n адресата ждут звонка</numerusform>
            <numerusform>%n адресатов ждут звонка</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not notified</source>
        <translation>
            <numerusform>%n не уведомлён</numerusform>
            <numerusform>%n не уведомлены</numerusform>
            <numerusform>%n не уведомлены</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NavigationColumn</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Hand over the shift</source>
        <translation>Передача смены</translation>
    </message>
    <message>
        <source>Incidents</source>
        <translation>Инциденты</translation>
    </message>
    <message>
        <source>Calls today</source>
        <translation>Вызовы сегодня</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Пропущенные</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Черновики</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Отчёты</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Работа</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Справочник</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Календарь</translation>
    </message>
    <message>
        <source>Answers and terms</source>
        <translation>Ответы и сроки</translation>
    </message>
    <message>
        <source>Under review</source>
        <translation>На проверке</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Перезвонить</translation>
    </message>
    <message>
        <source>Answers of bodies</source>
        <translation>Ответы органов</translation>
    </message>
    <message>
        <source>Check before the shift</source>
        <translation>Проверка перед сменой</translation>
    </message>
    <message>
        <source>Register of calls</source>
        <translation>Реестр вызовов</translation>
    </message>
</context>
<context>
    <name>NearMessages</name>
    <message>
        <source>Known already?</source>
        <translation>Уже известно?</translation>
    </message>
    <message>
        <source>par. 6.4</source>
        <translation>п. 6.4</translation>
    </message>
    <message>
        <source>Ask: “Is it about the same?”</source>
        <translation>Спросите: «Речь об этом?»</translation>
    </message>
    <message>
        <source>other</source>
        <translation>другое</translation>
    </message>
    <message>
        <source>tie the call</source>
        <translation>связать</translation>
    </message>
</context>
<context>
    <name>NewMessageForm</name>
    <message>
        <source>What has happened and what is asked for</source>
        <translation>Что случилось и о чём просят</translation>
    </message>
    <message>
        <source>Street, house or landmark</source>
        <translation>Улица, дом или ориентир</translation>
    </message>
    <message>
        <source>Surname, name, patronymic</source>
        <translation>Фамилия, имя, отчество</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Номер телефона</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>Адрес электронной почты</translation>
    </message>
    <message>
        <source>Show to everybody?</source>
        <translation>Показать всем?</translation>
    </message>
    <message>
        <source>Not public</source>
        <translation>Непубличное</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Публичное</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>Не спросили</translation>
    </message>
    <message>
        <source>Where?</source>
        <translation>Где?</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Автор</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>What?</source>
        <translation>Что?</translation>
    </message>
    <message>
        <source>Message without a call</source>
        <translation>Сообщение без вызова</translation>
    </message>
    <message>
        <source>Brought, written or told in person: day, hour and topic come next</source>
        <translation>Принесено, написано или рассказано лично; день, час и тему укажете дальше</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>На проверку</translation>
    </message>
    <message>
        <source>to the queue; what is typed stays</source>
        <translation>в очередь; набранное останется</translation>
    </message>
</context>
<context>
    <name>NoticePreview</name>
    <message>
        <source>Form of the notice</source>
        <translation>Вид уведомления</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Текстом</translation>
    </message>
    <message>
        <source>Aloud</source>
        <translation>Вслух</translation>
    </message>
    <message>
        <source>Text of the notice</source>
        <translation>Текст уведомления</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Уведомление</translation>
    </message>
</context>
<context>
    <name>NumberPanel</name>
    <message>
        <source>Body, service, or a number</source>
        <translation>Орган, служба или номер</translation>
    </message>
    <message>
        <source>No unit with a telephone was found. A number may be typed as it is.</source>
        <translation>Органа с телефоном не нашлось. Номер можно набрать как есть.</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Units and their numbers</source>
        <translation>Органы и их номера</translation>
    </message>
    <message>
        <source>Transfer the caller</source>
        <translation>Перевести абонента</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>Набрать номер</translation>
    </message>
    <message>
        <source>The call gets a record of its own.</source>
        <translation>У звонка будет своя запись.</translation>
    </message>
    <message>
        <source>Enter puts the caller on hold at once; you can always go back to him with F3.</source>
        <translation>С Enter абонент сразу на удержании; вернуться к нему можно всегда — F3.</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message numerus="yes">
        <source>%n term(s) will move</source>
        <translation>
            <numerusform>Сдвинется %n срок</numerusform>
            <numerusform>Сдвинутся %n срока</numerusform>
            <numerusform>Сдвинутся %n сроков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n term(s) moved</source>
        <translation>
            <numerusform>Сдвинут %n срок</numerusform>
            <numerusform>Сдвинуты %n срока</numerusform>
            <numerusform>Сдвинуто %n сроков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n term(s) of them will have run out already</source>
        <translation>
            <numerusform>Из них %n срок сразу окажется просрочен</numerusform>
            <numerusform>Из них %n срока сразу окажутся просрочены</numerusform>
            <numerusform>Из них %n сроков сразу окажутся просрочены</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) later</source>
        <translation>
            <numerusform>на %n день позже</numerusform>
            <numerusform>на %n дня позже</numerusform>
            <numerusform>на %n дней позже</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) earlier</source>
        <translation>
            <numerusform>на %n день раньше</numerusform>
            <numerusform>на %n дня раньше</numerusform>
            <numerusform>на %n дней раньше</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved day(s) off</source>
        <translation>
            <numerusform>%n перенесённый выходной</numerusform>
            <numerusform>%n перенесённых выходных</numerusform>
            <numerusform>%n перенесённых выходных</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n working weekend day(s)</source>
        <translation>
            <numerusform>%n рабочий выходной</numerusform>
            <numerusform>%n рабочих выходных</numerusform>
            <numerusform>%n рабочих выходных</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n short day(s)</source>
        <translation>
            <numerusform>%n сокращённый день</numerusform>
            <numerusform>%n сокращённых дня</numerusform>
            <numerusform>%n сокращённых дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more day(s)</source>
        <translation>
            <numerusform>и ещё %n день</numerusform>
            <numerusform>и ещё %n дня</numerusform>
            <numerusform>и ещё %n дней</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OperatorMenu</name>
    <message>
        <source>settings</source>
        <translation>настройки</translation>
    </message>
    <message>
        <source>After the call</source>
        <translation>После вызова</translation>
    </message>
    <message>
        <source>A digit or Enter chooses, Esc closes</source>
        <translation>Цифра или Enter — выбрать, Esc — закрыть</translation>
    </message>
    <message>
        <source>Taking calls</source>
        <translation>Приём звонков</translation>
    </message>
</context>
<context>
    <name>OrganChoiceFields</name>
    <message>
        <source>Body that answers</source>
        <translation>Кто отвечает</translation>
    </message>
    <message>
        <source>Start typing the title of the body</source>
        <translation>Начните вводить название органа</translation>
    </message>
    <message>
        <source>Why not the body of the topic</source>
        <translation>Почему не тот орган, что по теме</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>To whom?</source>
        <translation>Кому?</translation>
    </message>
    <message>
        <source>Official of the body who was told</source>
        <translation>Кому из органа сообщено</translation>
    </message>
    <message>
        <source>Start typing the name</source>
        <translation>Начните вводить фамилию</translation>
    </message>
    <message>
        <source>DD.MM.YYYY</source>
        <translation>ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>Day on which the official was told</source>
        <translation>Когда сообщено должностному лицу</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>Кому сообщено</translation>
    </message>
    <message>
        <source>Told on</source>
        <translation>Когда</translation>
    </message>
</context>
<context>
    <name>OwnDeskPage</name>
    <message>
        <source>Narrower</source>
        <translation>Уже</translation>
    </message>
    <message>
        <source>Wider</source>
        <translation>Шире</translation>
    </message>
    <message>
        <source>As the window has room</source>
        <translation>По ширине окна</translation>
    </message>
    <message>
        <source>All as at this workplace</source>
        <translation>Всё как на рабочем месте</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлые</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмные</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Контрастные</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Размер текста</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Card of a call</source>
        <translation>Карточка вызова</translation>
    </message>
    <message>
        <source>when it rings</source>
        <translation>при звонке</translation>
    </message>
    <message>
        <source>when it is answered</source>
        <translation>при ответе</translation>
    </message>
    <message>
        <source>Left column</source>
        <translation>Левый столбец</translation>
    </message>
    <message>
        <source>with words</source>
        <translation>со словами</translation>
    </message>
    <message>
        <source>icons alone</source>
        <translation>только значки</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>Язык сменится, когда программа будет запущена снова.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Right column</source>
        <translation>Правый столбец</translation>
    </message>
    <message>
        <source>A narrow window shows icons alone.</source>
        <translation>В узком окне видны только значки.</translation>
    </message>
    <message>
        <source>A choice holds at once and for you alone; where there is a centre it goes with you to other workplaces. What you have not chosen is as the administrator has set it.</source>
        <translation>Выбор действует сразу и только для вас; если есть центральная база, он идёт за вами на другие рабочие места. Чего вы не выбрали, то задано администратором.</translation>
    </message>
    <message>
        <source>All as they were made</source>
        <translation>Все как были сначала</translation>
    </message>
    <message>
        <source>Columns of tables</source>
        <translation>Столбцы таблиц</translation>
    </message>
    <message>
        <source>In a list or a report draw the edge of a head, or press Menu or Shift+F10 and the arrows.</source>
        <translation>В списке или отчёте потяните край заголовка или нажмите Menu либо Shift+F10, затем стрелки.</translation>
    </message>
    <message>
        <source>Start again now</source>
        <translation>Перезапустить сейчас</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>do not</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Уведомление</translation>
    </message>
    <message>
        <source>As the author and the body will be told</source>
        <translation>Так об этом узнают автор и орган</translation>
    </message>
</context>
<context>
    <name>ParagraphPanel</name>
    <message>
        <source>Regulation</source>
        <translation>Регламент</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>paragraphs beside</source>
        <translation>соседние пункты</translation>
    </message>
</context>
<context>
    <name>PersonGuess</name>
    <message>
        <source>guess</source>
        <translation>предположение</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выбрать</translation>
    </message>
</context>
<context>
    <name>PersonPanel</name>
    <message>
        <source>Name or telephone of a record</source>
        <translation>Имя или телефон из записей</translation>
    </message>
    <message>
        <source>Who is calling?</source>
        <translation>Кто звонит?</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>People behind the number</source>
        <translation>Кто за этим номером</translation>
    </message>
</context>
<context>
    <name>PhoneCheckPage</name>
    <message>
        <source>Diagnostics</source>
        <translation>Диагностика</translation>
    </message>
    <message>
        <source>Check before the shift</source>
        <translation>Проверка перед сменой</translation>
    </message>
    <message>
        <source>Start the check</source>
        <translation>Начать проверку</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Register again</source>
        <translation>Зарегистрировать заново</translation>
    </message>
    <message>
        <source>The phone calls itself through the telephone system, listens to its own echo, to your microphone and to the ring tone. It takes about 15 seconds; a call that comes in meanwhile ends the check and rings as usual.</source>
        <translation>Телефон позвонит сам себе через станцию, послушает своё эхо и ваш микрофон, затем прозвучит сигнал вызова. Это займёт около 15 секунд. Поступивший вызов прервёт проверку и зазвонит как обычно.</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>Attach photos</source>
        <translation>Приложить фото</translation>
    </message>
    <message>
        <source>No photos</source>
        <translation>Фото нет</translation>
    </message>
    <message>
        <source>Alt+F goes there, Enter opens, Delete takes away</source>
        <translation>Alt+F — к фото, Enter открывает, Delete убирает</translation>
    </message>
    <message>
        <source>Alt+F goes there, Enter opens</source>
        <translation>Alt+F — к фото, Enter открывает</translation>
    </message>
    <message>
        <source>up to four: JPEG, PNG, TIFF</source>
        <translation>до четырёх: JPEG, PNG, TIFF</translation>
    </message>
</context>
<context>
    <name>PhotoViewer</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>Что показано</translation>
    </message>
    <message>
        <source>As published</source>
        <translation>Как публикуется</translation>
    </message>
    <message>
        <source>As sent</source>
        <translation>Как прислано</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>Повернуть</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Пробел</translation>
    </message>
    <message>
        <source>the other one</source>
        <translation>сменить</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>масштаб</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>целиком</translation>
    </message>
    <message>
        <source>move</source>
        <translation>сдвинуть</translation>
    </message>
    <message>
        <source>other photos</source>
        <translation>другие фото</translation>
    </message>
    <message>
        <source>every pixel</source>
        <translation>точка в точку</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Фото</translation>
    </message>
</context>
<context>
    <name>PhraseList</name>
    <message>
        <source>Enter inserts, Esc closes; a short word and Ctrl+Space does it at once</source>
        <translation>Enter вставляет, Esc закрывает; слово и Ctrl+пробел — сразу</translation>
    </message>
    <message>
        <source>Find a text</source>
        <translation>Найти текст</translation>
    </message>
    <message>
        <source>No such text</source>
        <translation>Такого текста нет</translation>
    </message>
</context>
<context>
    <name>PlannedCallsPage</name>
    <message>
        <source>Promised calls</source>
        <translation>Обещанные звонки</translation>
    </message>
    <message>
        <source>Nobody is promised a call. Ins plans one.</source>
        <translation>Обещанных звонков нет. Запланировать — Ins.</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>those without an e-mail</source>
        <translation>кто без почты</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>Поговорили</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Не дозвонились</translation>
    </message>
    <message>
        <source>Not needed</source>
        <translation>Не нужно</translation>
    </message>
    <message>
        <source>Telephone to call</source>
        <translation>Телефон, по которому позвонить</translation>
    </message>
    <message>
        <source>today 14:30, tomorrow 9:00, 27.11 16:00</source>
        <translation>сегодня 14:30, завтра 9:00, через час, 27.11 16:00</translation>
    </message>
    <message>
        <source>When to call</source>
        <translation>Когда позвонить</translation>
    </message>
    <message>
        <source>What was promised</source>
        <translation>Что обещано</translation>
    </message>
    <message>
        <source>Whose call it is</source>
        <translation>Чей это звонок</translation>
    </message>
    <message>
        <source>Anybody&apos;s</source>
        <translation>Любого оператора</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мой</translation>
    </message>
    <message>
        <source>Plan the call</source>
        <translation>Запланировать</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Promise a call</source>
        <translation>Запланировать звонок</translation>
    </message>
    <message>
        <source>What about</source>
        <translation>О чём</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Чей</translation>
    </message>
</context>
<context>
    <name>PromiseBlock</name>
    <message>
        <source>Say before the end</source>
        <translation>Скажите перед завершением</translation>
    </message>
</context>
<context>
    <name>ProposalsView</name>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Предложения</translation>
    </message>
    <message>
        <source>New proposal</source>
        <translation>Новое предложение</translation>
    </message>
    <message>
        <source>Write down</source>
        <translation>Записать</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>to the entries</source>
        <translation>к записям</translation>
    </message>
    <message>
        <source>Leave empty for a new one</source>
        <translation>Для новой темы оставьте пустым</translation>
    </message>
    <message>
        <source>Start typing the title</source>
        <translation>Начните печатать название</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Under review</source>
        <translation>На проверке</translation>
    </message>
    <message>
        <source>Decide until</source>
        <translation>Решить до</translation>
    </message>
    <message>
        <source>Number, received</source>
        <translation>Номер, поступило</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Место</translation>
    </message>
    <message>
        <source>Who has it</source>
        <translation>У кого</translation>
    </message>
    <message>
        <source>Messages to be checked</source>
        <translation>Сообщения на проверке</translation>
    </message>
    <message>
        <source>Give back to the queue</source>
        <translation>Вернуть в очередь</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>to the calls</source>
        <translation>к вызовам</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выбрать</translation>
    </message>
    <message>
        <source>Without a call</source>
        <translation>Без вызова</translation>
    </message>
    <message>
        <source>Write down a message that was brought or written</source>
        <translation>Записать сообщение, которое принесли или написали</translation>
    </message>
</context>
<context>
    <name>Record</name>
    <message>
        <source>Formal appeal under 59-FZ</source>
        <translation>Обращение по 59-ФЗ</translation>
    </message>
    <message numerus="yes">
        <source>%n more attempt(s) to get through, the last at %1</source>
        <translation>
            <numerusform>Ещё %n попытка дозвониться, последняя в %1</numerusform>
            <numerusform>Ещё %n попытки дозвониться, последняя в %1</numerusform>
            <numerusform>Ещё %n попыток дозвониться, последняя в %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Called back about message № %1</source>
        <translation>Перезвонили по сообщению № %1</translation>
    </message>
    <message>
        <source>About message № %1</source>
        <translation>О сообщении № %1</translation>
    </message>
    <message>
        <source>Promised call</source>
        <translation>Обещанный звонок</translation>
    </message>
    <message>
        <source>Phone: %1.</source>
        <translation>Телефон: %1.</translation>
    </message>
    <message>
        <source>ext. %1</source>
        <translation>доб. %1</translation>
    </message>
    <message>
        <source>Address: %1.</source>
        <translation>Адрес: %1.</translation>
    </message>
    <message>
        <source>Room %1.</source>
        <translation>Кабинет %1.</translation>
    </message>
    <message>
        <source>Receives visitors: %1.</source>
        <translation>Приём: %1.</translation>
    </message>
    <message>
        <source>Documents: %1</source>
        <translation>Документы: %1</translation>
    </message>
    <message>
        <source>Term: %1</source>
        <translation>Срок: %1</translation>
    </message>
    <message>
        <source>Fee: %1</source>
        <translation>Плата: %1</translation>
    </message>
    <message>
        <source>E-mail: %1</source>
        <translation>Почта: %1</translation>
    </message>
    <message>
        <source>Answered within %1.</source>
        <translation>Срок ответа — %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n working day(s)</source>
        <translation>
            <numerusform>%n рабочий день</numerusform>
            <numerusform>%n рабочих дня</numerusform>
            <numerusform>%n рабочих дней</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n calendar day(s)</source>
        <translation>
            <numerusform>%n календарный день</numerusform>
            <numerusform>%n календарных дня</numerusform>
            <numerusform>%n календарных дней</numerusform>
        </translation>
    </message>
    <message>
        <source>The form was emptied</source>
        <translation>Форма очищена</translation>
    </message>
</context>
<context>
    <name>ReferencesField</name>
    <message>
        <source>Start typing a title to add it</source>
        <translation>Начните печатать название, чтобы добавить</translation>
    </message>
    <message>
        <source>Take out: %1</source>
        <translation>Убрать: %1</translation>
    </message>
</context>
<context>
    <name>RefusePane</name>
    <message>
        <source>What the author is to correct</source>
        <translation>Что исправить автору</translation>
    </message>
    <message>
        <source>What to correct</source>
        <translation>Что исправить</translation>
    </message>
    <message>
        <source>Earlier message (par. 6.3-8, 6.4)</source>
        <translation>Прежнее сообщение (п.&#xa0;6.3-8, 6.4)</translation>
    </message>
    <message>
        <source>Registration number</source>
        <translation>Регистрационный номер</translation>
    </message>
    <message>
        <source>Refuse registration</source>
        <translation>Отказать в регистрации</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Отказать</translation>
    </message>
</context>
<context>
    <name>RegisterPane</name>
    <message>
        <source>Register and send</source>
        <translation>Зарегистрировать и направить</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Зарегистрировать</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Operators</source>
        <translation>Операторы</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>День</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Неделя</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Месяц</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Вызовы</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Another body</source>
        <translation>Другой орган</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Показатели</translation>
    </message>
    <message>
        <source>messages behind the number</source>
        <translation>сообщения за числом</translation>
    </message>
    <message>
        <source>to the report</source>
        <translation>к отчёту</translation>
    </message>
    <message>
        <source>Propose a category</source>
        <translation>Предложить категорию</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>Категории</translation>
    </message>
    <message>
        <source>history of the message</source>
        <translation>история сообщения</translation>
    </message>
    <message>
        <source>All workplaces</source>
        <translation>Все места</translation>
    </message>
    <message>
        <source>Earlier period</source>
        <translation>Предыдущий период</translation>
    </message>
    <message>
        <source>Later period</source>
        <translation>Следующий период</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review of a message</source>
        <translation>Проверка сообщения</translation>
    </message>
    <message>
        <source>Section 6 of the regulation</source>
        <translation>Раздел 6 регламента</translation>
    </message>
</context>
<context>
    <name>RightHandles</name>
    <message>
        <source>Directory</source>
        <translation>Справочник</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Сценарий</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверка</translation>
    </message>
</context>
<context>
    <name>RingToast</name>
    <message>
        <source>To the window</source>
        <translation>К окну</translation>
    </message>
    <message>
        <source>Take the call</source>
        <translation>Ответить</translation>
    </message>
</context>
<context>
    <name>ScoreView</name>
    <message>
        <source>To the lessons</source>
        <translation>К урокам</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>Пройти ещё раз</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Разбор</translation>
    </message>
</context>
<context>
    <name>ScriptBlock</name>
    <message>
        <source>done</source>
        <translation>готово</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>all steps</source>
        <translation>все шаги</translation>
    </message>
    <message>
        <source>fold</source>
        <translation>свернуть</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Phone&apos;s account</source>
        <translation>Учётная запись телефона</translation>
    </message>
    <message>
        <source>telephone system, number, password</source>
        <translation>станция, номер, пароль</translation>
    </message>
    <message>
        <source>Sound devices</source>
        <translation>Звуковые устройства</translation>
    </message>
    <message>
        <source>microphone, headset, ringer</source>
        <translation>микрофон, гарнитура, динамик вызова</translation>
    </message>
    <message>
        <source>City&apos;s database</source>
        <translation>База данных города</translation>
    </message>
    <message>
        <source>server, login, certificate</source>
        <translation>сервер, логин, сертификат</translation>
    </message>
    <message>
        <source>Where this workplace&apos;s phone registers. The trial registers for a moment and changes nothing; without a telephone system only direct calls are possible.</source>
        <translation>Где регистрируется телефон этого рабочего места. Проверка регистрирует его на мгновение и ничего не меняет; без станции возможны только прямые вызовы.</translation>
    </message>
    <message>
        <source>Telephone system</source>
        <translation>Станция</translation>
    </message>
    <message>
        <source>address or name, such as pbx.example</source>
        <translation>адрес или имя, например pbx.example</translation>
    </message>
    <message>
        <source>Number (user)</source>
        <translation>Номер (логин)</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Транспорт</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>as usual: 5060, with TLS 5061</source>
        <translation>обычно 5060, с TLS 5061</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Сертификаты</translation>
    </message>
    <message>
        <source>those that the system trusts</source>
        <translation>те, которым доверяет система</translation>
    </message>
    <message>
        <source>Login, if another</source>
        <translation>Логин, если другой</translation>
    </message>
    <message>
        <source>the same as the number</source>
        <translation>тот же, что и номер</translation>
    </message>
    <message>
        <source>Shown name</source>
        <translation>Имя на экране станции</translation>
    </message>
    <message>
        <source>Where records of all workplaces come together. The trial connects, looks and changes nothing. Without it everything stays on this computer.</source>
        <translation>Где собираются записи всех рабочих мест. Проверка подключается, смотрит и ничего не меняет. Без базы всё остаётся на этом компьютере.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Подключение</translation>
    </message>
    <message>
        <source>file of the server&apos;s authority (PEM)</source>
        <translation>файл удостоверяющего центра сервера (PEM)</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Colours, size of the text, language, when the card is shown, and the columns: each has her own.</source>
        <translation>Цвета, размер текста, язык, когда открывать карточку и столбцы: у каждого работника свои.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Each key of the desk can be given another chord: each has her own.</source>
        <translation>Любой клавише рабочего места можно дать другое сочетание: у каждого работника свои.</translation>
    </message>
    <message>
        <source>colours, text, language, columns</source>
        <translation>цвета, текст, язык, столбцы</translation>
    </message>
    <message>
        <source>chords of one&apos;s own</source>
        <translation>свои сочетания</translation>
    </message>
    <message>
        <source>Buttons and keys</source>
        <translation>Кнопки и клавиши</translation>
    </message>
    <message>
        <source>headset, other programs</source>
        <translation>гарнитура, другие программы</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Включены</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Выключены</translation>
    </message>
    <message>
        <source>A USB headset answers, ends and mutes by its own buttons; the trial names the one that you press. Keys outside of the window do so while another program is in front: no other program gets those three any more.</source>
        <translation>Гарнитура USB отвечает, завершает и выключает микрофон своими кнопками; проверка назовёт нажатую. Клавиши вне окна делают это, пока впереди другая программа: этих трёх сочетаний не получит больше ни одна другая.</translation>
    </message>
    <message>
        <source>Headset&apos;s buttons</source>
        <translation>Кнопки гарнитуры</translation>
    </message>
    <message>
        <source>Keys outside of the window</source>
        <translation>Клавиши вне окна</translation>
    </message>
    <message>
        <source>Operator&apos;s state is told</source>
        <translation>Состояние оператора</translation>
    </message>
    <message>
        <source>by codes, where there are any</source>
        <translation>кодами, если они заданы</translation>
    </message>
    <message>
        <source>by SIP presence</source>
        <translation>по SIP presence</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>to the page</source>
        <translation>к разделу</translation>
    </message>
</context>
<context>
    <name>ShownRecordPage</name>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>message of this call</source>
        <translation>сообщение этого вызова</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Settings of this workplace</source>
        <translation>Настройки рабочего места</translation>
    </message>
    <message>
        <source>Full name, as in the reports</source>
        <translation>Фамилия, имя, отчество — как в отчётах</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Логин</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>Пароль ещё раз</translation>
    </message>
    <message>
        <source>Single Number</source>
        <translation>Единый номер</translation>
    </message>
    <message>
        <source>Another operator</source>
        <translation>Другой оператор</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Senior operator</source>
        <translation>Старший оператор</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Оператор</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Новый пароль</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Сменить пароль</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Training mode</source>
        <translation>Учебный режим</translation>
    </message>
</context>
<context>
    <name>SimilarList</name>
    <message>
        <source>Similar earlier messages</source>
        <translation>Похожие прежние сообщения</translation>
    </message>
</context>
<context>
    <name>SpellingMenu</name>
    <message>
        <source>Looking for similar words…</source>
        <translation>Ищу похожие слова…</translation>
    </message>
    <message>
        <source>Add to the dictionary: {word}</source>
        <translation>Добавить в словарь: {word}</translation>
    </message>
    <message>
        <source>No similar word</source>
        <translation>Похожих слов нет</translation>
    </message>
    <message>
        <source>Next misspelled word</source>
        <translation>Следующее слово с ошибкой</translation>
    </message>
</context>
<context>
    <name>StaleView</name>
    <message>
        <source>Entries out of date</source>
        <translation>Устаревшие записи</translation>
    </message>
    <message>
        <source>Every entry was checked in time</source>
        <translation>Все записи проверены вовремя</translation>
    </message>
    <message>
        <source>Nobody has checked these for longer than their kind may go</source>
        <translation>Эти записи не проверяли дольше, чем положено для их вида</translation>
    </message>
    <message>
        <source>Save as XLSX</source>
        <translation>Сохранить в XLSX</translation>
    </message>
    <message>
        <source>Checked today</source>
        <translation>Проверено сегодня</translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation>Устарели</translation>
    </message>
    <message>
        <source>open the entry</source>
        <translation>открыть запись</translation>
    </message>
    <message>
        <source>to the entries</source>
        <translation>к записям</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Single Number</source>
        <translation>Единый номер</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Запускаемся…</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Закрыть программу</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>directory</source>
        <translation>справочник</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>отчёты</translation>
    </message>
    <message>
        <source>lock</source>
        <translation>заблокировать</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>клавиши</translation>
    </message>
</context>
<context>
    <name>SynonymsView</name>
    <message>
        <source>In force</source>
        <translation>Действуют</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Предложены</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыты</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Действует</translation>
    </message>
    <message>
        <source>→ one way</source>
        <translation>→ в одну сторону</translation>
    </message>
    <message>
        <source>↔ both ways</source>
        <translation>↔ в обе стороны</translation>
    </message>
    <message>
        <source>People say</source>
        <translation>Говорят</translation>
    </message>
    <message>
        <source>It means</source>
        <translation>Значит</translation>
    </message>
    <message>
        <source>New pair</source>
        <translation>Новая пара</translation>
    </message>
    <message>
        <source>Find a word</source>
        <translation>Найти слово</translation>
    </message>
    <message>
        <source>Which pairs</source>
        <translation>Какие пары</translation>
    </message>
    <message>
        <source>Synonyms</source>
        <translation>Синонимы</translation>
    </message>
    <message>
        <source>Close the pair</source>
        <translation>Закрыть пару</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>to the entries</source>
        <translation>к записям</translation>
    </message>
    <message>
        <source>Nothing to suggest: what was searched for is found</source>
        <translation>Предложить нечего: всё, что искали, находится</translation>
    </message>
    <message>
        <source>No such pairs</source>
        <translation>Таких пар нет</translation>
    </message>
    <message>
        <source>Do not suggest</source>
        <translation>Не предлагать</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>TopicRouteView</name>
    <message>
        <source>Answers</source>
        <translation>Отвечает</translation>
    </message>
    <message>
        <source>Take part</source>
        <translation>Участвуют</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Answer term</source>
        <translation>Срок ответа</translation>
    </message>
    <message>
        <source>What to check</source>
        <translation>Что проверить</translation>
    </message>
</context>
<context>
    <name>TrainingBand</name>
    <message>
        <source>Training mode</source>
        <translation>Учебный режим</translation>
    </message>
    <message>
        <source>callers, city and records are made up; nothing leaves this window</source>
        <translation>абоненты, город и записи выдуманы; отсюда ничего не уходит</translation>
    </message>
</context>
<context>
    <name>TrainingOfferPage</name>
    <message>
        <source>Training</source>
        <translation>Учебный режим</translation>
    </message>
    <message>
        <source>A second phone on this computer rings like a citizen, speaks Russian and waits for your answer. You talk, search, write and save as in a real call.</source>
        <translation>Второй телефон на этом компьютере звонит, как настоящий абонент: говорит по-русски и ждёт вашего ответа. Вы разговариваете, ищете, записываете и сохраняете, как в настоящем вызове.</translation>
    </message>
    <message>
        <source>Training has a window, a register and a directory of its own: its calls never come into the real register, the reports, the centre or anybody&apos;s mail.</source>
        <translation>У учебного режима своё окно, свой реестр и свой справочник: учебные вызовы никогда не попадут в настоящий реестр, в отчёты, в центральную базу и никому не уйдут по почте.</translation>
    </message>
    <message>
        <source>Real calls go on ringing in this window. If you do not want them meanwhile, press F9 and choose why.</source>
        <translation>Настоящие вызовы по-прежнему звонят в этом окне. Если они сейчас не нужны, нажмите F9 и выберите причину.</translation>
    </message>
    <message>
        <source>Open the training mode</source>
        <translation>Открыть учебный режим</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
</context>
<context>
    <name>UnansweredView</name>
    <message>
        <source>What comes first</source>
        <translation>Что сначала</translation>
    </message>
    <message>
        <source>Often asked first</source>
        <translation>Сначала частые</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Сначала новые</translation>
    </message>
    <message>
        <source>Searches in vain</source>
        <translation>Что искали и не нашли</translation>
    </message>
    <message>
        <source>Nothing was looked for in vain, or everything is dealt with</source>
        <translation>Всё, что искали, нашлось или уже разобрано</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Не нашли</translation>
    </message>
    <message>
        <source>Entry wanted</source>
        <translation>Нужная запись</translation>
    </message>
    <message>
        <source>Entries found</source>
        <translation>Найденные записи</translation>
    </message>
    <message>
        <source>Nothing is found by these words: write others</source>
        <translation>По этим словам ничего не находится: напишите другие</translation>
    </message>
    <message>
        <source>Dealt with</source>
        <translation>Разобрано</translation>
    </message>
    <message>
        <source>New question</source>
        <translation>Новый вопрос</translation>
    </message>
    <message>
        <source>Synonym</source>
        <translation>Синоним</translation>
    </message>
    <message>
        <source>Add the words</source>
        <translation>Добавить слова</translation>
    </message>
    <message>
        <source>to the entries</source>
        <translation>к записям</translation>
    </message>
    <message>
        <source>Choose a search</source>
        <translation>Выберите запрос</translation>
    </message>
</context>
<context>
    <name>UndoStrip</name>
    <message>
        <source>Take it back</source>
        <translation>Вернуть как было</translation>
    </message>
</context>
<context>
    <name>UsedEntries</name>
    <message>
        <source>Nothing inserted yet: Alt and a digit insert a hit, F5 searches</source>
        <translation>Пока ничего не вставлено: Alt и цифра вставят найденное, F5 ищет</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n сообщение</numerusform>
            <numerusform>%n сообщения</numerusform>
            <numerusform>%n сообщений</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaySection</name>
    <message>
        <source>Open the page</source>
        <translation>Открыть</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Content of the call</source>
        <translation>Содержание телефонного вызова</translation>
    </message>
    <message>
        <source>answer, also from another program where allowed</source>
        <translation>ответить; и из другой программы</translation>
    </message>
    <message>
        <source>microphone off and on, also from another program where allowed</source>
        <translation>микрофон; и из другой программы</translation>
    </message>
    <message>
        <source>hang up or reject, also from another program where allowed</source>
        <translation>завершить или отклонить; и из другой программы</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>настройки</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Что это</translation>
    </message>
    <message>
        <source>Dialled line</source>
        <translation>Набранная линия</translation>
    </message>
    <message>
        <source>Came at</source>
        <translation>Поступила</translation>
    </message>
    <message>
        <source>Answered at</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Ended at</source>
        <translation>Конец разговора</translation>
    </message>
    <message>
        <source>Saved at</source>
        <translation>Сохранена</translation>
    </message>
    <message>
        <source>Each record</source>
        <translation>Каждая запись</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Входящий вызов</translation>
    </message>
    <message>
        <source>closed</source>
        <comment>a message</comment>
        <translation>закрыто</translation>
    </message>
    <message>
        <source>try what is set on the page</source>
        <translation>проверить настройки раздела</translation>
    </message>
    <message>
        <source>Saved, and holds from now on</source>
        <translation>Сохранено и уже действует</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Сохранено</translation>
    </message>
    <message>
        <source>The phone registers with it as soon as the line is free; watch its state.</source>
        <translation>Телефон зарегистрируется с ней, как только линия свободна; следите за его состоянием.</translation>
    </message>
    <message>
        <source>Saved: the phone works without a telephone system</source>
        <translation>Сохранено: телефон работает без станции</translation>
    </message>
    <message>
        <source>Saved: the phone uses these devices from now on</source>
        <translation>Сохранено: телефон уже работает с этими устройствами</translation>
    </message>
    <message>
        <source>Saved; it holds after the next start</source>
        <translation>Сохранено; начнёт действовать после перезапуска</translation>
    </message>
    <message>
        <source>Not saved: the disk takes no file. What you have typed stands here still.</source>
        <translation>Не сохранено: диск не принимает файл. Введённое осталось на странице.</translation>
    </message>
    <message>
        <source>What was chosen in the window before cannot be read (%1) and does not hold. The next saving puts that file aside.</source>
        <translation>Прежние настройки окна не читаются (%1) и не действуют. При сохранении тот файл будет отложен в сторону.</translation>
    </message>
    <message>
        <source>A senior operator or an administrator may change this</source>
        <translation>Это может менять старший оператор или администратор</translation>
    </message>
    <message>
        <source>Correct the marked fields</source>
        <translation>Исправьте отмеченные поля</translation>
    </message>
    <message>
        <source>set by the administrator</source>
        <translation>задано администратором</translation>
    </message>
    <message>
        <source>kept; type to change it</source>
        <translation>сохранён; введите новый, чтобы сменить</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>A call is there: try when the line is free</source>
        <translation>Идёт вызов: проверьте, когда линия свободна</translation>
    </message>
    <message>
        <source>The trial itself broke down: repeat it</source>
        <translation>Проверка прервалась: повторите её</translation>
    </message>
    <message>
        <source>Enter the telephone system&apos;s address</source>
        <translation>Укажите адрес станции</translation>
    </message>
    <message>
        <source>There is no account to try</source>
        <translation>Учётной записи нет, проверять нечего</translation>
    </message>
    <message>
        <source>Enter the phone&apos;s number or user name</source>
        <translation>Укажите номер или логин телефона</translation>
    </message>
    <message>
        <source>Enter the password of this number</source>
        <translation>Укажите пароль этого номера</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535</source>
        <translation>Порт — число от 1 до 65535</translation>
    </message>
    <message>
        <source>Neither spaces nor the signs &lt; &gt; &quot; @ ; , fit here</source>
        <translation>Без пробелов и знаков &lt; &gt; &quot; @ ; ,</translation>
    </message>
    <message>
        <source>No file with certificates (PEM) is there</source>
        <translation>Файла с сертификатами (PEM) здесь нет</translation>
    </message>
    <message>
        <source>The telephone system lets this account in</source>
        <translation>Станция принимает эту учётную запись</translation>
    </message>
    <message>
        <source>The number or its password is wrong (%1)</source>
        <translation>Неверен номер или пароль (%1)</translation>
    </message>
    <message>
        <source>Type the password once more; the layout and Caps Lock matter.</source>
        <translation>Введите пароль ещё раз: важны раскладка и Caps Lock.</translation>
    </message>
    <message>
        <source>The telephone system has no such number (404)</source>
        <translation>Такого номера на станции нет (404)</translation>
    </message>
    <message>
        <source>There is no free port for the trial</source>
        <translation>Нет свободного порта для проверки</translation>
    </message>
    <message>
        <source>Repeat in a minute.</source>
        <translation>Повторите через минуту.</translation>
    </message>
    <message>
        <source>Look for a slip in the address; this computer&apos;s DNS must know it.</source>
        <translation>Проверьте, нет ли описки в адресе; его должен знать DNS этого компьютера.</translation>
    </message>
    <message>
        <source>Look at address, port and transport: nothing listens there.</source>
        <translation>Проверьте адрес, порт и транспорт: там никто не принимает подключений.</translation>
    </message>
    <message>
        <source>Look at address, port and transport, and whether a firewall is between.</source>
        <translation>Проверьте адрес, порт и транспорт и не мешает ли межсетевой экран.</translation>
    </message>
    <message>
        <source>Name the file with the certificate of its authority, and the server by the name that stands in its certificate.</source>
        <translation>Укажите файл сертификата удостоверяющего центра, а станцию — тем именем, что стоит в её сертификате.</translation>
    </message>
    <message>
        <source>Perhaps this port does not take TLS: it usually is 5061.</source>
        <translation>Возможно, этот порт не для TLS: обычно это 5061.</translation>
    </message>
    <message>
        <source>as the system chooses</source>
        <translation>как выберет система</translation>
    </message>
    <message>
        <source>%1 – not plugged in</source>
        <translation>%1 — не подключено</translation>
    </message>
    <message>
        <source>The administrator&apos;s file takes sound from elsewhere than this computer&apos;s devices.</source>
        <translation>По файлу администратора звук берётся не с устройств этого компьютера.</translation>
    </message>
    <message>
        <source>Speak now, for example: one, two, three…</source>
        <translation>Говорите, например: раз, два, три…</translation>
    </message>
    <message>
        <source>It rings in the headset now: listen</source>
        <translation>Сейчас звонит в гарнитуре: послушайте</translation>
    </message>
    <message>
        <source>It rang in the headset</source>
        <translation>В гарнитуре прозвучал звонок</translation>
    </message>
    <message>
        <source>Not heard? Turn up its volume, or choose another device.</source>
        <translation>Не слышно? Прибавьте громкость или выберите другое устройство.</translation>
    </message>
    <message>
        <source>There is nothing to hear with</source>
        <translation>Слушать не на чем</translation>
    </message>
    <message>
        <source>Plug in the headset and try again.</source>
        <translation>Подключите гарнитуру и повторите.</translation>
    </message>
    <message>
        <source>level %1 dB</source>
        <translation>уровень %1 дБ</translation>
    </message>
    <message>
        <source>Enter how the database is reached</source>
        <translation>Укажите, как подключаться к базе данных</translation>
    </message>
    <message>
        <source>There is no database to try</source>
        <translation>База данных не указана, проверять нечего</translation>
    </message>
    <message>
        <source>The city&apos;s database lets this workplace in</source>
        <translation>База данных города принимает это рабочее место</translation>
    </message>
    <message>
        <source>This connection string cannot be read</source>
        <translation>Строку подключения не разобрать</translation>
    </message>
    <message>
        <source>It looks like host=… dbname=… user=… or postgresql://…</source>
        <translation>Она выглядит так: host=… dbname=… user=… или postgresql://…</translation>
    </message>
    <message>
        <source>The name of the server is not found</source>
        <translation>Имя сервера не найдено</translation>
    </message>
    <message>
        <source>Look for a slip in host; this computer&apos;s DNS must know it.</source>
        <translation>Проверьте, нет ли описки в host; его должен знать DNS этого компьютера.</translation>
    </message>
    <message>
        <source>No database listens at this address</source>
        <translation>По этому адресу база данных не отвечает</translation>
    </message>
    <message>
        <source>Look at host and port; the server may be switched off.</source>
        <translation>Проверьте host и port; возможно, сервер выключен.</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Сервер не отвечает</translation>
    </message>
    <message>
        <source>Look at host and port, and whether a firewall is between.</source>
        <translation>Проверьте host и port и не мешает ли межсетевой экран.</translation>
    </message>
    <message>
        <source>What answers there is no PostgreSQL</source>
        <translation>Там отвечает не PostgreSQL</translation>
    </message>
    <message>
        <source>Look at host and port.</source>
        <translation>Проверьте host и port.</translation>
    </message>
    <message>
        <source>The server does not encrypt</source>
        <translation>Сервер не шифрует подключение</translation>
    </message>
    <message>
        <source>Personal data would go in the open: switch TLS on at the server.</source>
        <translation>Персональные данные шли бы открыто: включите TLS на сервере.</translation>
    </message>
    <message>
        <source>Name the file with the certificate of the server&apos;s authority.</source>
        <translation>Укажите файл сертификата удостоверяющего центра сервера.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted</source>
        <translation>Сертификату сервера нет доверия</translation>
    </message>
    <message>
        <source>The file belongs to another authority, or the term has run out.</source>
        <translation>Файл другого удостоверяющего центра, или срок сертификата истёк.</translation>
    </message>
    <message>
        <source>The certificate is another server&apos;s</source>
        <translation>Сертификат выдан другому серверу</translation>
    </message>
    <message>
        <source>Name the server in host as it stands in its certificate.</source>
        <translation>Укажите в host имя сервера так, как оно стоит в сертификате.</translation>
    </message>
    <message>
        <source>The login or its password is wrong</source>
        <translation>Неверен логин или пароль</translation>
    </message>
    <message>
        <source>A workplace has its own: central enrol-workplace gives both.</source>
        <translation>У рабочего места они свои: их выдаёт central enrol-workplace.</translation>
    </message>
    <message>
        <source>The server has no database of this name</source>
        <translation>На сервере нет базы с таким именем</translation>
    </message>
    <message>
        <source>Look at dbname.</source>
        <translation>Проверьте dbname.</translation>
    </message>
    <message>
        <source>The database has no tables yet</source>
        <translation>В базе ещё нет таблиц</translation>
    </message>
    <message>
        <source>Its administrator runs central init.</source>
        <translation>Её администратор выполняет central init.</translation>
    </message>
    <message>
        <source>The database is older than this program</source>
        <translation>База старее этой программы</translation>
    </message>
    <message>
        <source>This login may not write here</source>
        <translation>Этому логину нельзя сюда писать</translation>
    </message>
    <message>
        <source>The login is another workplace&apos;s</source>
        <translation>Это логин другого рабочего места</translation>
    </message>
    <message>
        <source>Each workplace has a login and a code of its own.</source>
        <translation>У каждого рабочего места свой логин и свой код.</translation>
    </message>
    <message>
        <source>The server takes no records now</source>
        <translation>Сервер сейчас не принимает записей</translation>
    </message>
    <message>
        <source>It is a standby: name the main server.</source>
        <translation>Это резервный сервер: укажите основной.</translation>
    </message>
    <message>
        <source>The server does not let this login in</source>
        <translation>Сервер не пускает этот логин</translation>
    </message>
    <message>
        <source>Its administrator looks at pg_hba.conf and at the server&apos;s log.</source>
        <translation>Его администратор смотрит pg_hba.conf и журнал сервера.</translation>
    </message>
    <message>
        <source>Enter the phone&apos;s account</source>
        <translation>Указать учётную запись</translation>
    </message>
    <message>
        <source>Choose sound devices</source>
        <translation>Выбрать устройства звука</translation>
    </message>
    <message>
        <source>The phone&apos;s account lacks number or password: a senior operator enters them in the settings.</source>
        <translation>У учётной записи телефона нет номера или пароля: их вводит старший оператор в настройках.</translation>
    </message>
    <message>
        <source>appearance: colours, text, language, columns</source>
        <translation>вид: цвета, размер текста, язык, столбцы</translation>
    </message>
    <message>
        <source>Your choice could not be kept</source>
        <translation>Ваш выбор не удалось сохранить</translation>
    </message>
    <message>
        <source>It holds until the program ends. Tell the administrator.</source>
        <translation>Он действует до закрытия программы. Сообщите администратору.</translation>
    </message>
    <message>
        <source>The text of this edition was not loaded at this workplace.</source>
        <translation>Текст этой редакции на этом рабочем месте не загружен.</translation>
    </message>
    <message>
        <source>edition of the regulation: %1</source>
        <translation>редакция регламента: %1</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>Сейчас: %1</translation>
    </message>
    <message>
        <source>By the script: %1</source>
        <translation>По сценарию: %1</translation>
    </message>
    <message>
        <source>The earliest stands first</source>
        <translation>Ближайший — первый</translation>
    </message>
    <message>
        <source>anybody&apos;s</source>
        <translation>любой</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>ваш</translation>
    </message>
    <message>
        <source>Promised by %1, %2</source>
        <translation>Обещано: %1, %2</translation>
    </message>
    <message>
        <source>Not reached so far: %1</source>
        <translation>не дозвонились: %1</translation>
    </message>
    <message>
        <source>The time of a promised call has come</source>
        <translation>Пришло время обещанного звонка</translation>
    </message>
    <message>
        <source>Shift+F11 shows whom to call.</source>
        <translation>Кому звонить — Shift+F11.</translation>
    </message>
    <message>
        <source>The call is planned: %1</source>
        <translation>Звонок запланирован: %1</translation>
    </message>
    <message>
        <source>Noted: talked</source>
        <translation>Отмечено: поговорили</translation>
    </message>
    <message>
        <source>Noted: not reached, again in half an hour</source>
        <translation>Отмечено: не дозвонились, снова через полчаса</translation>
    </message>
    <message>
        <source>Noted: need not be called</source>
        <translation>Отмечено: звонить не нужно</translation>
    </message>
    <message>
        <source>Write the telephone to call</source>
        <translation>Напишите телефон, по которому позвонить</translation>
    </message>
    <message>
        <source>This time is over already</source>
        <translation>Это время уже прошло</translation>
    </message>
    <message>
        <source>More than a year ahead: is the year right?</source>
        <translation>Больше чем через год: тот ли год?</translation>
    </message>
    <message>
        <source>Write a day and an hour: 27.11.2026 14:30, today 14:30, tomorrow 9:00</source>
        <translation>Напишите день и час: 27.11.2026 14:30, сегодня 14:30, завтра 9:00</translation>
    </message>
    <message>
        <source>queue %1</source>
        <translation>очередь «%1»</translation>
    </message>
    <message>
        <source>transferred by %1</source>
        <translation>передал %1</translation>
    </message>
    <message>
        <source>sent on from %1</source>
        <translation>переадресован с %1</translation>
    </message>
    <message>
        <source>Hand-over sheet</source>
        <translation>Лист передачи смены</translation>
    </message>
    <message>
        <source>What you leave behind. Add what the next shift has to know, and sign.</source>
        <translation>Что остаётся после вас. Добавьте, что нужно знать следующей смене, и подпишите.</translation>
    </message>
    <message>
        <source>The shift before you has left this. Read it and sign that you take it over.</source>
        <translation>Это оставила прошлая смена. Прочитайте и подпишите, что принимаете.</translation>
    </message>
    <message>
        <source>Signed. It waits for a colleague, who sees it at the next sign-in.</source>
        <translation>Подписано. Коллега увидит лист при следующем входе.</translation>
    </message>
    <message>
        <source>Signed by both.</source>
        <translation>Подписано обеими сторонами.</translation>
    </message>
    <message>
        <source>Shifts are handed over by those who take calls.</source>
        <translation>Смену передают те, кто принимает вызовы.</translation>
    </message>
    <message>
        <source>Missed, not dealt with</source>
        <translation>Пропущенные, не разобраны</translation>
    </message>
    <message>
        <source>To be called back</source>
        <translation>Нужно перезвонить</translation>
    </message>
    <message>
        <source>Drafts of records</source>
        <translation>Черновики записей</translation>
    </message>
    <message>
        <source>Messages overdue</source>
        <translation>Сообщения с истёкшим сроком</translation>
    </message>
    <message>
        <source>Messages due today</source>
        <translation>Сообщения со сроком сегодня</translation>
    </message>
    <message>
        <source>Incidents that go on</source>
        <translation>Идущие инциденты</translation>
    </message>
    <message>
        <source>Not sent to the centre</source>
        <translation>Не отправлено в центр</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Записка</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>Рабочее место</translation>
    </message>
    <message>
        <source>not looked at</source>
        <translation>не проверено</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Подписи</translation>
    </message>
    <message>
        <source>Handed over: %1, %2</source>
        <translation>Сдано: %1, %2</translation>
    </message>
    <message>
        <source>Taken over: nobody yet</source>
        <translation>Принято: пока никем</translation>
    </message>
    <message>
        <source>Taken over: %1, %2</source>
        <translation>Принято: %1, %2</translation>
    </message>
    <message>
        <source>The sheet is signed</source>
        <translation>Лист подписан</translation>
    </message>
    <message>
        <source>Ctrl+L locks the desk; who signs in next sees the sheet.</source>
        <translation>Ctrl+L блокирует место; лист увидит тот, кто войдёт следующим.</translation>
    </message>
    <message>
        <source>You have taken the shift over</source>
        <translation>Вы приняли смену</translation>
    </message>
    <message>
        <source>A sheet of the last shift waits for you</source>
        <translation>Вас ждёт лист прошлой смены</translation>
    </message>
    <message>
        <source>Ctrl+H shows it.</source>
        <translation>Его покажет Ctrl+H.</translation>
    </message>
    <message>
        <source>Your role takes no calls: ask a senior operator.</source>
        <translation>Ваша роль не принимает вызовы: обратитесь к старшему.</translation>
    </message>
    <message>
        <source>This is your own sheet</source>
        <translation>Это ваш собственный лист</translation>
    </message>
    <message>
        <source>A colleague takes it over at the next sign-in.</source>
        <translation>Его примет коллега при следующем входе.</translation>
    </message>
    <message>
        <source>A colleague has signed it already</source>
        <translation>Коллега уже подписал лист</translation>
    </message>
    <message>
        <source>Ctrl+H shows how things stand now.</source>
        <translation>Ctrl+H покажет, как дела сейчас.</translation>
    </message>
    <message>
        <source>There is nothing to sign here</source>
        <translation>Подписывать здесь нечего</translation>
    </message>
    <message>
        <source>Ctrl+H once more begins a new sheet.</source>
        <translation>Ctrl+H ещё раз начнёт новый лист.</translation>
    </message>
    <message>
        <source>The note names a person: %1</source>
        <translation>В записке личные данные: %1</translation>
    </message>
    <message>
        <source>Name the record by its number instead; Ctrl+Enter once more signs as it is.</source>
        <translation>Назовите вместо этого номер записи; Ctrl+Enter ещё раз подпишет как есть.</translation>
    </message>
    <message>
        <source>The sheet could not be put together</source>
        <translation>Лист не составлен</translation>
    </message>
    <message>
        <source>The register does not answer: try again, or call the administrator.</source>
        <translation>Реестр не отвечает: повторите или сообщите администратору.</translation>
    </message>
    <message>
        <source>hand-over</source>
        <translation>передача_смены</translation>
    </message>
    <message>
        <source>Workplace %1. Numbers are those of the register.</source>
        <translation>Рабочее место %1. Номера — по реестру.</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Сторона</translation>
    </message>
    <message>
        <source>Who and when</source>
        <translation>Кто и когда</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Подпись</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Сдал</translation>
    </message>
    <message>
        <source>Taken over</source>
        <translation>Принял</translation>
    </message>
    <message>
        <source>No record is open</source>
        <translation>Нет открытой записи</translation>
    </message>
    <message>
        <source>It opens with a call; Ctrl+N opens one without, Enter a draft of the list.</source>
        <translation>Она открывается с вызовом; без вызова — Ctrl+N, черновик — Enter в списке.</translation>
    </message>
    <message>
        <source>The call has its message already</source>
        <translation>У вызова уже есть сообщение</translation>
    </message>
    <message>
        <source>F4 and its number show how it stands.</source>
        <translation>Что с ним, покажут F4 и его номер.</translation>
    </message>
    <message>
        <source>Your role may not do this</source>
        <translation>Вашей роли это не разрешено</translation>
    </message>
    <message>
        <source>A senior operator or the administrator can.</source>
        <translation>Обратитесь к старшему оператору или администратору.</translation>
    </message>
    <message>
        <source>Nothing rings</source>
        <translation>Никто не звонит</translation>
    </message>
    <message>
        <source>Shift+F4 dials a number of your own.</source>
        <translation>Позвонить самому: Shift+F4.</translation>
    </message>
    <message>
        <source>Nobody is on the line</source>
        <translation>На линии никого нет</translation>
    </message>
    <message>
        <source>This key works during a call.</source>
        <translation>Эта клавиша действует во время вызова.</translation>
    </message>
    <message>
        <source>There is no second call</source>
        <translation>Второго вызова нет</translation>
    </message>
    <message>
        <source>This key answers it, or goes over to it.</source>
        <translation>Эта клавиша отвечает на него или переходит к нему.</translation>
    </message>
    <message>
        <source>F7 and Enter: talk to a body first.</source>
        <translation>Чтобы сначала поговорить с органом, нажмите F7 и Enter.</translation>
    </message>
    <message>
        <source>You are in a call already</source>
        <translation>Вы уже говорите</translation>
    </message>
    <message>
        <source>No message is being written</source>
        <translation>Сообщение не составляется</translation>
    </message>
    <message>
        <source>Ctrl+3 makes one of the call.</source>
        <translation>Ctrl+3 составит его из вызова.</translation>
    </message>
    <message>
        <source>No message is shown</source>
        <translation>Сообщение не показано</translation>
    </message>
    <message>
        <source>F4 and its number show one.</source>
        <translation>Его покажут F4 и номер.</translation>
    </message>
    <message>
        <source>There are no remarks on a text here</source>
        <translation>Замечаний к тексту здесь нет</translation>
    </message>
    <message>
        <source>They stand beside a message that is being written.</source>
        <translation>Они стоят рядом с составляемым сообщением.</translation>
    </message>
    <message>
        <source>There is no known message to choose</source>
        <translation>Нет известных сообщений для выбора</translation>
    </message>
    <message>
        <source>Known ones stand beside a message being written.</source>
        <translation>Они стоят рядом с составляемым сообщением.</translation>
    </message>
    <message>
        <source>There is no line with the digit %1</source>
        <translation>Строки с цифрой %1 нет</translation>
    </message>
    <message>
        <source>F5 searches the directory.</source>
        <translation>Поиск в справочнике: F5.</translation>
    </message>
    <message>
        <source>There is no alarm</source>
        <translation>Тревоги нет</translation>
    </message>
    <message>
        <source>All lights at the foot of the window tell how it is.</source>
        <translation>Состояние показывают знаки внизу окна.</translation>
    </message>
    <message>
        <source>No document belongs to what is shown</source>
        <translation>К показанному нет документов</translation>
    </message>
    <message>
        <source>There is nothing to hold and nothing to make longer</source>
        <translation>Некого удерживать и нечего продлевать</translation>
    </message>
    <message>
        <source>F3 works during a call and in its wrap-up.</source>
        <translation>F3 действует в разговоре и во время оформления.</translation>
    </message>
    <message>
        <source>There is no record to save, and you take calls</source>
        <translation>Сохранять нечего, вы принимаете вызовы</translation>
    </message>
    <message>
        <source>F9: not ready, or a break.</source>
        <translation>F9: не готов или перерыв.</translation>
    </message>
    <message>
        <source>There is no script here</source>
        <translation>Сценария здесь нет</translation>
    </message>
    <message>
        <source>It stands beside the record of a call.</source>
        <translation>Он стоит рядом с карточкой вызова.</translation>
    </message>
    <message>
        <source>Nothing is ticked in the script yet</source>
        <translation>В сценарии ещё ничего не отмечено</translation>
    </message>
    <message>
        <source>Ctrl+7 ticks the step that comes next.</source>
        <translation>Ctrl+7 отметит следующий шаг.</translation>
    </message>
    <message>
        <source>The script is done</source>
        <translation>Сценарий пройден</translation>
    </message>
    <message>
        <source>Ctrl+6 takes the last tick back.</source>
        <translation>Ctrl+6 снимет последнюю отметку.</translation>
    </message>
    <message>
        <source>The caret is in no field</source>
        <translation>Курсор не стоит в поле</translation>
    </message>
    <message>
        <source>This key works where text is typed.</source>
        <translation>Эта клавиша действует там, где печатают текст.</translation>
    </message>
    <message>
        <source>There is no other incident</source>
        <translation>Другого инцидента нет</translation>
    </message>
    <message>
        <source>Ctrl+Shift+I shows the incidents there are.</source>
        <translation>Инциденты показывает Ctrl+Shift+I.</translation>
    </message>
    <message>
        <source>Report of operators</source>
        <translation>Отчёт об операторах</translation>
    </message>
    <message>
        <source>Of this workplace.</source>
        <translation>По этому рабочему месту.</translation>
    </message>
    <message>
        <source>Occupancy = (talk + wrap-up) ÷ (talk + wrap-up + ready). Talk is with what was held. What a program that ended by itself left open is not counted.</source>
        <translation>Занятость = (разговор + оформление) ÷ (разговор + оформление + готов). Разговор — с удержанием. Время, которое оставила незакрытым прервавшаяся программа, не считается.</translation>
    </message>
    <message>
        <source>Longest wait = the longest time from first ring to answer of the calls that the operator answered. Averages are made of sums.</source>
        <translation>Дольше всех ждали — самое долгое время от первого звонка до ответа среди вызовов, на которые оператор ответил. Средние — из сумм.</translation>
    </message>
    <message>
        <source>operators</source>
        <translation>операторы</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Сколько времени</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Сейчас</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>Занятость</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Дольше всех ждали</translation>
    </message>
    <message>
        <source>Talk, on average</source>
        <translation>Разговор, в среднем</translation>
    </message>
    <message>
        <source>Wrap-up, on average</source>
        <translation>Оформление, в среднем</translation>
    </message>
    <message>
        <source>State and reason</source>
        <translation>Состояние и причина</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Всего</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Самое долгое</translation>
    </message>
    <message>
        <source>Without calls, by reason</source>
        <translation>Без вызовов, по причинам</translation>
    </message>
    <message>
        <source>States</source>
        <translation>Состояния</translation>
    </message>
    <message>
        <source>The line is closed: a call still rings here and is counted apart</source>
        <translation>Линия закрыта: звонок всё равно прозвучит здесь и учтётся отдельно</translation>
    </message>
    <message>
        <source>Work as usual: messages go to the platform by themselves once it answers. What users send there comes then, too.</source>
        <translation>Работайте как обычно: сообщения уйдут на платформу сами, когда она ответит. Тогда же придут и новые оттуда.</translation>
    </message>
    <message>
        <source>gave up</source>
        <translation>не дождался</translation>
    </message>
    <message>
        <source>nobody answered</source>
        <translation>не ответили</translation>
    </message>
    <message>
        <source>line was busy</source>
        <translation>линия занята</translation>
    </message>
    <message>
        <source>no calls taken</source>
        <translation>не принимали</translation>
    </message>
    <message>
        <source>after hours</source>
        <translation>вне часов</translation>
    </message>
    <message>
        <source>Inside note: author and body never see it</source>
        <translation>Служебное: автор и орган этого не увидят</translation>
    </message>
    <message>
        <source>The author will read it</source>
        <translation>Прочтёт автор</translation>
    </message>
    <message>
        <source>The body will read it</source>
        <translation>Прочтёт орган</translation>
    </message>
    <message>
        <source>The body and the author will read it</source>
        <translation>Прочтут орган и автор</translation>
    </message>
    <message>
        <source>The author will read it, and everybody: the message is published</source>
        <translation>Прочтут автор и все: сообщение опубликовано</translation>
    </message>
    <message>
        <source>no e-mail, told by telephone</source>
        <translation>почты нет, скажут по телефону</translation>
    </message>
    <message>
        <source>a letter to %1</source>
        <translation>письмом на %1</translation>
    </message>
    <message>
        <source>The body and the author will read it, and everybody if it is public</source>
        <translation>Прочтут орган и автор, а публичное — все</translation>
    </message>
    <message>
        <source>Missed calls: %1</source>
        <translation>Пропущенные вызовы: %1</translation>
    </message>
    <message>
        <source>Messages under review: %1</source>
        <translation>Сообщения на проверке: %1</translation>
    </message>
    <message>
        <source>To be called back: %1</source>
        <translation>Перезвонить: %1</translation>
    </message>
    <message>
        <source>%1 makes it longer</source>
        <translation>%1 — продлить</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>выбрано</translation>
    </message>
    <message>
        <source>the same house</source>
        <translation>тот же дом</translation>
    </message>
    <message>
        <source>the same place</source>
        <translation>то же место</translation>
    </message>
    <message>
        <source>the same street</source>
        <translation>та же улица</translation>
    </message>
    <message>
        <source>the same street, %1 numbers away</source>
        <translation>та же улица, разница номеров — %1</translation>
    </message>
    <message>
        <source>surname %1</source>
        <translation>фамилия %1</translation>
    </message>
    <message>
        <source>first name %1</source>
        <translation>имя %1</translation>
    </message>
    <message>
        <source>patronymic %1</source>
        <translation>отчество %1</translation>
    </message>
    <message>
        <source>Latin letters stand among the Russian ones: no search will find the name</source>
        <translation>Среди русских букв есть латинские: имя не найдётся поиском</translation>
    </message>
    <message>
        <source>The keyboard was Latin</source>
        <translation>Набрано в латинской раскладке</translation>
    </message>
    <message>
        <source>read otherwise</source>
        <translation>прочитать иначе</translation>
    </message>
    <message>
        <source>put %1</source>
        <translation>взять %1</translation>
    </message>
    <message>
        <source>The call comes from %1</source>
        <translation>Звонит с номера %1</translation>
    </message>
    <message>
        <source>From “%1”: the code of the city was added</source>
        <translation>Введено «%1»: добавлен код города</translation>
    </message>
    <message>
        <source>From “%1”: the prefix was mended</source>
        <translation>Введено «%1»: исправлено начало номера</translation>
    </message>
    <message>
        <source>No network has such numbers: ask once more</source>
        <translation>Таких номеров нет ни у одного оператора связи: переспросить</translation>
    </message>
    <message>
        <source>There is no digit in it</source>
        <translation>В номере нет цифр</translation>
    </message>
    <message>
        <source>A short number: it cannot be called from outside</source>
        <translation>Короткий номер: извне на него не позвонить</translation>
    </message>
    <message>
        <source>Digits are missing: ask once more</source>
        <translation>Не хватает цифр: переспросить</translation>
    </message>
    <message>
        <source>Too many digits: ask once more</source>
        <translation>Лишние цифры: переспросить</translation>
    </message>
    <message>
        <source>Several numbers: leave one, the others go into the text</source>
        <translation>Несколько номеров: оставить один, остальные записать в текст</translation>
    </message>
    <message>
        <source>There is no such number: ask once more</source>
        <translation>Такого номера не бывает: переспросить</translation>
    </message>
    <message>
        <source>Read back: %1</source>
        <translation>Прочитать вслух: %1</translation>
    </message>
    <message>
        <source>The keyboard was Russian</source>
        <translation>Набрано в русской раскладке</translation>
    </message>
    <message>
        <source>Russian letters stand among the Latin ones</source>
        <translation>Среди латинских букв есть русские</translation>
    </message>
    <message>
        <source>The signs are not those of an address</source>
        <translation>Знаки не те, что в адресе</translation>
    </message>
    <message>
        <source>The end of the address looks like a slip</source>
        <translation>Похоже на опечатку в конце адреса</translation>
    </message>
    <message>
        <source>There is a blank in the address</source>
        <translation>В адресе пробел</translation>
    </message>
    <message>
        <source>There is no @ in the address</source>
        <translation>В адресе нет знака @</translation>
    </message>
    <message>
        <source>There is more than one @ in the address</source>
        <translation>В адресе больше одного знака @</translation>
    </message>
    <message>
        <source>Nothing stands before the @</source>
        <translation>Перед знаком @ ничего нет</translation>
    </message>
    <message>
        <source>Before the @ stand Latin letters only</source>
        <translation>Перед знаком @ бывают только латинские буквы</translation>
    </message>
    <message>
        <source>What stands before the @ is no address</source>
        <translation>Перед знаком @ не адрес</translation>
    </message>
    <message>
        <source>What stands after the @ is no address, as mail.ru is</source>
        <translation>После знака @ не адрес вроде mail.ru</translation>
    </message>
    <message>
        <source>Russian and Latin letters stand in one word</source>
        <translation>В одном слове русские и латинские буквы</translation>
    </message>
    <message>
        <source>The address is too long</source>
        <translation>Адрес слишком длинный</translation>
    </message>
    <message>
        <source>Perhaps it is %1</source>
        <translation>Возможно, это %1</translation>
    </message>
    <message>
        <source>guess</source>
        <translation>предположение</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Другой человек</translation>
    </message>
    <message>
        <source>the name stays open: ask for it</source>
        <translation>имя не записано, спросить</translation>
    </message>
    <message>
        <source>No record names anybody behind this number. Look for a name or a telephone.</source>
        <translation>За этим номером записей с именем нет. Найти человека по имени или телефону.</translation>
    </message>
    <message>
        <source>Ask who is calling, then press the digit. What is chosen goes into the card.</source>
        <translation>Спросить, кто звонит, и нажать цифру. Выбранное попадёт в карточку.</translation>
    </message>
    <message>
        <source>Nobody is called so in the records of this workplace.</source>
        <translation>В записях этого рабочего места никого с таким именем или номером нет.</translation>
    </message>
    <message>
        <source>Two letters of the name, or the whole telephone number.</source>
        <translation>Две буквы имени или телефон целиком.</translation>
    </message>
    <message>
        <source>The number of this call stays the caller&apos;s; the name is taken from the record.</source>
        <translation>Номер вызова остаётся прежним, из записи берётся имя.</translation>
    </message>
    <message>
        <source>The records cannot be read now.</source>
        <translation>Записи сейчас не читаются.</translation>
    </message>
    <message>
        <source>draft, not saved yet</source>
        <translation>черновик, ещё не сохранён</translation>
    </message>
    <message>
        <source>The call is saved</source>
        <translation>Вызов сохранён</translation>
    </message>
    <message>
        <source>Call № %1 is a draft again</source>
        <translation>Вызов № %1 снова черновик</translation>
    </message>
    <message>
        <source>Message № %1 is under review with you: F10.</source>
        <translation>Сообщение № %1 снова на проверке у вас: F10.</translation>
    </message>
    <message>
        <source>The call stays saved</source>
        <translation>Вызов остаётся сохранённым</translation>
    </message>
    <message>
        <source>The 15 seconds are over.</source>
        <translation>15 секунд прошли.</translation>
    </message>
    <message>
        <source>Its record has changed since.</source>
        <translation>Запись с тех пор изменилась.</translation>
    </message>
    <message>
        <source>Somebody else has saved it.</source>
        <translation>Его сохранил другой человек.</translation>
    </message>
    <message>
        <source>In the message now: %1 (%2)</source>
        <translation>В сообщении теперь: %1 (%2)</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>Requests without a call</source>
        <translation>Записи без вызова</translation>
    </message>
    <message>
        <source>Further questions of one call</source>
        <translation>Дополнительные вопросы одного вызова</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Registered beside the calls</source>
        <translation>Зарегистрировано помимо вызовов</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>Лично</translation>
    </message>
    <message>
        <source>Mobile phone</source>
        <translation>Мобильный</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Other way</source>
        <translation>Иначе</translation>
    </message>
    <message>
        <source>Record without a call</source>
        <translation>Запись без вызова</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>внесена вручную</translation>
    </message>
    <message>
        <source>Further question</source>
        <translation>Ещё вопрос</translation>
    </message>
    <message>
        <source>opened by mistake</source>
        <translation>открыта по ошибке</translation>
    </message>
    <message>
        <source>Day and hour are not understood: 26.11.2026 14:30 or yesterday 14:30</source>
        <translation>День и час не поняты: 26.11.2026 14:30 или вчера 14:30</translation>
    </message>
    <message>
        <source>Add the hour: 14:30</source>
        <translation>Добавьте час: 14:30</translation>
    </message>
    <message>
        <source>This has not come yet: the request cannot be of then</source>
        <translation>Это время ещё не наступило: запрос не может быть из будущего</translation>
    </message>
    <message>
        <source>Before the last month: keep today&apos;s date and write the old one into the text</source>
        <translation>Раньше прошлого месяца: оставьте сегодняшнюю дату, прежнюю напишите в содержании</translation>
    </message>
    <message>
        <source>There is no call to add a question to</source>
        <translation>Нет вызова, к которому добавить вопрос</translation>
    </message>
    <message>
        <source>Open its card, or save it first.</source>
        <translation>Откройте его карточку или сначала сохраните её.</translation>
    </message>
    <message>
        <source>Requests without a call, registered by hand, and further questions of one call stand apart: no wait, talk or missed call is counted of them. Results are of all records.</source>
        <translation>Записи без вызова, внесённые вручную, и дополнительные вопросы одного вызова стоят отдельно: ожидание, разговор и пропущенные по ним не считаются. Итоги — по всем записям.</translation>
    </message>
    <message>
        <source>to record № %1</source>
        <translation>к записи № %1</translation>
    </message>
    <message>
        <source>Further question of the same person</source>
        <translation>Ещё вопрос того же человека</translation>
    </message>
    <message>
        <source>The record is saved</source>
        <translation>Запись сохранена</translation>
    </message>
    <message>
        <source>This caller speaks of an earlier call. First: {0}</source>
        <translation>Этот абонент говорит о прежнем вызове. Сначала пройдите урок «{0}»</translation>
    </message>
    <message>
        <source>The score could not be read</source>
        <translation>Разбор не прочитан: реестр не отвечает</translation>
    </message>
    <message>
        <source>{0} of {1} points</source>
        <translation>Баллы: {0} из {1}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>All is right</source>
        <translation>Всё верно</translation>
    </message>
    <message>
        <source>Good; a little is missing</source>
        <translation>Хорошо; немного не хватает</translation>
    </message>
    <message>
        <source>Play it once more: the lines below say what for</source>
        <translation>Пройдите ещё раз: ниже сказано, чего не хватило</translation>
    </message>
    <message>
        <source>Read the task of the lesson again and play it anew</source>
        <translation>Перечитайте задание урока и пройдите его заново</translation>
    </message>
    <message>
        <source>best {0} %, last {1} %</source>
        <translation>лучший результат {0} %, последний {1} %</translation>
    </message>
    <message>
        <source>not played yet</source>
        <translation>ещё не пройден</translation>
    </message>
    <message>
        <source>custom of the desk</source>
        <translation>порядок работы</translation>
    </message>
    <message>
        <source>Message {0}: {1}</source>
        <translation>Сообщение {0}: {1}</translation>
    </message>
    <message>
        <source>right: {0}</source>
        <translation>верно: {0}</translation>
    </message>
    <message>
        <source>nothing is said of: {0}</source>
        <translation>не сказано: {0}</translation>
    </message>
    <message>
        <source> or </source>
        <translation> или </translation>
    </message>
    <message>
        <source>Answered within 20 seconds</source>
        <translation>Отвечено за 20 секунд</translation>
    </message>
    <message>
        <source>Registered with number, date and time</source>
        <translation>Вызов зарегистрирован: номер, дата и время</translation>
    </message>
    <message>
        <source>The content says the matter</source>
        <translation>Содержание передаёт суть вопроса</translation>
    </message>
    <message>
        <source>The result fits the call</source>
        <translation>Итог подходит вызову</translation>
    </message>
    <message>
        <source>Answered from the directory</source>
        <translation>Ответ взят из справочника</translation>
    </message>
    <message>
        <source>Told how to write a formal appeal under 59-FZ</source>
        <translation>Сказано, как подать официальное обращение по 59-ФЗ</translation>
    </message>
    <message>
        <source>The number of help came first, within a minute</source>
        <translation>Номер экстренной помощи назван первым, в течение минуты</translation>
    </message>
    <message>
        <source>Name asked and written down</source>
        <translation>Имя спрошено и записано</translation>
    </message>
    <message>
        <source>E-mail asked: written down, or “not given”</source>
        <translation>Почта спрошена: записана или отмечено «не указано»</translation>
    </message>
    <message>
        <source>No message was made of what the platform does not take</source>
        <translation>Не заведено сообщение о том, чего платформа не принимает</translation>
    </message>
    <message>
        <source>The call is tied to the message that is known</source>
        <translation>Вызов привязан к известному сообщению</translation>
    </message>
    <message>
        <source>No second message was made</source>
        <translation>Второе сообщение не заведено</translation>
    </message>
    <message>
        <source>One question in each message</source>
        <translation>В каждом сообщении один вопрос, и ни один не забыт</translation>
    </message>
    <message>
        <source>The text says the matter</source>
        <translation>Текст сообщения передаёт суть</translation>
    </message>
    <message>
        <source>The text has no insults, threats or obscene words</source>
        <translation>В тексте нет оскорблений, угроз и нецензурных слов</translation>
    </message>
    <message>
        <source>The place is asked and right</source>
        <translation>Место спрошено и записано верно</translation>
    </message>
    <message>
        <source>Date and time of the event</source>
        <translation>Дата и время события указаны</translation>
    </message>
    <message>
        <source>The category is right</source>
        <translation>Категория выбрана верно</translation>
    </message>
    <message>
        <source>Publicity asked and as the caller wants it</source>
        <translation>Публичность спрошена и отмечена, как просил абонент</translation>
    </message>
    <message>
        <source>Personal data are not made public</source>
        <translation>Персональные данные не публикуются</translation>
    </message>
    <message>
        <source>The missed call is dealt with</source>
        <translation>Пропущенный вызов отработан</translation>
    </message>
    <message>
        <source>Saved within a minute after the call</source>
        <translation>Сохранено в течение минуты после разговора</translation>
    </message>
    <message>
        <source>search and put it into the card before any question</source>
        <translation>найдите его и вставьте в карточку раньше любых вопросов</translation>
    </message>
    <message>
        <source>Ctrl+9 puts it into the card</source>
        <translation>Ctrl+9 вставит подсказку в карточку</translation>
    </message>
    <message>
        <source>Ctrl+E says “not given”</source>
        <translation>Ctrl+E — «не указано»</translation>
    </message>
    <message>
        <source>Alt+S makes a message of what is selected</source>
        <translation>Alt+S делает сообщение из выделенного</translation>
    </message>
    <message>
        <source>Ctrl+D in the message, or F4 and Alt+L</source>
        <translation>Ctrl+D в сообщении, или F4 и Alt+L</translation>
    </message>
    <message>
        <source>Ctrl+M, then 1…3</source>
        <translation>Ctrl+M, затем 1…3</translation>
    </message>
    <message>
        <source>leave them out of the text, or make the message non-public</source>
        <translation>уберите их из текста или сделайте сообщение непубличным</translation>
    </message>
    <message>
        <source>One message was made of the call</source>
        <translation>Из вызова сделано одно сообщение</translation>
    </message>
    <message>
        <source>Ctrl+3 makes it</source>
        <translation>Ctrl+3 заводит сообщение</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>отклонён</translation>
    </message>
    <message>
        <source>We know of it: %1. The reason and the time are being found out.</source>
        <translation>О случае известно: %1. Причину и сроки выясняем.</translation>
    </message>
    <message>
        <source>text changed at %1</source>
        <translation>текст изменён %1</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>с %1 до %2</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 ч %2 мин</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>Perhaps an incident — %1</source>
        <translation>Возможно, инцидент — %1</translation>
    </message>
    <message>
        <source>Incident proposed — %1</source>
        <translation>Предложен инцидент — %1</translation>
    </message>
    <message>
        <source>by %1 at %2; waits for the supervisor</source>
        <translation>предлагает %1, %2; ждёт решения старшего</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>предложен</translation>
    </message>
    <message>
        <source>is on</source>
        <translation>идёт</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>завершён</translation>
    </message>
    <message>
        <source>declared</source>
        <translation>объявлен</translation>
    </message>
    <message>
        <source>text changed</source>
        <translation>текст изменён</translation>
    </message>
    <message>
        <source>call linked</source>
        <translation>вызов привязан</translation>
    </message>
    <message>
        <source>Incident proposed</source>
        <translation>Инцидент предложен</translation>
    </message>
    <message>
        <source>The supervisor decides about the text.</source>
        <translation>Текст утвердит старший.</translation>
    </message>
    <message>
        <source>Incident declared</source>
        <translation>Инцидент объявлен</translation>
    </message>
    <message>
        <source>All workplaces are shown the text.</source>
        <translation>Текст показан на всех рабочих местах.</translation>
    </message>
    <message>
        <source>Text changed</source>
        <translation>Текст изменён</translation>
    </message>
    <message>
        <source>All workplaces are shown the new text.</source>
        <translation>Новый текст показан на всех рабочих местах.</translation>
    </message>
    <message>
        <source>Incident ended</source>
        <translation>Инцидент завершён</translation>
    </message>
    <message>
        <source>The text is not shown any more.</source>
        <translation>Текст больше не показывается.</translation>
    </message>
    <message>
        <source>Call linked</source>
        <translation>Вызов привязан</translation>
    </message>
    <message>
        <source>Only a supervisor may do this</source>
        <translation>Это может сделать только старший</translation>
    </message>
    <message>
        <source>Name the street</source>
        <translation>Назовите улицу</translation>
    </message>
    <message>
        <source>Write what is to be said</source>
        <translation>Напишите, что говорить</translation>
    </message>
    <message>
        <source>Longer than %1 letters: shorten it</source>
        <translation>Длиннее %1 знаков: сократите</translation>
    </message>
    <message>
        <source>There is an incident on this street already</source>
        <translation>По этой улице инцидент уже есть</translation>
    </message>
    <message>
        <source>This incident is over</source>
        <translation>Этот инцидент уже завершён</translation>
    </message>
    <message>
        <source>A colleague was first; your text is kept</source>
        <translation>Коллега успел раньше; ваш текст сохранён</translation>
    </message>
    <message>
        <source>The text of %1 holds</source>
        <translation>Действует текст, который ввёл другой: %1</translation>
    </message>
    <message>
        <source>Yours is kept among the versions of the incident.</source>
        <translation>Ваш сохранён среди редакций инцидента.</translation>
    </message>
    <message>
        <source>While you were typing, %1 changed the text at %2. All workplaces say:</source>
        <translation>Пока вы печатали, текст изменили (%1, %2). На всех рабочих местах говорят:</translation>
    </message>
    <message>
        <source>The text was changed meanwhile</source>
        <translation>Текст за это время изменили</translation>
    </message>
    <message>
        <source>Ctrl+Enter once more puts yours in its place.</source>
        <translation>Ctrl+Enter ещё раз поставит ваш вместо него.</translation>
    </message>
    <message>
        <source>No call card to close</source>
        <translation>Нет карточки вызова, которую можно закрыть</translation>
    </message>
    <message>
        <source>No incident is declared</source>
        <translation>Объявленных инцидентов нет</translation>
    </message>
    <message>
        <source>Propose to the supervisor</source>
        <translation>Предложить старшему</translation>
    </message>
    <message>
        <source>Declare</source>
        <translation>Объявить</translation>
    </message>
    <message>
        <source>Change the text for all</source>
        <translation>Изменить текст для всех</translation>
    </message>
    <message>
        <source>New incident</source>
        <translation>Новый инцидент</translation>
    </message>
    <message>
        <source>official text of an incident</source>
        <translation>единый текст инцидента</translation>
    </message>
    <message>
        <source>new</source>
        <translation>новый</translation>
    </message>
    <message>
        <source>perhaps</source>
        <translation>возможно</translation>
    </message>
    <message>
        <source>By incident: calls told the official text</source>
        <translation>По инцидентам: вызовы с единым текстом</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Инцидент</translation>
    </message>
    <message>
        <source>There is nothing to ring on</source>
        <translation>Сигнал подать не на чем</translation>
    </message>
    <message>
        <source>The diagnostics are being put together…</source>
        <translation>Диагностика собирается…</translation>
    </message>
    <message>
        <source>Diagnostics written: %1</source>
        <translation>Диагностика записана: %1</translation>
    </message>
    <message>
        <source>%1. No names, telephones or texts are in it: send it to the administrator.</source>
        <translation>%1. Имён, телефонов и текстов в ней нет: передайте файл администратору.</translation>
    </message>
    <message>
        <source>The diagnostics could not be written</source>
        <translation>Диагностика не записана</translation>
    </message>
    <message>
        <source>%1 takes no file: free some space or call the administrator.</source>
        <translation>%1 не принимает файл: освободите место или сообщите администратору.</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>Гарнитура</translation>
    </message>
    <message>
        <source>Records here</source>
        <translation>Записи на компьютере</translation>
    </message>
    <message>
        <source>City&apos;s database</source>
        <translation>База данных города</translation>
    </message>
    <message>
        <source>Room on the disk</source>
        <translation>Место на диске</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Часы</translation>
    </message>
    <message>
        <source>Copy of the records</source>
        <translation>Копия записей</translation>
    </message>
    <message>
        <source>The phone&apos;s program does not work</source>
        <translation>Программа телефона не работает</translation>
    </message>
    <message>
        <source>It starts by itself; else call the administrator.</source>
        <translation>Она запускается сама; если нет — сообщите администратору.</translation>
    </message>
    <message>
        <source>The phone is set to refuse all calls</source>
        <translation>Телефон настроен отклонять все вызовы</translation>
    </message>
    <message>
        <source>The telephone system does not know this phone</source>
        <translation>Станция не знает этот телефон</translation>
    </message>
    <message>
        <source>Calls do not arrive: F12 and Enter tell why.</source>
        <translation>Вызовы не поступают: причину покажут F12 и Enter.</translation>
    </message>
    <message>
        <source>You are heard, %1 dB</source>
        <translation>Вас слышно, %1 дБ</translation>
    </message>
    <message>
        <source>Microphone and earpiece are there</source>
        <translation>Микрофон и наушник подключены</translation>
    </message>
    <message>
        <source>Whether you are heard is told by F12 and Enter.</source>
        <translation>Слышно ли вас, покажут F12 и Enter.</translation>
    </message>
    <message>
        <source>You are heard too quietly, %1 dB</source>
        <translation>Вас слышно слишком тихо, %1 дБ</translation>
    </message>
    <message>
        <source>Bring the microphone nearer to your mouth.</source>
        <translation>Придвиньте микрофон ближе.</translation>
    </message>
    <message>
        <source>The microphone is too loud</source>
        <translation>Микрофон слишком громкий</translation>
    </message>
    <message>
        <source>Move it away or turn it down.</source>
        <translation>Отодвиньте его или убавьте громкость.</translation>
    </message>
    <message>
        <source>Nothing is heard of you</source>
        <translation>Вас не слышно</translation>
    </message>
    <message>
        <source>Turn the microphone on and repeat the check.</source>
        <translation>Включите микрофон и повторите проверку.</translation>
    </message>
    <message>
        <source>Plug in your headset.</source>
        <translation>Подключите гарнитуру.</translation>
    </message>
    <message>
        <source>Plug in your headset: callers will not hear you.</source>
        <translation>Подключите гарнитуру: абоненты вас не услышат.</translation>
    </message>
    <message>
        <source>Plug in your headset: you will hear no caller.</source>
        <translation>Подключите гарнитуру: вы не услышите абонентов.</translation>
    </message>
    <message>
        <source>Plug it in before you take calls.</source>
        <translation>Подключите её, прежде чем принимать вызовы.</translation>
    </message>
    <message>
        <source>It was played</source>
        <translation>Прозвучал сигнал вызова</translation>
    </message>
    <message>
        <source>Its loudspeaker is there</source>
        <translation>Устройство для сигнала подключено</translation>
    </message>
    <message>
        <source>How it sounds is told by F12 and Enter.</source>
        <translation>Как звучит сигнал, покажут F12 и Enter.</translation>
    </message>
    <message>
        <source>It will ring on another device</source>
        <translation>Сигнал прозвучит на другом устройстве</translation>
    </message>
    <message>
        <source>Plug in the loudspeaker, or listen for the ring.</source>
        <translation>Подключите выбранное устройство или прислушивайтесь к сигналу.</translation>
    </message>
    <message>
        <source>You will not hear calls, only see them: plug in a device.</source>
        <translation>Вызовы будут видны, но не слышны: подключите устройство.</translation>
    </message>
    <message>
        <source>Records are taken and kept</source>
        <translation>Записи принимаются и хранятся</translation>
    </message>
    <message>
        <source>Records are not taken</source>
        <translation>Записи не принимаются</translation>
    </message>
    <message>
        <source>Work as usual: records go by themselves later.</source>
        <translation>Работайте как обычно: записи уйдут сами.</translation>
    </message>
    <message>
        <source>Not set: records stay here</source>
        <translation>Не настроена: записи остаются здесь</translation>
    </message>
    <message>
        <source>It answers; not sent yet: %1</source>
        <translation>Отвечает; не отправлено: %1</translation>
    </message>
    <message>
        <source>It has not answered yet; not sent: %1</source>
        <translation>Ещё не ответила; не отправлено: %1</translation>
    </message>
    <message>
        <source>It does not answer; not sent: %1</source>
        <translation>Не отвечает; не отправлено: %1</translation>
    </message>
    <message>
        <source>Free: %1 MB</source>
        <translation>Свободно: %1 МБ</translation>
    </message>
    <message>
        <source>It could not be asked</source>
        <translation>Узнать не удалось</translation>
    </message>
    <message>
        <source>Tell the administrator today.</source>
        <translation>Сообщите администратору сегодня.</translation>
    </message>
    <message>
        <source>Records will soon be refused: call the administrator now.</source>
        <translation>Скоро записи не будут приниматься: сообщите администратору сейчас.</translation>
    </message>
    <message>
        <source>Times of calls are wrong by that: tell the administrator.</source>
        <translation>На столько неверно время вызовов: сообщите администратору.</translation>
    </message>
    <message>
        <source>Nothing speaks against it</source>
        <translation>Замечаний нет</translation>
    </message>
    <message>
        <source>It stands %1 before the last record</source>
        <translation>Отстают от последней записи на %1</translation>
    </message>
    <message>
        <source>It was set back: do not take calls, call the administrator.</source>
        <translation>Часы переведены назад: не принимайте вызовы, сообщите администратору.</translation>
    </message>
    <message>
        <source>Not set by the administrator</source>
        <translation>Не настроена администратором</translation>
    </message>
    <message>
        <source>The first one is being made</source>
        <translation>Первая создаётся</translation>
    </message>
    <message>
        <source>There is no copy yet</source>
        <translation>Копии ещё нет</translation>
    </message>
    <message>
        <source>The last copy: %1</source>
        <translation>Последняя копия: %1</translation>
    </message>
    <message>
        <source>Tell the administrator.</source>
        <translation>Сообщите администратору.</translation>
    </message>
    <message>
        <source>Ready for work</source>
        <translation>Готово к работе</translation>
    </message>
    <message>
        <source>Ready for work, with remarks</source>
        <translation>Готово к работе, есть замечания</translation>
    </message>
    <message>
        <source>Not ready for work</source>
        <translation>Не готово к работе</translation>
    </message>
    <message>
        <source>Headset and ring tone were not listened to yet: F12, Enter.</source>
        <translation>Гарнитура и сигнал на слух ещё не проверены: F12, Enter.</translation>
    </message>
    <message>
        <source>The outcome of the check could not be kept</source>
        <translation>Итог проверки не сохранён</translation>
    </message>
    <message>
        <source>Plug it in before a call comes: it is used again by itself.</source>
        <translation>Подключите до вызова: она включится сама.</translation>
    </message>
    <message>
        <source>The device that was chosen for the ring tone is away: plug it in.</source>
        <translation>Выбранное для сигнала устройство отключено: подключите его.</translation>
    </message>
    <message>
        <source>You will not hear calls.</source>
        <translation>Вы не услышите вызовы.</translation>
    </message>
    <message>
        <source>There is no sound device: plug in your headset. Calls are shown here.</source>
        <translation>Нет звукового устройства: подключите гарнитуру. Вызовы видны здесь.</translation>
    </message>
    <message>
        <source>Callers will not hear you.</source>
        <translation>Абоненты вас не услышат.</translation>
    </message>
    <message>
        <source>The microphone is away: plug in your headset.</source>
        <translation>Микрофон отключён: подключите гарнитуру.</translation>
    </message>
    <message>
        <source>The phone is set to refuse all calls (do_not_disturb): call the administrator.</source>
        <translation>Телефон настроен отклонять все вызовы (do_not_disturb): сообщите администратору.</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>По дням</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>День</translation>
    </message>
    <message>
        <source>By hour</source>
        <translation>По часам</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Час</translation>
    </message>
    <message>
        <source>By operator</source>
        <translation>По операторам</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Оператор</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Поступило</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Принято</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Пропущено</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Итого</translation>
    </message>
    <message>
        <source>By result (par. 7.4)</source>
        <translation>По итогам (п. 7.4)</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Итог</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Вызовов</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Доля</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Стр. %1 из %2</translation>
    </message>
    <message>
        <source>Out of hours</source>
        <translation>Вне рабочих часов</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Параметры</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Город</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Line hours</source>
        <translation>Часы работы линии</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Часовой пояс</translation>
    </message>
    <message>
        <source>Made at</source>
        <translation>Составлено</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Составил</translation>
    </message>
    <message>
        <source>Formulas</source>
        <translation>Формулы</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Вопрос</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Контакты</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Услуга</translation>
    </message>
    <message>
        <source>Searching for “%1”</source>
        <translation>Ищем «%1»</translation>
    </message>
    <message>
        <source>layout corrected</source>
        <translation>раскладка исправлена</translation>
    </message>
    <message>
        <source>typos corrected</source>
        <translation>опечатки исправлены</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>ничего не найдено</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Asked most often</source>
        <translation>Чаще всего спрашивают</translation>
    </message>
    <message>
        <source>checked %1</source>
        <translation>проверено %1</translation>
    </message>
    <message>
        <source>%1 — out of date</source>
        <translation>%1 — устарело</translation>
    </message>
    <message>
        <source>ext. %1</source>
        <translation>доб. %1</translation>
    </message>
    <message>
        <source>Round the clock</source>
        <translation>Круглосуточно</translation>
    </message>
    <message>
        <source>Open until %1</source>
        <translation>Открыто до %1</translation>
    </message>
    <message>
        <source>hours not stated</source>
        <translation>часы не указаны</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыто</translation>
    </message>
    <message>
        <source>Closed, opens at %1</source>
        <translation>Закрыто, откроется в %1</translation>
    </message>
    <message>
        <source>Closed, tomorrow from %1</source>
        <translation>Закрыто, завтра с %1</translation>
    </message>
    <message>
        <source>Closed, %2 from %1</source>
        <translation>Закрыто, %2 с %1</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Разговор</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Оформление</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готов</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>Отключён</translation>
    </message>
    <message>
        <source>rings</source>
        <translation>звонит</translation>
    </message>
    <message>
        <source>You are not heard</source>
        <translation>Вас не слышно</translation>
    </message>
    <message>
        <source>The line is free</source>
        <translation>Линия свободна</translation>
    </message>
    <message>
        <source>Calls do not arrive</source>
        <translation>Звонки не поступают</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>без связи</translation>
    </message>
    <message>
        <source>Number hidden</source>
        <translation>Номер скрыт</translation>
    </message>
    <message>
        <source>The record closes with the call</source>
        <translation>Запись закроется вместе с вызовом</translation>
    </message>
    <message>
        <source>Go on typing: everything is kept until the hang-up.</source>
        <translation>Печатайте дальше: до конца вызова всё сохраняется.</translation>
    </message>
    <message>
        <source>Probably %1</source>
        <translation>Вероятно, %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>линия %1</translation>
    </message>
    <message>
        <source>waited %1</source>
        <translation>ждал %1</translation>
    </message>
    <message>
        <source>the caller gave up</source>
        <translation>абонент не дождался</translation>
    </message>
    <message>
        <source>answered by a colleague</source>
        <translation>ответил коллега</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>отклонён</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>занято</translation>
    </message>
    <message>
        <source>not answered in time</source>
        <translation>не ответили вовремя</translation>
    </message>
    <message>
        <source>the caller hung up</source>
        <translation>абонент завершил</translation>
    </message>
    <message>
        <source>you hung up</source>
        <translation>вы завершили</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>отменён</translation>
    </message>
    <message>
        <source>technical failure</source>
        <translation>технический сбой</translation>
    </message>
    <message>
        <source>The call is over</source>
        <translation>Вызов завершён</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 в %2</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Saves at the end</source>
        <translation>Сохранится в конце</translation>
    </message>
    <message>
        <source>typical answer</source>
        <translation>типовой ответ</translation>
    </message>
    <message>
        <source>contacts</source>
        <translation>контакты</translation>
    </message>
    <message>
        <source>service</source>
        <translation>услуга</translation>
    </message>
    <message>
        <source>New call</source>
        <translation>Новый вызов</translation>
    </message>
    <message>
        <source>Telephone call</source>
        <translation>Телефонный вызов</translation>
    </message>
    <message>
        <source>Draft saved %1</source>
        <translation>Черновик сохранён %1</translation>
    </message>
    <message>
        <source>Write what the call was about: the record needs it (par. 7.3)</source>
        <translation>Напишите, о чём был вызов: без этого запись не закрыть (п. 7.3)</translation>
    </message>
    <message>
        <source>Choose the result with Ctrl and a digit (par. 7.3, 7.4)</source>
        <translation>Выберите итог: Ctrl и цифра (п. 7.3, 7.4)</translation>
    </message>
    <message>
        <source>Insert the contacts that were given, or write them above (par. 7.4)</source>
        <translation>Вставьте данные контакты или напишите их выше (п. 7.4)</translation>
    </message>
    <message>
        <source>There is no message yet: make it with Ctrl+3 (par. 7.4)</source>
        <translation>Сообщения ещё нет: оформите его, Ctrl+3 (п. 7.4)</translation>
    </message>
    <message>
        <source>This record is closed already</source>
        <translation>Эта запись уже закрыта</translation>
    </message>
    <message>
        <source>Your role does not take calls</source>
        <translation>Ваша роль не принимает вызовы</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>ответил</translation>
    </message>
    <message>
        <source>gave contacts</source>
        <translation>дал контакты</translation>
    </message>
    <message>
        <source>message</source>
        <translation>сообщение</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>не отвечен</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>обрыв</translation>
    </message>
    <message>
        <source>silence</source>
        <translation>тишина</translation>
    </message>
    <message>
        <source>wrong number</source>
        <translation>ошиблись номером</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>черновик</translation>
    </message>
    <message>
        <source>from call № %1; its own number comes on registration</source>
        <translation>из вызова № %1 · свой номер получит при регистрации</translation>
    </message>
    <message>
        <source>name not given</source>
        <translation>имя не указано</translation>
    </message>
    <message>
        <source>no phone</source>
        <translation>телефона нет</translation>
    </message>
    <message>
        <source>no e-mail</source>
        <translation>почты нет</translation>
    </message>
    <message>
        <source>Write what has happened: without a text there is no message (par. 6.1)</source>
        <translation>Напишите, что случилось: без текста сообщения нет (п. 6.1)</translation>
    </message>
    <message>
        <source>State the day as DD.MM.YYYY (par. 6.1)</source>
        <translation>Укажите день: ДД.ММ.ГГГГ (п. 6.1)</translation>
    </message>
    <message>
        <source>State the hour, at least roughly, as HH:MM (par. 6.1)</source>
        <translation>Укажите время хотя бы примерно: ЧЧ:ММ (п. 6.1)</translation>
    </message>
    <message>
        <source>State the house or a landmark: without a place it cannot be registered (par. 6.1)</source>
        <translation>Укажите дом или ориентир: без места сообщение не зарегистрировать (п. 6.1)</translation>
    </message>
    <message>
        <source>Choose the category: it decides who answers (par. 5.3, 7.9)</source>
        <translation>Выберите категорию: по ней решится, кто ответит (п. 5.3, 7.9)</translation>
    </message>
    <message>
        <source>This message is registered already</source>
        <translation>Это сообщение уже зарегистрировано</translation>
    </message>
    <message>
        <source>Your role does not register messages</source>
        <translation>Ваша роль не регистрирует сообщения</translation>
    </message>
    <message>
        <source>answer received</source>
        <translation>ответ получен</translation>
    </message>
    <message>
        <source>on the platform</source>
        <translation>на платформе</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>зарегистрировано</translation>
    </message>
    <message>
        <source>Calls today</source>
        <translation>Вызовы сегодня</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Черновики</translation>
    </message>
    <message>
        <source>Messages today</source>
        <translation>Сообщения сегодня</translation>
    </message>
    <message>
        <source>Enter opens a draft; nothing typed is lost.</source>
        <translation>Enter открывает черновик; набранное не пропадает.</translation>
    </message>
    <message>
        <source>No calls yet today</source>
        <translation>Сегодня вызовов ещё не было</translation>
    </message>
    <message>
        <source>Nobody was missed</source>
        <translation>Пропущенных нет</translation>
    </message>
    <message>
        <source>A call that nobody answers is registered here by itself.</source>
        <translation>Вызов, на который никто не ответил, зарегистрируется здесь сам.</translation>
    </message>
    <message>
        <source>No unfinished records</source>
        <translation>Незавершённых записей нет</translation>
    </message>
    <message>
        <source>A card put aside with Ctrl+D waits here.</source>
        <translation>Карточка, отложенная клавишами Ctrl+D, ждёт здесь.</translation>
    </message>
    <message>
        <source>No messages yet today</source>
        <translation>Сегодня сообщений ещё не было</translation>
    </message>
    <message>
        <source>Ctrl+3 in a call&apos;s card makes a message for a written answer.</source>
        <translation>Ctrl+3 в карточке вызова оформит сообщение для письменного ответа.</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>Phone: no connection</source>
        <translation>Телефон: нет связи</translation>
    </message>
    <message>
        <source>The phone is starting</source>
        <translation>Телефон запускается</translation>
    </message>
    <message>
        <source>No telephone system is set; listening at %1</source>
        <translation>Станция не настроена, телефон ждёт звонков на %1</translation>
    </message>
    <message>
        <source>Registered at the telephone system</source>
        <translation>Телефон зарегистрирован на станции</translation>
    </message>
    <message>
        <source>The telephone system does not answer</source>
        <translation>Станция не отвечает</translation>
    </message>
    <message>
        <source>The telephone system does not answer since %1</source>
        <translation>Станция не отвечает с %1</translation>
    </message>
    <message>
        <source>Records on this computer</source>
        <translation>Записи на этом компьютере</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>База</translation>
    </message>
    <message>
        <source>Database: connecting</source>
        <translation>База: подключаемся</translation>
    </message>
    <message>
        <source>Database away since %1</source>
        <translation>База недоступна с %1</translation>
    </message>
    <message>
        <source>All sent</source>
        <translation>Всё отправлено</translation>
    </message>
    <message>
        <source>Work as usual:</source>
        <translation>Работайте как обычно:</translation>
    </message>
    <message>
        <source>Not saved.</source>
        <translation>Не сохранено.</translation>
    </message>
    <message>
        <source>Missed call № %1 is registered</source>
        <translation>Пропущенный вызов № %1 зарегистрирован</translation>
    </message>
    <message>
        <source>It stands in the list of missed calls.</source>
        <translation>Он в списке пропущенных.</translation>
    </message>
    <message>
        <source>The card cannot be closed yet</source>
        <translation>Карточку пока не закрыть</translation>
    </message>
    <message>
        <source>What is missing is marked in the card.</source>
        <translation>Чего не хватает, отмечено в карточке.</translation>
    </message>
    <message>
        <source>Call № %1 is put aside</source>
        <translation>Вызов № %1 отложен</translation>
    </message>
    <message>
        <source>It waits in the drafts.</source>
        <translation>Он ждёт в черновиках.</translation>
    </message>
    <message>
        <source>This call is over already</source>
        <translation>Этот вызов уже завершён</translation>
    </message>
    <message>
        <source>The call is not in a state for that</source>
        <translation>Сейчас это с вызовом не сделать</translation>
    </message>
    <message>
        <source>There is no sound device for the call</source>
        <translation>Нет звукового устройства для вызова</translation>
    </message>
    <message>
        <source>The phone is not connected</source>
        <translation>Телефон не подключён</translation>
    </message>
    <message>
        <source>This number cannot be dialled</source>
        <translation>Этот номер набрать нельзя</translation>
    </message>
    <message>
        <source>The phone could not do that</source>
        <translation>Телефон не смог этого сделать</translation>
    </message>
    <message>
        <source>Something went wrong in the program</source>
        <translation>В программе что-то пошло не так</translation>
    </message>
    <message>
        <source>It is written to the log; records are not touched.</source>
        <translation>Это записано в журнал программы; записи о вызовах целы.</translation>
    </message>
    <message>
        <source>The phone is not ready yet: wait for its mark at the foot of the window</source>
        <translation>Телефон ещё не готов: дождитесь его отметки внизу окна</translation>
    </message>
    <message>
        <source>A training call is on already</source>
        <translation>Учебный звонок уже идёт</translation>
    </message>
    <message>
        <source>First start</source>
        <translation>Первый запуск</translation>
    </message>
    <message>
        <source>Begin work</source>
        <translation>Начать работу</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>The desk is locked</source>
        <translation>Рабочее место заблокировано</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Разблокировать</translation>
    </message>
    <message>
        <source>A call is coming in: unlock to answer it</source>
        <translation>Поступает вызов: разблокируйте, чтобы ответить</translation>
    </message>
    <message>
        <source>Enter at least surname and first name</source>
        <translation>Введите хотя бы фамилию и имя</translation>
    </message>
    <message>
        <source>Enter the login</source>
        <translation>Введите логин</translation>
    </message>
    <message>
        <source>Enter the password</source>
        <translation>Введите пароль</translation>
    </message>
    <message>
        <source>The two passwords differ</source>
        <translation>Пароли не совпадают</translation>
    </message>
    <message>
        <source>Report saved: %1</source>
        <translation>Отчёт сохранён: %1</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>vyzovy</translation>
    </message>
    <message>
        <source>The report could not be written there</source>
        <translation>Отчёт не удалось записать в папку</translation>
    </message>
    <message>
        <source>Your role does not see reports</source>
        <translation>Ваша роль не видит отчётов</translation>
    </message>
    <message>
        <source>Your role does not export reports</source>
        <translation>Ваша роль не выгружает отчёты</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>С %1 по %2</translation>
    </message>
    <message>
        <source>Login or password is wrong</source>
        <translation>Неверный логин или пароль</translation>
    </message>
    <message>
        <source>Too many attempts</source>
        <translation>Слишком много попыток</translation>
    </message>
    <message>
        <source>The register does not open</source>
        <translation>Реестр вызовов не открывается</translation>
    </message>
    <message>
        <source>The program is running already</source>
        <translation>Программа уже запущена</translation>
    </message>
    <message>
        <source>Another window of it works with this register: use that one.</source>
        <translation>С этим реестром работает другое её окно: перейдите в него.</translation>
    </message>
    <message>
        <source>A newer version of the program wrote it. Install that version; the records are safe.</source>
        <translation>Его записала более новая версия программы. Установите её; записи целы.</translation>
    </message>
    <message>
        <source>Its key cannot be read (%1). Unlock the system&apos;s keyring or give back the key file beside the register; without the key the records cannot be read.</source>
        <translation>Ключ не читается (%1). Откройте связку ключей системы или верните файл ключа рядом с реестром: без ключа записи не прочесть.</translation>
    </message>
    <message>
        <source>The file is damaged or belongs to another key (%1). Do not delete it: call the administrator, who restores it from the backup.</source>
        <translation>Файл повреждён или зашифрован другим ключом (%1). Не удаляйте его: позовите администратора, он восстановит копию.</translation>
    </message>
    <message>
        <source>The disk refuses it (%1). Check free space and rights of the data folder.</source>
        <translation>Диск отказывает (%1). Проверьте свободное место и права на папку данных.</translation>
    </message>
    <message>
        <source>Reason: %1. Call the administrator.</source>
        <translation>Причина: %1. Позовите администратора.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Ожидание</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Разговор</translation>
    </message>
    <message>
        <source>Wrap-up time</source>
        <translation>Оформление</translation>
    </message>
    <message>
        <source>on average</source>
        <translation>в среднем</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>Платформа</translation>
    </message>
    <message>
        <source>Platform: connecting</source>
        <translation>Платформа: подключаемся</translation>
    </message>
    <message>
        <source>Platform away since %1</source>
        <translation>Платформа недоступна с %1</translation>
    </message>
    <message>
        <source>Message № %1 has news from the platform</source>
        <translation>По сообщению № %1 есть новости с платформы</translation>
    </message>
    <message>
        <source>The platform refuses message № %1 (%2)</source>
        <translation>Платформа не принимает сообщение № %1 (%2)</translation>
    </message>
    <message>
        <source>The message is registered here; tell the administrator.</source>
        <translation>Здесь оно зарегистрировано; сообщите администратору.</translation>
    </message>
    <message>
        <source>The directory does not open</source>
        <translation>Справочник не открывается</translation>
    </message>
    <message>
        <source>A newer version of the program wrote it. Install that version.</source>
        <translation>Его записала более новая версия программы. Установите её.</translation>
    </message>
    <message>
        <source>Its file directory.db is damaged or the disk refuses it. The administrator may move it away: the program makes it anew at the next start.</source>
        <translation>Файл directory.db повреждён или диск отказывает. Администратор может убрать его: при следующем запуске программа создаст справочник заново.</translation>
    </message>
    <message>
        <source>The value of %1 cannot work. Correct it in console.toml and start again.</source>
        <translation>Значение %1 не подходит. Исправьте его в console.toml и запустите программу снова.</translation>
    </message>
    <message>
        <source>A setting is wrong</source>
        <translation>Ошибка в настройках</translation>
    </message>
    <message>
        <source>The city&apos;s database is away since %1</source>
        <translation>База города недоступна с %1</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>она не отвечает</translation>
    </message>
    <message>
        <source>it is overloaded</source>
        <translation>она перегружена</translation>
    </message>
    <message>
        <source>it takes no records now</source>
        <translation>она сейчас не принимает записи</translation>
    </message>
    <message>
        <source>its tables are not ready: the administrator runs central init</source>
        <translation>её таблицы не готовы, нужен администратор (central init)</translation>
    </message>
    <message>
        <source>it does not let this workplace in: call the administrator</source>
        <translation>она не пускает это рабочее место, нужен администратор</translation>
    </message>
    <message>
        <source>another computer uses this workplace&apos;s code: call the administrator</source>
        <translation>код этого рабочего места занят другим компьютером, нужен администратор</translation>
    </message>
    <message>
        <source>the local store cannot be read</source>
        <translation>не читается реестр на этом компьютере</translation>
    </message>
    <message>
        <source>the reason is in the log</source>
        <translation>причина в журнале программы</translation>
    </message>
    <message>
        <source>Everything is kept encrypted on this computer. Name the first person; a senior operator has all rights.</source>
        <translation>Всё хранится на этом компьютере в зашифрованном виде. Назовите первого работника; у старшего оператора есть все права.</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>Должностное лицо</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>Registration</source>
        <translation>Регистрация</translation>
    </message>
    <message>
        <source>Call to the own number</source>
        <translation>Звонок на свой номер</translation>
    </message>
    <message>
        <source>Sound both ways</source>
        <translation>Звук в обе стороны</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Микрофон</translation>
    </message>
    <message>
        <source>Ring tone</source>
        <translation>Сигнал вызова</translation>
    </message>
    <message>
        <source>Does the telephone system know this phone?</source>
        <translation>Знает ли станция этот телефон?</translation>
    </message>
    <message>
        <source>Does a call arrive here?</source>
        <translation>Доходит ли сюда звонок?</translation>
    </message>
    <message>
        <source>Does the voice pass in both directions?</source>
        <translation>Проходит ли голос туда и обратно?</translation>
    </message>
    <message>
        <source>Are you heard? You will have to speak.</source>
        <translation>Слышно ли вас? Нужно будет говорить.</translation>
    </message>
    <message>
        <source>Does the phone ring aloud?</source>
        <translation>Звонит ли телефон вслух?</translation>
    </message>
    <message>
        <source>Asking the telephone system…</source>
        <translation>Спрашиваем станцию…</translation>
    </message>
    <message>
        <source>Calling the own number…</source>
        <translation>Звоним на свой номер…</translation>
    </message>
    <message>
        <source>Listening for the echo…</source>
        <translation>Слушаем, вернётся ли звук…</translation>
    </message>
    <message>
        <source>Speak into the microphone now, for example: one, two, three…</source>
        <translation>Говорите в микрофон, например: «раз, два, три…»</translation>
    </message>
    <message>
        <source>The phone rings now: listen</source>
        <translation>Звучит сигнал вызова: слушайте</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>ожидает</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>проверяется</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>в порядке</translation>
    </message>
    <message>
        <source>with a remark</source>
        <translation>есть замечание</translation>
    </message>
    <message>
        <source>fault</source>
        <translation>неисправно</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>не проверялось</translation>
    </message>
    <message>
        <source>Unknown outcome: %1</source>
        <translation>Неизвестный исход: %1</translation>
    </message>
    <message>
        <source>Call the administrator.</source>
        <translation>Позовите администратора.</translation>
    </message>
    <message>
        <source>Call the administrator and name this code.</source>
        <translation>Позовите администратора и назовите ему этот код.</translation>
    </message>
    <message>
        <source>Check the network cable; if the network is there, call the administrator.</source>
        <translation>Проверьте сетевой кабель. Если сеть есть, позовите администратора.</translation>
    </message>
    <message>
        <source>Plug in your headset and repeat the check.</source>
        <translation>Подключите гарнитуру и повторите проверку.</translation>
    </message>
    <message>
        <source>The telephone system knows this phone</source>
        <translation>Станция приняла регистрацию телефона</translation>
    </message>
    <message>
        <source>No telephone system is set: direct calls only</source>
        <translation>Станция не настроена: телефон принимает только прямые звонки</translation>
    </message>
    <message>
        <source>The telephone system refuses the account (%1)</source>
        <translation>Станция не приняла учётную запись телефона (%1)</translation>
    </message>
    <message>
        <source>Call the administrator: number or password of the phone are wrong.</source>
        <translation>Позовите администратора: номер или пароль телефона в настройках неверны.</translation>
    </message>
    <message>
        <source>The telephone system refuses this phone (%1)</source>
        <translation>Станция отказала телефону в регистрации (%1)</translation>
    </message>
    <message>
        <source>The telephone system&apos;s name is not found</source>
        <translation>Имя станции не найдено в сети</translation>
    </message>
    <message>
        <source>Check the network cable; then the administrator looks at name and DNS.</source>
        <translation>Проверьте сетевой кабель. Если сеть есть, администратор проверит имя станции и DNS.</translation>
    </message>
    <message>
        <source>The telephone system takes no connection</source>
        <translation>Станция не принимает соединение</translation>
    </message>
    <message>
        <source>Call the administrator: it is switched off, or its port is closed.</source>
        <translation>Позовите администратора: станция выключена или её порт закрыт.</translation>
    </message>
    <message>
        <source>There is no way to the telephone system</source>
        <translation>До станции нет пути по сети</translation>
    </message>
    <message>
        <source>The telephone system is silent when connected to</source>
        <translation>Станция молчит при попытке соединиться</translation>
    </message>
    <message>
        <source>The connection to the telephone system broke</source>
        <translation>Соединение со станцией оборвалось</translation>
    </message>
    <message>
        <source>The telephone system&apos;s certificate is not trusted</source>
        <translation>Сертификат станции не вызывает доверия</translation>
    </message>
    <message>
        <source>Call the administrator: the certificate is another&apos;s or out of date.</source>
        <translation>Позовите администратора: сертификат чужой или просрочен.</translation>
    </message>
    <message>
        <source>Encryption with the telephone system fails</source>
        <translation>Не удаётся зашифровать связь со станцией</translation>
    </message>
    <message>
        <source>A call arrives at this phone</source>
        <translation>Звонок доходит до этого телефона</translation>
    </message>
    <message>
        <source>The call did not arrive within 10 seconds</source>
        <translation>Звонок не дошёл за 10 секунд</translation>
    </message>
    <message>
        <source>Citizens&apos; calls may not arrive either: call the administrator, who looks where the telephone system sends them.</source>
        <translation>Звонки абонентов тоже могут не доходить. Позовите администратора: он проверит, куда их направляет станция.</translation>
    </message>
    <message>
        <source>The telephone system does not find this number</source>
        <translation>Станция не находит этот номер</translation>
    </message>
    <message>
        <source>Register again; if that does not help, call the administrator.</source>
        <translation>Зарегистрируйте телефон заново. Если не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>The own number is busy or refuses calls</source>
        <translation>Свой номер занят или не принимает звонки</translation>
    </message>
    <message>
        <source>Another phone of this number may be talking, or the settings say not to disturb.</source>
        <translation>Возможно, разговаривает другой аппарат с этим номером или в настройках стоит «не беспокоить».</translation>
    </message>
    <message>
        <source>The telephone system did not connect (%1)</source>
        <translation>Станция не соединила (%1)</translation>
    </message>
    <message>
        <source>There is no free port for the check</source>
        <translation>Для проверки нет свободного порта</translation>
    </message>
    <message>
        <source>Repeat in a minute, then call the administrator.</source>
        <translation>Повторите через минуту. Если не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>Not checked: registration comes first</source>
        <translation>Не проверялось: сначала нужна регистрация</translation>
    </message>
    <message>
        <source>Clear both ways, the delay is %1 ms</source>
        <translation>Слышно чисто в обе стороны, задержка %1 мс</translation>
    </message>
    <message>
        <source>The sound did not come back</source>
        <translation>Звук не вернулся</translation>
    </message>
    <message>
        <source>You and the caller would not hear each other: call the administrator. Closed voice ports do this, or a system that sends the own number to voice mail.</source>
        <translation>Вы с абонентом не услышите друг друга. Позовите администратора: закрыты порты голоса или станция отправляет свой номер на автоответчик.</translation>
    </message>
    <message>
        <source>The sound comes back distorted</source>
        <translation>Звук вернулся с искажениями</translation>
    </message>
    <message>
        <source>Voices will break up. Stop large downloads and repeat; if it stays, call the administrator.</source>
        <translation>Голос будет прерываться. Остановите большие загрузки и повторите. Если не прошло, позовите администратора.</translation>
    </message>
    <message>
        <source>The sound comes back late: %1 ms</source>
        <translation>Звук запаздывает на %1 мс</translation>
    </message>
    <message>
        <source>You and the caller will interrupt each other. Repeat the check; if it stays, call the administrator.</source>
        <translation>Вы с абонентом будете перебивать друг друга. Повторите проверку. Если не прошло, позовите администратора.</translation>
    </message>
    <message>
        <source>Not checked: there was no call</source>
        <translation>Не проверялось: звонок не состоялся</translation>
    </message>
    <message>
        <source>You are heard well</source>
        <translation>Вас хорошо слышно</translation>
    </message>
    <message>
        <source>You are hardly heard</source>
        <translation>Вас плохо слышно</translation>
    </message>
    <message>
        <source>Move the microphone closer, or turn it up in the system&apos;s settings.</source>
        <translation>Придвиньте микрофон или прибавьте его громкость в настройках компьютера.</translation>
    </message>
    <message>
        <source>Too loud: the voice is cut off</source>
        <translation>Слишком громко: голос искажается</translation>
    </message>
    <message>
        <source>Move the microphone away, or turn it down in the system&apos;s settings.</source>
        <translation>Отодвиньте микрофон или убавьте его громкость в настройках компьютера.</translation>
    </message>
    <message>
        <source>The microphone gives no sound</source>
        <translation>Микрофон не передаёт звук</translation>
    </message>
    <message>
        <source>Look for the switch on the headset, and speak while the microphone is checked.</source>
        <translation>Проверьте выключатель на гарнитуре и говорите, пока идёт проверка микрофона.</translation>
    </message>
    <message>
        <source>There is no microphone</source>
        <translation>Микрофон не найден</translation>
    </message>
    <message>
        <source>You are heard by another microphone</source>
        <translation>Вас слышит другой микрофон</translation>
    </message>
    <message>
        <source>The chosen headset is away: plug it in and repeat the check.</source>
        <translation>Выбранная гарнитура не подключена. Подключите её и повторите проверку.</translation>
    </message>
    <message>
        <source>The computer&apos;s sound does not work</source>
        <translation>Звук на компьютере не работает</translation>
    </message>
    <message>
        <source>The ring tone was played</source>
        <translation>Сигнал вызова прозвучал</translation>
    </message>
    <message>
        <source>Not heard? Turn up the volume of its loudspeaker.</source>
        <translation>Не услышали? Прибавьте громкость динамика.</translation>
    </message>
    <message>
        <source>Calls will be seen but not heard: plug in loudspeaker or headset.</source>
        <translation>Вызовы будут видны, но не слышны. Подключите динамик или гарнитуру.</translation>
    </message>
    <message>
        <source>It rings on another device</source>
        <translation>Сигнал звучит на другом устройстве</translation>
    </message>
    <message>
        <source>The chosen ringer is away: plug it in and repeat the check.</source>
        <translation>Выбранный динамик не подключён. Подключите его и повторите проверку.</translation>
    </message>
    <message>
        <source>Not checked: there is no sound</source>
        <translation>Не проверялось: звук не работает</translation>
    </message>
    <message>
        <source>A call is there: the check is possible when the line is free.</source>
        <translation>Идёт вызов: проверка возможна, когда линия свободна.</translation>
    </message>
    <message>
        <source>The phone is starting: try again in a few seconds.</source>
        <translation>Телефон запускается: повторите через несколько секунд.</translation>
    </message>
    <message>
        <source>The check is stopped.</source>
        <translation>Проверка остановлена.</translation>
    </message>
    <message>
        <source>A call came in: the check is broken off.</source>
        <translation>Поступил вызов: проверка прервана.</translation>
    </message>
    <message>
        <source>The phone&apos;s program ended and is started again: repeat the check then.</source>
        <translation>Программа телефона завершилась и запускается заново: повторите проверку.</translation>
    </message>
    <message>
        <source>The check itself broke down: repeat it, then call the administrator.</source>
        <translation>Проверка не закончилась: повторите её. Если не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>Checked at %1.</source>
        <translation>Проверено в %1.</translation>
    </message>
    <message>
        <source>The phone is in order.</source>
        <translation>Телефон в порядке.</translation>
    </message>
    <message>
        <source>No telephone system is set: nothing to register at</source>
        <translation>Станция не настроена: регистрировать телефон негде</translation>
    </message>
    <message>
        <source>Telephone system</source>
        <translation>Станция</translation>
    </message>
    <message>
        <source>Last registration</source>
        <translation>Последняя регистрация</translation>
    </message>
    <message>
        <source>Phone&apos;s program</source>
        <translation>Программа телефона</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Звук</translation>
    </message>
    <message>
        <source>connected since %1</source>
        <translation>на связи с %1</translation>
    </message>
    <message>
        <source>no connection since %1</source>
        <translation>нет связи с %1</translation>
    </message>
    <message>
        <source>less than a minute ago</source>
        <translation>меньше минуты назад</translation>
    </message>
    <message>
        <source>works</source>
        <translation>работает</translation>
    </message>
    <message>
        <source>restarted at %1</source>
        <translation>перезапущена в %1</translation>
    </message>
    <message>
        <source>is starting</source>
        <translation>запускается</translation>
    </message>
    <message>
        <source>failed at %1, is starting again</source>
        <translation>сбой в %1, запускается заново</translation>
    </message>
    <message>
        <source>nothing to remark</source>
        <translation>замечаний нет</translation>
    </message>
    <message>
        <source>The headset is unplugged</source>
        <translation>Гарнитура отключена</translation>
    </message>
    <message>
        <source>Plug it in: the call goes on, and the sound comes back by itself.</source>
        <translation>Подключите её: вызов не прервётся, звук вернётся сам.</translation>
    </message>
    <message>
        <source>The microphone is away</source>
        <translation>Микрофон отключён</translation>
    </message>
    <message>
        <source>The caller does not hear you: check the headset&apos;s plug.</source>
        <translation>Абонент вас не слышит: проверьте разъём гарнитуры.</translation>
    </message>
    <message>
        <source>The earpiece is away</source>
        <translation>Наушник отключён</translation>
    </message>
    <message>
        <source>You do not hear the caller: check the headset&apos;s plug.</source>
        <translation>Вы не слышите абонента: проверьте разъём гарнитуры.</translation>
    </message>
    <message>
        <source>Another sound device stands in</source>
        <translation>Работает другое звуковое устройство</translation>
    </message>
    <message>
        <source>The chosen headset is away: plug it in, and it is used again by itself.</source>
        <translation>Выбранная гарнитура не найдена. Подключите её: телефон вернётся к ней сам.</translation>
    </message>
    <message>
        <source>Echo is not cancelled</source>
        <translation>Эхо не подавляется</translation>
    </message>
    <message>
        <source>The caller may hear himself: use a headset and no loudspeakers.</source>
        <translation>Абонент может слышать сам себя: говорите через гарнитуру, без колонок.</translation>
    </message>
    <message>
        <source>The headset works again</source>
        <translation>Гарнитура снова работает</translation>
    </message>
    <message>
        <source>The chosen headset is used again</source>
        <translation>Снова работает выбранная гарнитура</translation>
    </message>
    <message>
        <source>Echo is cancelled again</source>
        <translation>Эхо снова подавляется</translation>
    </message>
    <message>
        <source>The caller is not heard</source>
        <translation>Абонента не слышно</translation>
    </message>
    <message>
        <source>The microphone is silent</source>
        <translation>Микрофон молчит</translation>
    </message>
    <message>
        <source>good sound</source>
        <translation>хорошая связь</translation>
    </message>
    <message>
        <source>poor sound</source>
        <translation>связь хуже</translation>
    </message>
    <message>
        <source>bad sound</source>
        <translation>плохая связь</translation>
    </message>
    <message>
        <source>Score (MOS): %1 of 4.5</source>
        <translation>Оценка (MOS): %1 из 4,5</translation>
    </message>
    <message>
        <source>Lost here: %1 %</source>
        <translation>Потери у вас: %1 %</translation>
    </message>
    <message>
        <source>Jitter: %1 ms</source>
        <translation>Дрожание: %1 мс</translation>
    </message>
    <message>
        <source>There and back: %1 ms</source>
        <translation>Туда и обратно: %1 мс</translation>
    </message>
    <message>
        <source>Lost at the caller&apos;s: %1 %</source>
        <translation>Потери у абонента: %1 %</translation>
    </message>
    <message>
        <source>Speak slowly and have numbers repeated; if it stays so, offer to call back.</source>
        <translation>Говорите медленно, переспрашивайте числа. Если не проходит, попросите абонента перезвонить.</translation>
    </message>
    <message>
        <source>Phone since %1</source>
        <translation>Телефон на связи с %1</translation>
    </message>
    <message>
        <source>The phone&apos;s program has ended</source>
        <translation>Программа телефона завершилась</translation>
    </message>
    <message>
        <source>It is started again by itself; a call that was up may be lost. F12 tells more.</source>
        <translation>Она запустится сама; идущий вызов мог прерваться. Подробнее — F12.</translation>
    </message>
    <message>
        <source>The phone&apos;s program works again</source>
        <translation>Программа телефона снова работает</translation>
    </message>
    <message>
        <source>none, direct calls to %1</source>
        <translation>нет, прямые звонки на %1</translation>
    </message>
    <message>
        <source>The directory was damaged and has been mended</source>
        <translation>Справочник был повреждён и восстановлен</translation>
    </message>
    <message>
        <source>Nothing of it was lost. The damaged file is kept as %1 for the administrator.</source>
        <translation>Записи не потеряны. Повреждённый файл сохранён для администратора под именем %1.</translation>
    </message>
    <message>
        <source>The directory&apos;s index could not be made anew</source>
        <translation>Не удалось обновить указатель справочника</translation>
    </message>
    <message>
        <source>The disk refuses it. The search goes on; tell the administrator.</source>
        <translation>Диск не даёт записать. Поиск работает; сообщите администратору.</translation>
    </message>
    <message>
        <source>The directory is damaged and cannot be mended</source>
        <translation>Справочник повреждён, и восстановить его не удалось</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>Сказать</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <source>Also called</source>
        <translation>Ещё зовут</translation>
    </message>
    <message>
        <source>Answers for it</source>
        <translation>Отвечает</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Источник</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Ссылка</translation>
    </message>
    <message>
        <source>Checked on</source>
        <translation>Проверено</translation>
    </message>
    <message>
        <source>Holds from</source>
        <translation>Действует с</translation>
    </message>
    <message>
        <source>Closed from</source>
        <translation>Закрыта с</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>Входит в</translation>
    </message>
    <message>
        <source>Short title</source>
        <translation>Кратко</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Адрес</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>Телефоны</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Почта</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Часы работы</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Шаги</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Срок</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>Плата</translation>
    </message>
    <message>
        <source>Works at</source>
        <translation>Орган</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Должность</translation>
    </message>
    <message>
        <source>Receives</source>
        <translation>Приём</translation>
    </message>
    <message>
        <source>Take part</source>
        <translation>Участвуют</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Answer term</source>
        <translation>Срок ответа</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Дни</translation>
    </message>
    <message>
        <source>Powers</source>
        <translation>Полномочия</translation>
    </message>
    <message>
        <source>About the person</source>
        <translation>Сведения</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Описание</translation>
    </message>
    <message>
        <source>One number a line: number, ext. 215 — what it is for</source>
        <translation>По одному номеру в строке: номер, доб. 215 — для чего он</translation>
    </message>
    <message>
        <source>Write them like this: mon–fri 8:30–17:30, lunch 13:00–14:00</source>
        <translation>Пишите так: пн–пт 8:30–17:30, обед 13:00–14:00</translation>
    </message>
    <message>
        <source>Write a number of days, such as 30</source>
        <translation>Напишите число дней, например 30</translation>
    </message>
    <message>
        <source>An entry cannot belong to itself</source>
        <translation>Запись не может входить сама в себя</translation>
    </message>
    <message>
        <source>State the day as DD.MM.YYYY, later than the first one</source>
        <translation>Напишите день как ДД.ММ.ГГГГ, позже первого</translation>
    </message>
    <message>
        <source>State the day as DD.MM.YYYY</source>
        <translation>Напишите день как ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>Without a title operators will hardly find it</source>
        <translation>Без названия операторы вряд ли найдут эту запись</translation>
    </message>
    <message>
        <source>New entry, not published yet</source>
        <translation>Новая запись, ещё не опубликована</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>правка %1</translation>
    </message>
    <message>
        <source>Owner: %1</source>
        <translation>Владелец: %1</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Без названия</translation>
    </message>
    <message>
        <source>Draft saved at %1</source>
        <translation>Черновик правки сохранён %1</translation>
    </message>
    <message>
        <source>The draft is not on the disk: trying again</source>
        <translation>Черновик не записан на диск: пробуем ещё раз</translation>
    </message>
    <message>
        <source>Never checked</source>
        <translation>Ни разу не проверено</translation>
    </message>
    <message>
        <source>Checked on %1, long ago</source>
        <translation>Проверено %1, давно</translation>
    </message>
    <message>
        <source>Closed from %1</source>
        <translation>Закрыта с %1</translation>
    </message>
    <message>
        <source>%1 changed this entry at %2: %3</source>
        <translation>Запись тем временем изменена (%1, %2): %3</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Загрузка</translation>
    </message>
    <message>
        <source>no field</source>
        <translation>ни одного поля</translation>
    </message>
    <message>
        <source>Entry made</source>
        <translation>Запись создана</translation>
    </message>
    <message>
        <source>Old version restored</source>
        <translation>Возвращена старая версия</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Проверено</translation>
    </message>
    <message>
        <source>Not published yet</source>
        <translation>Ещё не опубликованы</translation>
    </message>
    <message>
        <source>No topic</source>
        <translation>Без темы</translation>
    </message>
    <message>
        <source>Bodies and services of the city</source>
        <translation>Органы и службы города</translation>
    </message>
    <message>
        <source>Officials</source>
        <translation>Должностные лица</translation>
    </message>
    <message>
        <source>Topics and categories</source>
        <translation>Темы и категории</translation>
    </message>
    <message>
        <source>The entry is published</source>
        <translation>Запись опубликована</translation>
    </message>
    <message>
        <source>Operators find it from now on.</source>
        <translation>Операторы уже находят её.</translation>
    </message>
    <message>
        <source>Version %1 holds again</source>
        <translation>Снова действует правка %1</translation>
    </message>
    <message>
        <source>Nothing has been changed</source>
        <translation>Ничего не изменено</translation>
    </message>
    <message>
        <source>The entry is not published</source>
        <translation>Запись не опубликована</translation>
    </message>
    <message>
        <source>What is wrong is marked in the form.</source>
        <translation>Что исправить, отмечено в форме.</translation>
    </message>
    <message>
        <source>Publish or drop your changes first</source>
        <translation>Сначала опубликуйте или отмените свою правку</translation>
    </message>
    <message>
        <source>The directory could not be written</source>
        <translation>Справочник не удалось записать</translation>
    </message>
    <message>
        <source>Nothing typed is lost: it stays in the form. Tell the administrator.</source>
        <translation>Набранное не потеряно: оно осталось в форме. Сообщите администратору.</translation>
    </message>
    <message>
        <source>Your role does not edit the directory</source>
        <translation>Ваша роль не изменяет справочник</translation>
    </message>
    <message>
        <source>mon</source>
        <translation>пн</translation>
    </message>
    <message>
        <source>tue</source>
        <translation>вт</translation>
    </message>
    <message>
        <source>wed</source>
        <translation>ср</translation>
    </message>
    <message>
        <source>thu</source>
        <translation>чт</translation>
    </message>
    <message>
        <source>fri</source>
        <translation>пт</translation>
    </message>
    <message>
        <source>sat</source>
        <translation>сб</translation>
    </message>
    <message>
        <source>sun</source>
        <translation>вс</translation>
    </message>
    <message>
        <source>daily</source>
        <translation>ежедневно</translation>
    </message>
    <message>
        <source>round the clock</source>
        <translation>круглосуточно</translation>
    </message>
    <message>
        <source>lunch</source>
        <translation>обед</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>Что изменить</translation>
    </message>
    <message>
        <source>Within the topic</source>
        <translation>Внутри темы</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>Отвечает</translation>
    </message>
    <message>
        <source>Proposed by</source>
        <translation>Предлагает</translation>
    </message>
    <message>
        <source>Write the name (par. 4.2)</source>
        <translation>Напишите название (п. 4.2)</translation>
    </message>
    <message>
        <source>Choose the body responsible (par. 4.2)</source>
        <translation>Выберите ответственный орган (п. 4.2)</translation>
    </message>
    <message>
        <source>Write how messages are routed (par. 4.2)</source>
        <translation>Напишите, как направляются сообщения (п. 4.2)</translation>
    </message>
    <message>
        <source>Choose the body that proposes it</source>
        <translation>Выберите орган, который это предлагает</translation>
    </message>
    <message>
        <source>Write why: the body will want to know</source>
        <translation>Напишите причину: орган должен её знать</translation>
    </message>
    <message>
        <source>to decide</source>
        <translation>ждёт решения</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>принято</translation>
    </message>
    <message>
        <source>Waits for the supervisor&apos;s decision</source>
        <translation>Ждёт решения старшего оператора</translation>
    </message>
    <message>
        <source>The proposal is written down</source>
        <translation>Предложение записано</translation>
    </message>
    <message>
        <source>Accepted: the directory is changed</source>
        <translation>Принято, справочник изменён</translation>
    </message>
    <message>
        <source>Declined: the directory stays as it is</source>
        <translation>Отклонено, справочник остался прежним</translation>
    </message>
    <message>
        <source>Break until %1</source>
        <translation>Перерыв до %1</translation>
    </message>
    <message>
        <source>Open until %2, %1</source>
        <translation>Открыто до %2, %1</translation>
    </message>
    <message>
        <source>Kind of body</source>
        <translation>Вид органа</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Кабинет</translation>
    </message>
    <message>
        <source>Department of the administration</source>
        <translation>Подразделение администрации</translation>
    </message>
    <message>
        <source>Institution of the city</source>
        <translation>Городское учреждение</translation>
    </message>
    <message>
        <source>Enterprise</source>
        <translation>Предприятие</translation>
    </message>
    <message>
        <source>Emergency service</source>
        <translation>Экстренная служба</translation>
    </message>
    <message>
        <source>Body of the state</source>
        <translation>Государственный орган</translation>
    </message>
    <message>
        <source>break</source>
        <translation>перерыв</translation>
    </message>
    <message>
        <source>day off</source>
        <translation>выходной</translation>
    </message>
    <message>
        <source>no shorter on the eve of a holiday</source>
        <translation>в предпраздничные дни без сокращения</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Вопросы</translation>
    </message>
    <message>
        <source>Contacts of bodies</source>
        <translation>Контакты</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Услуги</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Темы</translation>
    </message>
    <message>
        <source>Contacts</source>
        <comment>many</comment>
        <translation>Контакты</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>Читаем файл…</translation>
    </message>
    <message>
        <source>Reading the file: %1 rows</source>
        <translation>Читаем файл, прочитано строк: %1</translation>
    </message>
    <message>
        <source>Making the search ready…</source>
        <translation>Готовим поиск…</translation>
    </message>
    <message>
        <source>Loading: %1 of %2</source>
        <translation>Загружаем: %1 из %2</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Прерываем…</translation>
    </message>
    <message>
        <source>Stopped: the directory is as it was</source>
        <translation>Прервано: справочник не изменился</translation>
    </message>
    <message>
        <source>The whole file is good: it can be loaded</source>
        <translation>Весь файл годен: его можно загрузить</translation>
    </message>
    <message>
        <source>All of this is in the directory already</source>
        <translation>Всё это в справочнике уже есть</translation>
    </message>
    <message>
        <source>The file has no entries</source>
        <translation>В файле нет записей</translation>
    </message>
    <message>
        <source>Nothing is loaded while a row is wrong: mend the file, or load its good rows only</source>
        <translation>Пока в файле есть ошибки, ничего не загружено: исправьте файл или загрузите только годные строки</translation>
    </message>
    <message>
        <source>The file cannot be loaded: see what is wrong</source>
        <translation>Загрузить нечего: посмотрите, что не так</translation>
    </message>
    <message>
        <source>Loaded: new — %1, changed — %2</source>
        <translation>Загружено: новых — %1, изменённых — %2</translation>
    </message>
    <message>
        <source>closed — %1</source>
        <translation>закрытых — %1</translation>
    </message>
    <message>
        <source>The load is undone: all is as it was</source>
        <translation>Загрузка отменена: всё как было</translation>
    </message>
    <message>
        <source>The load is undone, but for entries edited since: %1</source>
        <translation>Загрузка отменена, кроме записей, которые с тех пор правили: %1</translation>
    </message>
    <message>
        <source>The directory was edited meanwhile: look at the changes once more</source>
        <translation>Справочник за это время правили: посмотрите изменения ещё раз</translation>
    </message>
    <message>
        <source>Nothing is changed. Tell the administrator.</source>
        <translation>Ничего не изменилось. Сообщите администратору.</translation>
    </message>
    <message>
        <source>Choose a file or type its path</source>
        <translation>Выберите файл или напишите путь к нему</translation>
    </message>
    <message>
        <source>There is no such file: check its path</source>
        <translation>Такого файла нет: проверьте путь</translation>
    </message>
    <message>
        <source>The file may not be read: close it elsewhere, or ask for access</source>
        <translation>Файл не даёт себя прочитать: закройте его в другой программе или попросите доступ</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Файл не читается</translation>
    </message>
    <message>
        <source>Changes: %1</source>
        <translation>Изменится: %1</translation>
    </message>
    <message>
        <source>was: %1</source>
        <translation>было: %1</translation>
    </message>
    <message>
        <source>becomes: %1</source>
        <translation>станет: %1</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>пусто</translation>
    </message>
    <message>
        <source>whole file</source>
        <translation>весь файл</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>строка %1</translation>
    </message>
    <message>
        <source>sheet “%1”</source>
        <translation>лист «%1»</translation>
    </message>
    <message>
        <source>column “%1”</source>
        <translation>столбец «%1»</translation>
    </message>
    <message>
        <source>written: “%1”</source>
        <translation>написано: «%1»</translation>
    </message>
    <message>
        <source>The file is damaged or of another kind</source>
        <translation>Файл повреждён или не того вида</translation>
    </message>
    <message>
        <source>The line is no JSON object</source>
        <translation>Строка — не объект JSON</translation>
    </message>
    <message>
        <source>Not filled in</source>
        <translation>Не заполнено</translation>
    </message>
    <message>
        <source>The folder has no table</source>
        <translation>В папке нет таблиц</translation>
    </message>
    <message>
        <source>Not XLSX, CSV or JSONL</source>
        <translation>Не XLSX, не CSV и не JSONL</translation>
    </message>
    <message>
        <source>A quotation mark is not closed</source>
        <translation>Кавычка не закрыта</translation>
    </message>
    <message>
        <source>A column is missing</source>
        <translation>Не хватает столбца</translation>
    </message>
    <message>
        <source>The column stands twice</source>
        <translation>Столбец стоит дважды</translation>
    </message>
    <message>
        <source>A cell has no heading above it</source>
        <translation>Над ячейкой нет заголовка</translation>
    </message>
    <message>
        <source>A formula instead of a value</source>
        <translation>Формула вместо значения</translation>
    </message>
    <message>
        <source>No such column for these entries</source>
        <translation>У таких записей нет этого столбца</translation>
    </message>
    <message>
        <source>Something else belongs here</source>
        <translation>Здесь должно быть другое</translation>
    </message>
    <message>
        <source>Cannot be understood</source>
        <translation>Не удалось понять</translation>
    </message>
    <message>
        <source>The key stands twice</source>
        <translation>Ключ стоит дважды</translation>
    </message>
    <message>
        <source>No entry has this key</source>
        <translation>Записи с таким ключом нет</translation>
    </message>
    <message>
        <source>Refers to a row that is wrong itself</source>
        <translation>Ссылается на строку с ошибкой</translation>
    </message>
    <message>
        <source>Save the table as XLSX or CSV and choose that file.</source>
        <translation>Сохраните таблицу как XLSX или CSV и выберите этот файл.</translation>
    </message>
    <message>
        <source>Open it in the program it comes from and save it anew, as XLSX or CSV.</source>
        <translation>Откройте его в своей программе и сохраните заново как XLSX или CSV.</translation>
    </message>
    <message>
        <source>Each line has to be one JSON object.</source>
        <translation>На каждой строке должен стоять один объект JSON.</translation>
    </message>
    <message>
        <source>Look for a quotation mark too many in this row; the rest is not read.</source>
        <translation>Найдите в этой строке лишнюю кавычку; дальше файл не прочитан.</translation>
    </message>
    <message>
        <source>Compare the headings with the sample table; take out what is too much.</source>
        <translation>Сверьте заголовки с образцом таблицы и уберите лишнее.</translation>
    </message>
    <message>
        <source>Leave one of the two columns.</source>
        <translation>Оставьте один из двух столбцов.</translation>
    </message>
    <message>
        <source>Put the value itself into the cell: copy, then paste as values.</source>
        <translation>Поставьте в ячейку само значение: скопируйте и вставьте «как значения».</translation>
    </message>
    <message>
        <source>Give one of the two rows another key, or take it out.</source>
        <translation>Дайте одной из двух строк другой ключ или уберите её.</translation>
    </message>
    <message>
        <source>Write the key of an entry of the directory or of this file.</source>
        <translation>Напишите ключ записи, которая есть в справочнике или в этом файле.</translation>
    </message>
    <message>
        <source>Mend that row first; this one is good.</source>
        <translation>Исправьте сначала ту строку; в этой ошибки нет.</translation>
    </message>
    <message>
        <source>One of these words: %1.</source>
        <translation>Одно из слов: %1.</translation>
    </message>
    <message>
        <source>Fill in the cell as in the sample table.</source>
        <translation>Заполните ячейку как в образце таблицы.</translation>
    </message>
    <message>
        <source>directory</source>
        <translation>справочник</translation>
    </message>
    <message>
        <source>sample table</source>
        <translation>образец таблицы</translation>
    </message>
    <message>
        <source>%1 — what is wrong</source>
        <translation>%1 — ошибки</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Что делать</translation>
    </message>
    <message>
        <source>Sheet or file</source>
        <translation>Лист или файл</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Строка</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Столбец</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Что не так</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Написано</translation>
    </message>
    <message>
        <source>Writing the file…</source>
        <translation>Пишем файл…</translation>
    </message>
    <message>
        <source>Entries written: %1</source>
        <translation>Выгружено записей: %1</translation>
    </message>
    <message>
        <source>Choose at least one kind of entries</source>
        <translation>Выберите хотя бы один вид записей</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Файл записан: %1</translation>
    </message>
    <message>
        <source>The file is not written</source>
        <translation>Файл не записан</translation>
    </message>
    <message>
        <source>Entry %1, column “%2”: the format has no place for this. Choose XLSX.</source>
        <translation>Запись %1, столбец «%2»: в этом формате такого не записать. Выберите XLSX.</translation>
    </message>
    <message>
        <source>Close it where it is open, or choose another folder.</source>
        <translation>Закройте его там, где он открыт, или выберите другую папку.</translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation>Устарели</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Запись</translation>
    </message>
    <message>
        <source>Days over</source>
        <translation>Дней сверх срока</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Код записи</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>закрыта</translation>
    </message>
    <message>
        <source>%1 · starter list</source>
        <translation>%1 · начальный список</translation>
    </message>
    <message>
        <source>Closed: %1. Save it and it holds again.</source>
        <translation>Закрыта: %1. Сохраните — будет действовать снова.</translation>
    </message>
    <message>
        <source>then found “%1”</source>
        <translation>потом нашли «%1»</translation>
    </message>
    <message>
        <source>Searched for “%1” in vain, then found “%2” by the words “%3”: %4</source>
        <translation>Искали «%1» и не нашли, потом нашли «%2» по словам «%3»: %4</translation>
    </message>
    <message>
        <source>Nothing is found by these words: the synonym will not help</source>
        <translation>По этим словам ничего не находится: синоним не поможет</translation>
    </message>
    <message>
        <source>It will find: %1</source>
        <translation>Найдётся: %1</translation>
    </message>
    <message>
        <source>Write what people say</source>
        <translation>Напишите, как говорят люди</translation>
    </message>
    <message>
        <source>Write what the directory calls it</source>
        <translation>Напишите, как это названо в справочнике</translation>
    </message>
    <message>
        <source>These are the same words: write others</source>
        <translation>Это те же слова: напишите другие</translation>
    </message>
    <message>
        <source>Synonym saved: %1</source>
        <translation>Синоним сохранён: %1</translation>
    </message>
    <message>
        <source>The search understands it from now on.</source>
        <translation>Поиск понимает его с этой минуты.</translation>
    </message>
    <message>
        <source>Synonym closed: %1</source>
        <translation>Синоним закрыт: %1</translation>
    </message>
    <message>
        <source>It will not be suggested again</source>
        <translation>Больше не предложим</translation>
    </message>
    <message>
        <source>found %1, none of use</source>
        <translation>нашлось %1, не пригодилось</translation>
    </message>
    <message>
        <source>Dealt with: “%1”</source>
        <translation>Разобрано: «%1»</translation>
    </message>
    <message>
        <source>%1 in vain</source>
        <translation>%1 не нашли</translation>
    </message>
    <message>
        <source>Nobody answers for them</source>
        <translation>Никто не отвечает</translation>
    </message>
    <message>
        <source>Checked today: “%1”</source>
        <translation>Проверено сегодня: «%1»</translation>
    </message>
    <message>
        <source>entries-out-of-date</source>
        <translation>устаревшие-записи</translation>
    </message>
    <message>
        <source>Undoing the load…</source>
        <translation>Отменяем загрузку…</translation>
    </message>
    <message>
        <source>Spell-check is switched off</source>
        <translation>Проверка правописания выключена</translation>
    </message>
    <message>
        <source>The administrator switches it on.</source>
        <translation>Включает её администратор.</translation>
    </message>
    <message>
        <source>No dictionary to check with</source>
        <translation>Нет словаря для проверки</translation>
    </message>
    <message>
        <source>Texts are kept as ever; the administrator installs hunspell-ru.</source>
        <translation>Тексты сохраняются как обычно; словарь hunspell-ru ставит администратор.</translation>
    </message>
    <message>
        <source>No misspelled words in this field</source>
        <translation>В этом поле нет ошибок</translation>
    </message>
    <message>
        <source>The word was not added</source>
        <translation>Слово не добавлено</translation>
    </message>
    <message>
        <source>The disk did not take it. Try again later.</source>
        <translation>Диск его не принял. Повторите позже.</translation>
    </message>
    <message>
        <source>The directory cannot be read</source>
        <translation>Справочник не читается</translation>
    </message>
    <message>
        <source>The disk is full. Free some space: then it goes on by itself.</source>
        <translation>На диске нет места. Освободите его, и справочник заработает сам.</translation>
    </message>
    <message>
        <source>Its file directory.db is damaged. Restart the program; if that is no help, call the administrator.</source>
        <translation>Его файл directory.db повреждён. Перезапустите программу; не поможет — позовите администратора.</translation>
    </message>
    <message>
        <source>Another program holds its file, such as a backup. Try again in a minute.</source>
        <translation>Его файл занят другой программой, например резервным копированием. Повторите через минуту.</translation>
    </message>
    <message>
        <source>The disk does not give its file directory.db. Try again; if that is no help, restart the program and call the administrator. Calls go on as before.</source>
        <translation>Диск не отдаёт его файл directory.db. Повторите; не поможет — перезапустите программу и позовите администратора. Звонки идут как прежде.</translation>
    </message>
    <message>
        <source>Topics and categories are changed by the supervisor; propose a change: Alt+N</source>
        <translation>Темы и категории меняет старший; предложите изменение: Alt+N</translation>
    </message>
    <message>
        <source>out of date</source>
        <comment>entry</comment>
        <translation>устарело</translation>
    </message>
    <message>
        <source>Thematic regulation</source>
        <translation>Тематический регламент</translation>
    </message>
    <message>
        <source>Technological map</source>
        <translation>Технологическая карта</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Другой документ</translation>
    </message>
    <message>
        <source>The file is not attached</source>
        <translation>Файл не приложен</translation>
    </message>
    <message>
        <source>PDF, DOCX, PNG, JPG and TIFF can be. Save it as PDF and attach that.</source>
        <translation>Прикладываются PDF, DOCX, PNG, JPG и TIFF. Сохраните его как PDF и приложите.</translation>
    </message>
    <message>
        <source>There is nothing in it.</source>
        <translation>Он пустой.</translation>
    </message>
    <message>
        <source>It is larger than %1, and every workplace gets it. Save it smaller, such as a PDF with images of less resolution.</source>
        <translation>Он больше %1, а получает его каждое рабочее место. Сохраните его меньше, например как PDF с картинками меньшего разрешения.</translation>
    </message>
    <message>
        <source>Its content is not what its name says. Open it and save it anew.</source>
        <translation>Внутри не то, что обещает имя. Откройте его и сохраните заново.</translation>
    </message>
    <message>
        <source>It cannot be read: is it there, and closed elsewhere?</source>
        <translation>Его не прочитать: на месте ли он и не открыт ли в другой программе?</translation>
    </message>
    <message>
        <source>The document is attached</source>
        <translation>Документ приложен</translation>
    </message>
    <message>
        <source>The document is closed</source>
        <translation>Документ закрыт</translation>
    </message>
    <message>
        <source>It is kept, but nobody is shown it any more.</source>
        <translation>Он хранится, но больше никому не показывается.</translation>
    </message>
    <message>
        <source>Publish the entry first, then attach documents</source>
        <translation>Сначала опубликуйте запись, потом прикладывайте документы</translation>
    </message>
    <message>
        <source>The document does not open</source>
        <translation>Документ не открывается</translation>
    </message>
    <message>
        <source>This computer has no program for it, or the disk is full.</source>
        <translation>На этом компьютере нет для него программы, или диск полон.</translation>
    </message>
    <message>
        <source>Answer of the body to message № %1 of %2</source>
        <translation>Ответ органа на сообщение № %1 от %2</translation>
    </message>
    <message>
        <source>Personal data: take out %1</source>
        <translation>Персональные данные: уберите %1</translation>
    </message>
    <message>
        <source>Personal data could not be looked for: read the text yourself</source>
        <translation>Персональные данные не проверены: прочитайте текст сами</translation>
    </message>
    <message>
        <source>Personal data stand in the text</source>
        <translation>В тексте остались персональные данные</translation>
    </message>
    <message>
        <source>Ctrl+Enter once more publishes it as it is.</source>
        <translation>Ещё раз Ctrl+Enter — опубликовать как есть.</translation>
    </message>
    <message>
        <source>Answers of bodies</source>
        <translation>Ответы органов</translation>
    </message>
    <message>
        <source>To messages of the last 90 days</source>
        <translation>На сообщения за последние 90 дней</translation>
    </message>
    <message>
        <source>No answers yet</source>
        <translation>Ответов пока нет</translation>
    </message>
    <message>
        <source>What bodies answer to messages on the platform appears here.</source>
        <translation>Здесь появятся ответы органов на сообщения, переданные на платформу.</translation>
    </message>
    <message>
        <source>waits for review</source>
        <translation>ждёт рассмотрения</translation>
    </message>
    <message>
        <source>under review</source>
        <translation>на рассмотрении</translation>
    </message>
    <message>
        <source>registered and published</source>
        <translation>зарегистрировано и опубликовано</translation>
    </message>
    <message>
        <source>registration refused</source>
        <translation>отказано в регистрации</translation>
    </message>
    <message>
        <source>removed as a repetition</source>
        <translation>удалено как повтор</translation>
    </message>
    <message>
        <source>at the body</source>
        <translation>у органа</translation>
    </message>
    <message>
        <source>answer to be checked</source>
        <translation>ответ на проверке</translation>
    </message>
    <message>
        <source>answer returned to the body</source>
        <translation>ответ возвращён органу</translation>
    </message>
    <message>
        <source>answer sent</source>
        <translation>ответ направлен</translation>
    </message>
    <message>
        <source>promised date awaited</source>
        <translation>ждёт обещанного срока</translation>
    </message>
    <message>
        <source>answer rated</source>
        <translation>ответ оценён</translation>
    </message>
    <message>
        <source>at rework</source>
        <translation>на доработке</translation>
    </message>
    <message>
        <source>passed on by votes</source>
        <translation>передано по голосам</translation>
    </message>
    <message>
        <source>Hand over to review</source>
        <translation>Передать на рассмотрение</translation>
    </message>
    <message>
        <source>Split into several messages</source>
        <translation>Разделить на несколько сообщений</translation>
    </message>
    <message>
        <source>Join a known message</source>
        <translation>Присоединить к известному сообщению</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>Отбросить черновик</translation>
    </message>
    <message>
        <source>State the publicity</source>
        <translation>Указать публичность</translation>
    </message>
    <message>
        <source>Mark what is confidential</source>
        <translation>Отметить конфиденциальные сведения</translation>
    </message>
    <message>
        <source>Take the mark away</source>
        <translation>Снять отметку</translation>
    </message>
    <message>
        <source>Take out of publication</source>
        <translation>Снять с публикации</translation>
    </message>
    <message>
        <source>Link another message</source>
        <translation>Связать с другим сообщением</translation>
    </message>
    <message>
        <source>Link the call</source>
        <translation>Связать телефонный вызов</translation>
    </message>
    <message>
        <source>Take up</source>
        <translation>Взять в работу</translation>
    </message>
    <message>
        <source>Give back to the queue</source>
        <translation>Вернуть в очередь</translation>
    </message>
    <message>
        <source>Correct the message</source>
        <translation>Исправить сообщение</translation>
    </message>
    <message>
        <source>Ask a colleague</source>
        <translation>Спросить коллегу</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Зарегистрировать</translation>
    </message>
    <message>
        <source>Register and publish</source>
        <translation>Зарегистрировать и опубликовать</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Опубликовать</translation>
    </message>
    <message>
        <source>Refuse registration</source>
        <translation>Отказать в регистрации</translation>
    </message>
    <message>
        <source>Remove as a repetition</source>
        <translation>Удалить как повтор</translation>
    </message>
    <message>
        <source>Send to the body</source>
        <translation>Направить органу</translation>
    </message>
    <message>
        <source>Redirect to another body</source>
        <translation>Перенаправить другому органу</translation>
    </message>
    <message>
        <source>Answer oneself</source>
        <translation>Ответить самостоятельно</translation>
    </message>
    <message>
        <source>Take the body&apos;s answer in</source>
        <translation>Принять ответ органа</translation>
    </message>
    <message>
        <source>Return the answer</source>
        <translation>Вернуть ответ</translation>
    </message>
    <message>
        <source>Send the answer</source>
        <translation>Направить ответ</translation>
    </message>
    <message>
        <source>Send the answer with its date</source>
        <translation>Направить ответ со сроком</translation>
    </message>
    <message>
        <source>Open again on the date</source>
        <translation>Открыть снова в срок</translation>
    </message>
    <message>
        <source>Write the rating down</source>
        <translation>Записать оценку</translation>
    </message>
    <message>
        <source>Write the remarks down</source>
        <translation>Записать замечания</translation>
    </message>
    <message>
        <source>Send to rework</source>
        <translation>Направить на доработку</translation>
    </message>
    <message>
        <source>Pass on by votes</source>
        <translation>Передать по голосам</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>Handed over to review</source>
        <translation>Передано на рассмотрение</translation>
    </message>
    <message>
        <source>Joined to a known message</source>
        <translation>Присоединено к известному сообщению</translation>
    </message>
    <message>
        <source>The draft is discarded</source>
        <translation>Черновик отброшен</translation>
    </message>
    <message>
        <source>The publicity is stated</source>
        <translation>Публичность указана</translation>
    </message>
    <message>
        <source>Marked as holding confidential data</source>
        <translation>Отмечены конфиденциальные сведения</translation>
    </message>
    <message>
        <source>The mark is taken away</source>
        <translation>Отметка снята</translation>
    </message>
    <message>
        <source>Taken out of publication</source>
        <translation>Снято с публикации</translation>
    </message>
    <message>
        <source>Another message is linked</source>
        <translation>Связано с другим сообщением</translation>
    </message>
    <message>
        <source>A call is linked</source>
        <translation>Связан телефонный вызов</translation>
    </message>
    <message>
        <source>Taken up for review</source>
        <translation>Взято на рассмотрение</translation>
    </message>
    <message>
        <source>Given back to the queue</source>
        <translation>Возвращено в очередь</translation>
    </message>
    <message>
        <source>The message is corrected</source>
        <translation>Сообщение исправлено</translation>
    </message>
    <message>
        <source>A colleague is asked</source>
        <translation>Запрошено мнение коллеги</translation>
    </message>
    <message>
        <source>The message is registered</source>
        <translation>Сообщение зарегистрировано</translation>
    </message>
    <message>
        <source>The message is registered and published</source>
        <translation>Сообщение зарегистрировано и опубликовано</translation>
    </message>
    <message>
        <source>The message is published</source>
        <translation>Сообщение опубликовано</translation>
    </message>
    <message>
        <source>Registration is refused</source>
        <translation>В регистрации отказано</translation>
    </message>
    <message>
        <source>Removed as a repetition</source>
        <translation>Удалено как повтор</translation>
    </message>
    <message>
        <source>Sent to the body</source>
        <translation>Направлено органу</translation>
    </message>
    <message>
        <source>Redirected to another body</source>
        <translation>Перенаправлено другому органу</translation>
    </message>
    <message>
        <source>The operator has answered</source>
        <translation>Ответил оператор</translation>
    </message>
    <message>
        <source>The body has answered</source>
        <translation>Орган ответил</translation>
    </message>
    <message>
        <source>The answer is returned</source>
        <translation>Ответ возвращён на исправление</translation>
    </message>
    <message>
        <source>The answer is sent to the author</source>
        <translation>Ответ направлен автору</translation>
    </message>
    <message>
        <source>The answer with its date is sent to the author</source>
        <translation>Ответ со сроком направлен автору</translation>
    </message>
    <message>
        <source>The promised date has come: a further answer is due</source>
        <translation>Обещанный срок наступил: нужен дополнительный ответ</translation>
    </message>
    <message>
        <source>The author has rated the answer</source>
        <translation>Автор оценил ответ</translation>
    </message>
    <message>
        <source>The author is not content with the answer</source>
        <translation>Автор недоволен ответом</translation>
    </message>
    <message>
        <source>Sent to rework</source>
        <translation>Направлено на доработку</translation>
    </message>
    <message>
        <source>Passed on by votes</source>
        <translation>Передано по голосам</translation>
    </message>
    <message>
        <source>The message is closed</source>
        <translation>Сообщение закрыто</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>оператор</translation>
    </message>
    <message>
        <source>moderator</source>
        <translation>модератор</translation>
    </message>
    <message>
        <source>editor of the directory</source>
        <translation>редактор справочника</translation>
    </message>
    <message>
        <source>senior operator</source>
        <translation>старший оператор</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>администратор</translation>
    </message>
    <message>
        <source>observer</source>
        <translation>наблюдатель</translation>
    </message>
    <message>
        <source>the program by itself</source>
        <translation>программа</translation>
    </message>
    <message>
        <source>par. %1</source>
        <translation>п. %1</translation>
    </message>
    <message>
        <source>Write what has happened, or add a photo</source>
        <translation>Напишите, что случилось, или приложите фотографию</translation>
    </message>
    <message>
        <source>The message is not complete</source>
        <translation>Сообщение заполнено не полностью</translation>
    </message>
    <message>
        <source>Name the messages it is split into</source>
        <translation>Укажите, на какие сообщения разделить</translation>
    </message>
    <message>
        <source>Choose the other message</source>
        <translation>Выберите другое сообщение</translation>
    </message>
    <message>
        <source>Write why</source>
        <translation>Напишите, почему</translation>
    </message>
    <message>
        <source>Mark what of par. 6.12 stands in it</source>
        <translation>Отметьте, какие сведения из п. 6.12 в нём есть</translation>
    </message>
    <message>
        <source>Nothing is marked: there is no mark to take away</source>
        <translation>Отметки нет: снимать нечего</translation>
    </message>
    <message>
        <source>The message is not published</source>
        <translation>Сообщение не опубликовано</translation>
    </message>
    <message>
        <source>The message is not public: its author did not ask for it, or what stands in it may not be shown</source>
        <translation>Сообщение непубличное: автор не просил показывать его всем или в нём есть сведения, которые показывать нельзя</translation>
    </message>
    <message>
        <source>The message is public: it is registered together with its publication</source>
        <translation>Сообщение публичное: его регистрируют вместе с публикацией</translation>
    </message>
    <message>
        <source>Take the message up first</source>
        <translation>Сначала возьмите сообщение в работу</translation>
    </message>
    <message>
        <source>A colleague has taken it up; only a senior operator gives it back</source>
        <translation>Сообщение взял в работу другой сотрудник; вернуть его в очередь может старший оператор</translation>
    </message>
    <message>
        <source>Choose at least one ground</source>
        <translation>Выберите хотя бы одно основание отказа</translation>
    </message>
    <message>
        <source>Write what the author has to correct</source>
        <translation>Напишите, что автору исправить</translation>
    </message>
    <message>
        <source>Name the earlier message that the ground rests on</source>
        <translation>Укажите более раннее сообщение, на котором основан отказ</translation>
    </message>
    <message>
        <source>The answer term of the first message is over: this is no repetition</source>
        <translation>Срок ответа на первое сообщение вышел: это не повтор</translation>
    </message>
    <message>
        <source>Choose the body</source>
        <translation>Выберите орган</translation>
    </message>
    <message>
        <source>The topic belongs to another body: write why it goes to this one</source>
        <translation>За тему отвечает другой орган: напишите, почему направляете этому</translation>
    </message>
    <message>
        <source>This body has the message already: choose another one</source>
        <translation>Сообщение уже у этого органа: выберите другой</translation>
    </message>
    <message>
        <source>The message is at a body, which answers: enter its answer</source>
        <translation>Сообщение у органа, отвечает он: внесите его ответ</translation>
    </message>
    <message>
        <source>The message is at no body: answer it yourself or send it to one</source>
        <translation>Сообщение не направлено органу: ответьте сами или направьте его</translation>
    </message>
    <message>
        <source>The answer is not complete</source>
        <translation>Ответ заполнен не полностью</translation>
    </message>
    <message>
        <source>A body promises a date: send the message to it first</source>
        <translation>Срок обещает орган: сначала направьте сообщение ему</translation>
    </message>
    <message>
        <source>The answer promises a date: it is sent together with the date</source>
        <translation>В ответе обещан срок: направьте ответ со сроком</translation>
    </message>
    <message>
        <source>The answer promises no date</source>
        <translation>В ответе не обещан срок</translation>
    </message>
    <message>
        <source>The answer holds data that may not be published: return it, or take the message out of publication</source>
        <translation>В ответе есть сведения, которые нельзя публиковать: верните его или снимите сообщение с публикации</translation>
    </message>
    <message>
        <source>The promised date has not come yet</source>
        <translation>Обещанный срок ещё не наступил</translation>
    </message>
    <message>
        <source>This answer is rated already</source>
        <translation>Этот ответ уже оценён</translation>
    </message>
    <message>
        <source>A negative rating is written down with the remarks</source>
        <translation>Отрицательную оценку записывают вместе с замечаниями</translation>
    </message>
    <message>
        <source>Remarks go with a negative rating</source>
        <translation>Замечания записывают при отрицательной оценке</translation>
    </message>
    <message>
        <source>Write what is wrong in the answer: without remarks there is no rework</source>
        <translation>Запишите, что не так в ответе: без замечаний доработки нет</translation>
    </message>
    <message>
        <source>Only a negative rating leads to rework</source>
        <translation>На доработку направляют только после отрицательной оценки</translation>
    </message>
    <message>
        <source>The answer is rated negatively: send the message to rework</source>
        <translation>Ответ оценён отрицательно: направьте сообщение на доработку</translation>
    </message>
    <message>
        <source>No more than a thousand users voted within three days</source>
        <translation>За трое суток проголосовало не больше тысячи пользователей</translation>
    </message>
    <message>
        <source>The message is passed on by votes already</source>
        <translation>Сообщение уже передано по голосам</translation>
    </message>
    <message>
        <source>Write the text of the answer</source>
        <translation>Напишите текст ответа</translation>
    </message>
    <message>
        <source>State the promised date as DD.MM.YYYY</source>
        <translation>Укажите обещанный срок: ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>The promised date must be after today</source>
        <translation>Обещанный срок должен быть позже сегодняшнего дня</translation>
    </message>
    <message>
        <source>Write what will be done</source>
        <translation>Напишите, какие меры будут приняты</translation>
    </message>
    <message>
        <source>Write why the matter cannot be solved</source>
        <translation>Напишите, почему вопрос нельзя решить</translation>
    </message>
    <message>
        <source>This belongs to another message; tell the administrator</source>
        <translation>Это относится к другому сообщению; сообщите администратору</translation>
    </message>
    <message>
        <source>The same is stored already with other contents; tell the administrator</source>
        <translation>То же уже записано с другим содержанием; сообщите администратору</translation>
    </message>
    <message>
        <source>Something newer has happened to the message; look at it again</source>
        <translation>С сообщением произошло что-то новое; посмотрите его ещё раз</translation>
    </message>
    <message>
        <source>The message has come to its end: nothing more is done with it</source>
        <translation>Работа с сообщением окончена</translation>
    </message>
    <message>
        <source>The message stands elsewhere by now</source>
        <translation>Сейчас этого сделать нельзя</translation>
    </message>
    <message>
        <source>Your role does not allow it</source>
        <translation>Ваша роль этого не позволяет</translation>
    </message>
    <message>
        <source>Something else was told than this needs; tell the administrator</source>
        <translation>Переданы не те сведения, что нужны для этого; сообщите администратору</translation>
    </message>
    <message>
        <source>Something is missing</source>
        <translation>Чего-то не хватает</translation>
    </message>
    <message>
        <source>Not done: “%1”</source>
        <translation>Не сделано: «%1»</translation>
    </message>
    <message>
        <source>Choose the body that is to answer (par. 7.9)</source>
        <translation>Выберите, кто будет отвечать (п. 7.9)</translation>
    </message>
    <message>
        <source>Write why it goes to another body than the topic&apos;s (par. 7.9)</source>
        <translation>Напишите, почему не тот орган, что по теме (п. 7.9)</translation>
    </message>
    <message>
        <source>The topic names no body: write why it goes to this one (par. 7.9)</source>
        <translation>У темы нет ответственного: напишите, почему отвечает этот орган (п. 7.9)</translation>
    </message>
    <message>
        <source>by the topic</source>
        <translation>по теме</translation>
    </message>
    <message>
        <source>another body</source>
        <translation>другой орган</translation>
    </message>
    <message>
        <source>the topic names no body</source>
        <translation>у темы нет ответственного</translation>
    </message>
    <message>
        <source>By the topic: %1. Empty the field to go back to it.</source>
        <translation>По теме — %1. Очистите поле, чтобы вернуться к нему.</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>today</source>
        <translation>сегодня</translation>
    </message>
    <message>
        <source>the last day</source>
        <translation>последний день</translation>
    </message>
    <message>
        <source>no term is set</source>
        <translation>срок не задан</translation>
    </message>
    <message>
        <source>Neither the category nor its topic has an answer term in the directory (3.1–3.3).</source>
        <translation>Ни у категории, ни у её темы в справочнике нет срока ответа (пп. 3.1–3.3).</translation>
    </message>
    <message>
        <source>The answer promised measures by %1. When the day comes, the organ is reminded and the message is open again (9.6).</source>
        <translation>В ответе обещаны меры к %1. В этот день органу уйдёт напоминание, и сообщение снова откроется (п. 9.6).</translation>
    </message>
    <message>
        <source>promised by %1</source>
        <translation>обещано к %1</translation>
    </message>
    <message>
        <source>working day</source>
        <translation>рабочий день</translation>
    </message>
    <message>
        <source>short day</source>
        <translation>сокращённый день</translation>
    </message>
    <message>
        <source>weekend</source>
        <translation>выходной</translation>
    </message>
    <message>
        <source>holiday</source>
        <translation>праздник</translation>
    </message>
    <message>
        <source>day off of the region</source>
        <translation>нерабочий день края</translation>
    </message>
    <message>
        <source>day off by order</source>
        <translation>нерабочий по распоряжению</translation>
    </message>
    <message>
        <source>working day by order</source>
        <translation>рабочий по распоряжению</translation>
    </message>
    <message>
        <source>The answer has %1, %2 (3.1–3.3).</source>
        <translation>На ответ — %1: %2 (пп. 3.1–3.3).</translation>
    </message>
    <message>
        <source>It began on %1, which does not count.</source>
        <translation>Срок идёт со следующего дня после %1.</translation>
    </message>
    <message>
        <source>Sent on %1, a working day.</source>
        <translation>Отправлено %1, в рабочий день.</translation>
    </message>
    <message>
        <source>Sent on %1 — %2. It counts as sent on the next working day, %3 (7.12).</source>
        <translation>Отправлено %1 — %2. Считается отправленным в ближайший рабочий день, %3 (п. 7.12).</translation>
    </message>
    <message>
        <source>At most two working days, with the day of sending: %1 and %2 (7.11).</source>
        <translation>Не больше двух рабочих дней вместе с днём отправления: %1 и %2 (п. 7.11).</translation>
    </message>
    <message>
        <source>At most two working days after the day of sending: %1 and %2 (7.11).</source>
        <translation>Не больше двух рабочих дней после дня отправления: %1 и %2 (п. 7.11).</translation>
    </message>
    <message>
        <source>If the day of sending did not count, it would be %1.</source>
        <translation>Если день отправления не считать, срок был бы %1.</translation>
    </message>
    <message>
        <source>If the day of sending counted, it would be %1: from then on the clock warns.</source>
        <translation>Если считать и день отправления, срок был бы %1: с этого дня часы предупреждают.</translation>
    </message>
    <message>
        <source>The last day would be %1 — %2; it moves to the next working day, %3.</source>
        <translation>Последний день выпал бы на %1 — %2; срок переходит на ближайший рабочий день, %3.</translation>
    </message>
    <message>
        <source>set for the category “%1”</source>
        <translation>так задано для категории «%1»</translation>
    </message>
    <message>
        <source>set for the topic “%1”</source>
        <translation>так задано для темы «%1»</translation>
    </message>
    <message>
        <source>set for the organ “%1”</source>
        <translation>так задано для органа «%1»</translation>
    </message>
    <message>
        <source>set for every message</source>
        <translation>так задано для всех сообщений</translation>
    </message>
    <message>
        <source>Left out: %1.</source>
        <translation>Не считаются: %1.</translation>
    </message>
    <message>
        <source>The moved days of %1 are not known yet: the date may move.</source>
        <translation>Переносы выходных на %1 год ещё не внесены: срок может сдвинуться.</translation>
    </message>
    <message>
        <source>The calendar of %1 was not compared with its decree yet.</source>
        <translation>Календарь на %1 год предварительный: он ещё не сверен с постановлением.</translation>
    </message>
    <message>
        <source>Insult</source>
        <translation>Оскорбление</translation>
    </message>
    <message>
        <source>Accusation of a person</source>
        <translation>Обвинение человека</translation>
    </message>
    <message>
        <source>Hatred against people</source>
        <translation>Вражда к людям</translation>
    </message>
    <message>
        <source>Call to do harm</source>
        <translation>Призыв причинить вред</translation>
    </message>
    <message>
        <source>Not in Russian</source>
        <translation>Не на русском языке</translation>
    </message>
    <message>
        <source>Typed in the other keyboard layout</source>
        <translation>Набрано в другой раскладке</translation>
    </message>
    <message>
        <source>letters are hidden or changed</source>
        <translation>буквы скрыты или заменены</translation>
    </message>
    <message>
        <source>stands in the city&apos;s list of words</source>
        <translation>есть в списке слов города</translation>
    </message>
    <message>
        <source>violence</source>
        <translation>насилие</translation>
    </message>
    <message>
        <source>arson or damage</source>
        <translation>поджог или порча</translation>
    </message>
    <message>
        <source>may be a threat</source>
        <translation>возможна угроза</translation>
    </message>
    <message>
        <source>name of a person</source>
        <translation>имя человека</translation>
    </message>
    <message>
        <source>phone number</source>
        <translation>номер телефона</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>электронная почта</translation>
    </message>
    <message>
        <source>passport</source>
        <translation>паспорт</translation>
    </message>
    <message>
        <source>pension insurance number</source>
        <translation>СНИЛС</translation>
    </message>
    <message>
        <source>taxpayer number</source>
        <translation>ИНН</translation>
    </message>
    <message>
        <source>bank card</source>
        <translation>банковская карта</translation>
    </message>
    <message>
        <source>bank account</source>
        <translation>банковский счёт</translation>
    </message>
    <message>
        <source>date of birth</source>
        <translation>дата рождения</translation>
    </message>
    <message>
        <source>number of a car</source>
        <translation>номер машины</translation>
    </message>
    <message>
        <source>home address with a flat</source>
        <translation>домашний адрес с квартирой</translation>
    </message>
    <message>
        <source>a person&apos;s health</source>
        <translation>здоровье человека</translation>
    </message>
    <message>
        <source>canvassing</source>
        <translation>агитация</translation>
    </message>
    <message>
        <source>loans</source>
        <translation>займы</translation>
    </message>
    <message>
        <source>buying</source>
        <translation>скупка</translation>
    </message>
    <message>
        <source>letting</source>
        <translation>сдача внаём</translation>
    </message>
    <message>
        <source>sale</source>
        <translation>продажа</translation>
    </message>
    <message>
        <source>services</source>
        <translation>услуги</translation>
    </message>
    <message>
        <source>work offered</source>
        <translation>приглашение на работу</translation>
    </message>
    <message>
        <source>an offer</source>
        <translation>предложение</translation>
    </message>
    <message>
        <source>several matters in a list</source>
        <translation>несколько дел списком</translation>
    </message>
    <message>
        <source>another matter is added</source>
        <translation>добавлено другое дело</translation>
    </message>
    <message>
        <source>two requests</source>
        <translation>две просьбы</translation>
    </message>
    <message>
        <source>No street, house or landmark.</source>
        <translation>Нет улицы, дома или ориентира.</translation>
    </message>
    <message>
        <source>A house without its street.</source>
        <translation>Дом назван без улицы.</translation>
    </message>
    <message>
        <source>The caller does not know the place.</source>
        <translation>Абонент не знает места.</translation>
    </message>
    <message>
        <source>registry office</source>
        <translation>ЗАГС</translation>
    </message>
    <message>
        <source>contacts of a state body</source>
        <translation>контакты государственного органа</translation>
    </message>
    <message>
        <source>court, bailiffs</source>
        <translation>суд, приставы</translation>
    </message>
    <message>
        <source>labour inspection</source>
        <translation>инспекция труда</translation>
    </message>
    <message>
        <source>military office</source>
        <translation>военкомат</translation>
    </message>
    <message>
        <source>passports and migration</source>
        <translation>паспорта и миграция</translation>
    </message>
    <message>
        <source>Social Fund</source>
        <translation>Социальный фонд</translation>
    </message>
    <message>
        <source>police</source>
        <translation>полиция</translation>
    </message>
    <message>
        <source>state and regional authorities</source>
        <translation>государственная и краевая власть</translation>
    </message>
    <message>
        <source>Federal Register of property</source>
        <translation>Росреестр</translation>
    </message>
    <message>
        <source>prosecutor&apos;s office</source>
        <translation>прокуратура</translation>
    </message>
    <message>
        <source>federal and regional roads</source>
        <translation>федеральные и краевые дороги</translation>
    </message>
    <message>
        <source>State Services portal</source>
        <translation>портал «Госуслуги»</translation>
    </message>
    <message>
        <source>state supervision</source>
        <translation>государственный надзор</translation>
    </message>
    <message>
        <source>tax service</source>
        <translation>налоговая служба</translation>
    </message>
    <message>
        <source>somebody is attacked</source>
        <translation>нападение на человека</translation>
    </message>
    <message>
        <source>somebody cannot breathe</source>
        <translation>человек задыхается</translation>
    </message>
    <message>
        <source>something has collapsed</source>
        <translation>обрушение</translation>
    </message>
    <message>
        <source>fire</source>
        <translation>пожар</translation>
    </message>
    <message>
        <source>people in rising water</source>
        <translation>люди в воде</translation>
    </message>
    <message>
        <source>smell of gas</source>
        <translation>запах газа</translation>
    </message>
    <message>
        <source>danger to a life</source>
        <translation>угроза жизни</translation>
    </message>
    <message>
        <source>an ambulance is needed</source>
        <translation>нужна скорая помощь</translation>
    </message>
    <message>
        <source>a person is missing</source>
        <translation>пропал человек</translation>
    </message>
    <message>
        <source>people cannot get out</source>
        <translation>люди не могут выйти</translation>
    </message>
    <message>
        <source>somebody is unconscious</source>
        <translation>человек без сознания</translation>
    </message>
    <message>
        <source>torn live wires</source>
        <translation>оборваны провода</translation>
    </message>
    <message>
        <source>“I shall write it down without hard words. What has happened?”</source>
        <translation>«Запишу без резких слов. Что случилось?»</translation>
    </message>
    <message>
        <source>“What did you see yourself? I write down what happened.”</source>
        <translation>«Что вы видели сами? Запишу, что произошло.»</translation>
    </message>
    <message>
        <source>“Say it in Russian, please: messages are written in Russian.”</source>
        <translation>«Скажите, пожалуйста, по-русски: сообщения пишем на русском.»</translation>
    </message>
    <message>
        <source>“May I leave this out of the text? Your contacts are written down apart.”</source>
        <translation>«Можно не писать этого в тексте? Ваши контакты записаны отдельно.»</translation>
    </message>
    <message>
        <source>“May I leave your health out of the text?”</source>
        <translation>«Можно не писать в тексте о здоровье?»</translation>
    </message>
    <message>
        <source>“Is anybody in danger now?”</source>
        <translation>«Сейчас кому-то угрожает опасность?»</translation>
    </message>
    <message>
        <source>“What do you ask the city to do? Offers are not registered.”</source>
        <translation>«О чём вы просите город? Предложения не регистрируем.»</translation>
    </message>
    <message>
        <source>“Shall we make two messages? Each goes to its own body.”</source>
        <translation>«Оформим два сообщения? Каждое пойдёт в свой орган.»</translation>
    </message>
    <message>
        <source>“The city does not decide this. Shall I give you their phone?”</source>
        <translation>«Это решает не город. Дать вам их телефон?»</translation>
    </message>
    <message>
        <source>“Have you rung 112?”</source>
        <translation>«Вы уже позвонили 112?»</translation>
    </message>
    <message>
        <source>“Where is it? The street and the house, or a landmark.”</source>
        <translation>«Где это? Назовите улицу и дом или ориентир.»</translation>
    </message>
    <message>
        <source>“In which street is this house?”</source>
        <translation>«На какой улице этот дом?»</translation>
    </message>
    <message>
        <source>“What is nearby: a shop, a stop, a crossing?”</source>
        <translation>«Что рядом: магазин, остановка, перекрёсток?»</translation>
    </message>
    <message>
        <source>Threat: tell the supervisor</source>
        <translation>Угроза: сообщите старшему</translation>
    </message>
    <message>
        <source>Personal data in the text</source>
        <translation>Персональные данные в тексте</translation>
    </message>
    <message>
        <source>Looks like advertising</source>
        <translation>Похоже на рекламу</translation>
    </message>
    <message>
        <source>Two questions in one</source>
        <translation>Два вопроса в одном</translation>
    </message>
    <message>
        <source>No definite place</source>
        <translation>Место не определено</translation>
    </message>
    <message>
        <source>Not the city&apos;s matter</source>
        <translation>Решает не город</translation>
    </message>
    <message>
        <source>112 first</source>
        <translation>Сначала 112</translation>
    </message>
    <message>
        <source>%1. Say: “Ring 112”; the message comes later.</source>
        <translation>%1. Скажите: «Звоните 112», сообщение оформите потом.</translation>
    </message>
    <message>
        <source>What has happened is not written down</source>
        <translation>Не записано, что случилось</translation>
    </message>
    <message>
        <source>“What has happened?”</source>
        <translation>«Что случилось?»</translation>
    </message>
    <message>
        <source>The day is not known</source>
        <translation>День не указан</translation>
    </message>
    <message>
        <source>“On which day was it?”</source>
        <translation>«Какого числа это было?»</translation>
    </message>
    <message>
        <source>The hour is not known</source>
        <translation>Время не указано</translation>
    </message>
    <message>
        <source>“At what hour, at least roughly?”</source>
        <translation>«В котором часу, хотя бы примерно?»</translation>
    </message>
    <message>
        <source>The category is not chosen</source>
        <translation>Категория не выбрана</translation>
    </message>
    <message>
        <source>Publicity is not asked: others will not see it</source>
        <translation>О публичности не спросили: будет непубличным</translation>
    </message>
    <message>
        <source>“Show your message and the answer to everybody, or to nobody else?”</source>
        <translation>«Показать ваше сообщение и ответ всем или никому, кроме вас?»</translation>
    </message>
    <message>
        <source>In Russian</source>
        <translation>На русском языке</translation>
    </message>
    <message>
        <source>No coarse words, no threats</source>
        <translation>Нет грубых слов и угроз</translation>
    </message>
    <message>
        <source>One question</source>
        <translation>Один вопрос</translation>
    </message>
    <message>
        <source>No personal data</source>
        <translation>Нет персональных данных</translation>
    </message>
    <message>
        <source>The place is stated</source>
        <translation>Место указано</translation>
    </message>
    <message>
        <source>Day and hour are stated</source>
        <translation>День и время указаны</translation>
    </message>
    <message>
        <source>All is in order</source>
        <translation>всё в порядке</translation>
    </message>
    <message>
        <source>The text could not be checked: read it yourself. It will not be shown to everybody.</source>
        <translation>Текст не проверен: прочтите его сами. Сообщение будет непубличным.</translation>
    </message>
    <message>
        <source>It will not be public while personal data stand in the text: par. 6.12</source>
        <translation>Будет непубличным, пока в тексте персональные данные: п. 6.12</translation>
    </message>
    <message>
        <source>Marked as no personal data: %1</source>
        <translation>Отмечено: не персональные данные — %1</translation>
    </message>
    <message>
        <source>Obscene word</source>
        <translation>Нецензурное слово</translation>
    </message>
    <message>
        <source>Looks like an obscene word</source>
        <translation>Похоже на нецензурное слово</translation>
    </message>
    <message>
        <source>Coarse word</source>
        <translation>Грубое слово</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>The decision was taken back</source>
        <translation>Решение отменено</translation>
    </message>
    <message>
        <source>A decision can be taken back within 15 seconds, while nothing came after it</source>
        <translation>Решение можно отменить в течение 15 секунд, пока за ним ничего не последовало</translation>
    </message>
    <message>
        <source>A decision is taken back by the one who made it</source>
        <translation>Решение отменяет тот, кто его принял</translation>
    </message>
    <message>
        <source> The answer will be ready %1.</source>
        <translation> Ответ подготовят %1.</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>вчера</translation>
    </message>
    <message>
        <source>the day before yesterday</source>
        <translation>позавчера</translation>
    </message>
    <message>
        <source>this moment has not come yet: ask again</source>
        <translation>этот момент ещё не наступил, переспросите</translation>
    </message>
    <message>
        <source>Photos: %1 of %2</source>
        <translation>Фото: %1 из %2</translation>
    </message>
    <message>
        <source>Photo %1 of %2</source>
        <translation>Фото %1 из %2</translation>
    </message>
    <message>
        <source>page %1 of %2</source>
        <translation>страница %1 из %2</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Фото</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Все файлы</translation>
    </message>
    <message>
        <source>Picture from the clipboard</source>
        <translation>Снимок из буфера обмена</translation>
    </message>
    <message>
        <source>Too small, par. 6.7</source>
        <translation>Мелкое, п. 6.7</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Подходит</translation>
    </message>
    <message>
        <source>attached by %1</source>
        <translation>добавлено: %1</translation>
    </message>
    <message>
        <source>It lies on its side in the file, as “As sent” shows: a ground of refusal, par. 6.7.</source>
        <translation>В файле снимок лежит на боку — видно в «Как прислано»: основание отказа по п. 6.7.</translation>
    </message>
    <message>
        <source>A long strip that would have to be cropped: a ground of refusal, par. 6.7.</source>
        <translation>Длинная полоса, которую пришлось бы обрезать: основание отказа по п. 6.7.</translation>
    </message>
    <message>
        <source>So small that it would have to be enlarged: a ground of refusal, par. 6.7.</source>
        <translation>Такое мелкое, что его пришлось бы увеличивать: основание отказа по п. 6.7.</translation>
    </message>
    <message>
        <source>It lies on its side in the file; the published copy stands upright.</source>
        <translation>В файле снимок лежит на боку; публикуемая копия стоит прямо.</translation>
    </message>
    <message>
        <source>The copy was turned by hand; the file stays as it was sent.</source>
        <translation>Копия повёрнута вручную; файл остаётся таким, как прислан.</translation>
    </message>
    <message>
        <source>The place of the photo is in the file: it is left out of the published copy.</source>
        <translation>В файле записано место съёмки: оно будет удалено из публикуемой копии.</translation>
    </message>
    <message>
        <source>with its place</source>
        <translation>с местом съёмки</translation>
    </message>
    <message>
        <source>The photo cannot be shown: it was taken away, or the disk does not give it.</source>
        <translation>Снимок не показать: его убрали или диск его не отдаёт.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Открывается…</translation>
    </message>
    <message>
        <source>is being checked…</source>
        <translation>проверяется…</translation>
    </message>
    <message>
        <source>taken away</source>
        <translation>убрано</translation>
    </message>
    <message>
        <source>cannot be read: is it there, and closed in other programs?</source>
        <translation>файл не читается: он на месте и не открыт в другой программе?</translation>
    </message>
    <message>
        <source>the disk did not take it. Attach it again in a moment.</source>
        <translation>диск его не принял. Приложите ещё раз через минуту.</translation>
    </message>
    <message>
        <source>The photo is not attached</source>
        <translation>Фото не приложено</translation>
    </message>
    <message>
        <source>The photo stays as it was</source>
        <translation>Фото осталось как было</translation>
    </message>
    <message>
        <source>The photos are not shown</source>
        <translation>Фото не показаны</translation>
    </message>
    <message>
        <source>The register cannot be read just now. The message itself is in order.</source>
        <translation>Реестр сейчас не читается. Само сообщение в порядке.</translation>
    </message>
    <message>
        <source>a message has at most four photos, and every page counts (par. 6.6). Take one away with Delete first.</source>
        <translation>в сообщении не больше четырёх фото, и каждая страница считается (п. 6.6). Сначала уберите лишнее: Delete.</translation>
    </message>
    <message>
        <source>this very photo is attached already</source>
        <translation>этот самый снимок уже приложен</translation>
    </message>
    <message>
        <source>your role does not make messages</source>
        <translation>ваша роль не оформляет сообщения</translation>
    </message>
    <message>
        <source>the photo was taken away already</source>
        <translation>снимок уже убрали</translation>
    </message>
    <message>
        <source>there is nothing in the file. Ask to send the photo once more.</source>
        <translation>файл пуст. Попросите прислать снимок ещё раз.</translation>
    </message>
    <message>
        <source>the file is damaged or cut off: the picture does not come to its end. Ask to send it once more.</source>
        <translation>файл повреждён или обрезан: снимок не дочитывается до конца. Попросите прислать его ещё раз.</translation>
    </message>
    <message>
        <source>larger than %1. Save it as JPEG or with fewer pixels.</source>
        <translation>больше %1. Сохраните как JPEG или меньшего размера.</translation>
    </message>
    <message>
        <source>too many pixels for a photo (%1 × %2): it would fill the memory. If it is one, save it smaller as an ordinary JPEG.</source>
        <translation>слишком много точек для снимка (%1 × %2): он занял бы всю память. Если это снимок, сохраните его меньшего размера как обычный JPEG.</translation>
    </message>
    <message>
        <source>more than four pages in one file (par. 6.6). Save the pages that matter as photos of their own.</source>
        <translation>в одном файле больше четырёх страниц (п. 6.6). Сохраните нужные страницы отдельными снимками.</translation>
    </message>
    <message>
        <source>a %1 photo, as iPhones make them; JPEG, PNG and TIFF are taken (par. 6.5). On the phone: Settings, Camera, Formats, Most Compatible. Or save it as JPEG.</source>
        <translation>снимок %1, так снимают айфоны; принимаются JPEG, PNG и TIFF (п. 6.5). На телефоне: «Настройки», «Камера», «Форматы», «Наиболее совместимые». Или сохраните его как JPEG.</translation>
    </message>
    <message>
        <source>a PDF document and no photo (par. 6.5). Save the page as JPEG or PNG and attach that.</source>
        <translation>это документ PDF, а не снимок (п. 6.5). Сохраните страницу как JPEG или PNG и приложите её.</translation>
    </message>
    <message>
        <source>a video (par. 6.5). Save one frame of it as JPEG or PNG.</source>
        <translation>это видео (п. 6.5). Сохраните один кадр как JPEG или PNG.</translation>
    </message>
    <message>
        <source>a text document and no photo (par. 6.5). Save the picture in it as JPEG or PNG.</source>
        <translation>это документ, а не снимок (п. 6.5). Сохраните картинку из него как JPEG или PNG.</translation>
    </message>
    <message>
        <source>an archive or a document (par. 6.5). Take the photos out of it and attach them one by one.</source>
        <translation>это архив или документ (п. 6.5). Достаньте из него снимки и приложите их по одному.</translation>
    </message>
    <message>
        <source>a text (par. 6.5). Put it into the text of the message.</source>
        <translation>это текст (п. 6.5). Перенесите его в текст сообщения.</translation>
    </message>
    <message>
        <source>a %1 picture, as web sites and chats give them; JPEG, PNG and TIFF are taken (par. 6.5). Open it and save it as JPEG or PNG.</source>
        <translation>картинка %1, такие отдают сайты и мессенджеры; принимаются JPEG, PNG и TIFF (п. 6.5). Откройте её и сохраните как JPEG или PNG.</translation>
    </message>
    <message>
        <source>a %1 picture; JPEG, PNG and TIFF are taken (par. 6.5). Open it and save it as JPEG or PNG.</source>
        <translation>картинка %1; принимаются JPEG, PNG и TIFF (п. 6.5). Откройте её и сохраните как JPEG или PNG.</translation>
    </message>
    <message>
        <source>no photo: JPEG, PNG and TIFF are taken (par. 6.5)</source>
        <translation>это не снимок: принимаются JPEG, PNG и TIFF (п. 6.5)</translation>
    </message>
    <message>
        <source>the message has been handed in, its photos do not change any more</source>
        <translation>сообщение уже оформлено, его фото больше не меняются</translation>
    </message>
    <message>
        <source>Message %1 on the platform has no text</source>
        <translation>Сообщение %1 на платформе — без текста</translation>
    </message>
    <message>
        <source>Photos do not come along: judge it there</source>
        <translation>Фотографии сюда не передаются: рассмотрите его на платформе</translation>
    </message>
    <message>
        <source>The decree&apos;s number was not given</source>
        <translation>Номер постановления не указан</translation>
    </message>
    <message>
        <source>Decree of the Government No. %1 of %2</source>
        <translation>Постановление Правительства № %1 от %2</translation>
    </message>
    <message>
        <source>provisional</source>
        <translation>предварительный</translation>
    </message>
    <message>
        <source>The moved days of %1 are not known</source>
        <translation>Переносы выходных на %1 год не внесены</translation>
    </message>
    <message>
        <source>There is no calendar of %1.</source>
        <translation>Нет календаря на %1 год.</translation>
    </message>
    <message>
        <source>Terms that reach into it may come out wrong: load it from a file.</source>
        <translation>Сроки, которые переходят на этот год, могут оказаться неверными: загрузите календарь из файла.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>The calendar of %1 is provisional.</source>
        <translation>Календарь на %1 год — предварительный.</translation>
    </message>
    <message>
        <source>Compare it with the decree, then say so.</source>
        <translation>Сверьте его с постановлением и отметьте это.</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Сверен</translation>
    </message>
    <message>
        <source>A holiday of the Labour Code, article 112</source>
        <translation>Праздник по статье 112 Трудового кодекса</translation>
    </message>
    <message>
        <source>A day off of the region; the city counts it</source>
        <translation>Нерабочий день края; город его учитывает</translation>
    </message>
    <message>
        <source>An hour shorter (Labour Code, article 95)</source>
        <translation>На час короче (статья 95 Трудового кодекса)</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>Причина: %1</translation>
    </message>
    <message>
        <source>Document: %1</source>
        <translation>Документ: %1</translation>
    </message>
    <message>
        <source>Day off</source>
        <translation>Нерабочий</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Рабочий</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Сокращённый</translation>
    </message>
    <message>
        <source>By a file: %1</source>
        <translation>Из файла: %1</translation>
    </message>
    <message>
        <source>Calendar of %1</source>
        <translation>Календарь на %1 год</translation>
    </message>
    <message>
        <source>Rules of the city</source>
        <translation>Правила города</translation>
    </message>
    <message>
        <source>Revoked: %1</source>
        <translation>Отменено: %1</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>отменено</translation>
    </message>
    <message>
        <source>Days of the file</source>
        <translation>Дни из файла</translation>
    </message>
    <message>
        <source>Revoke the order</source>
        <translation>Отменить распоряжение</translation>
    </message>
    <message>
        <source>Compared with the decree</source>
        <translation>Сверен с постановлением</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Ещё нет</translation>
    </message>
    <message>
        <source>The day becomes</source>
        <translation>Каким станет день</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Да</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Day of sending in the two working days (7.11)</source>
        <translation>День отправления в двух рабочих днях (п. 7.11)</translation>
    </message>
    <message>
        <source>Does not count</source>
        <translation>Не считается</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Считается</translation>
    </message>
    <message>
        <source>Days off of the region (Radonitsa) count as off</source>
        <translation>Нерабочие дни края (Радоница) не считаются рабочими</translation>
    </message>
    <message>
        <source>Tell the author that a non-public message is registered (7.8)</source>
        <translation>Сообщать автору о регистрации непубличного сообщения (п. 7.8)</translation>
    </message>
    <message>
        <source>The operator may turn a photo upright (6.7)</source>
        <translation>Оператор может поворачивать фото (п. 6.7)</translation>
    </message>
    <message>
        <source>“%1” is no format of attachments; known: %2</source>
        <translation>«%1» — не формат вложений; известны: %2</translation>
    </message>
    <message>
        <source>Write the reason</source>
        <translation>Напишите причину</translation>
    </message>
    <message>
        <source>There is no day in the file</source>
        <translation>В файле нет ни одного дня</translation>
    </message>
    <message>
        <source>It is so already: nothing would change</source>
        <translation>Это уже так: ничего не изменится</translation>
    </message>
    <message>
        <source>There is no such order</source>
        <translation>Такого распоряжения нет</translation>
    </message>
    <message>
        <source>This order was revoked already</source>
        <translation>Это распоряжение уже отменено</translation>
    </message>
    <message>
        <source>No working day for more than two months: no term would ever end</source>
        <translation>Больше двух месяцев без рабочего дня: сроки не смогли бы закончиться</translation>
    </message>
    <message>
        <source>Only the supervisor and the administrator change the calendar</source>
        <translation>Календарь меняют только старший и администратор</translation>
    </message>
    <message>
        <source>The disk does not take it; nothing has changed. Try again.</source>
        <translation>Диск не принимает запись; ничего не изменилось. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The messages cannot be read; try again</source>
        <translation>Сообщения не читаются; попробуйте ещё раз</translation>
    </message>
    <message>
        <source>The file %1 cannot be read</source>
        <translation>Файл %1 не читается</translation>
    </message>
    <message>
        <source>The file %1 is damaged: no whole JSON</source>
        <translation>Файл %1 повреждён: это не целый JSON</translation>
    </message>
    <message>
        <source>The file %1 has days of another year</source>
        <translation>В файле %1 есть дни другого года</translation>
    </message>
    <message>
        <source>Row %2 of %1: a date as ДД.ММ.ГГГГ and off, working or short are needed</source>
        <translation>%1, строка %2: нужны дата ДД.ММ.ГГГГ и «выходной», «рабочий» или «сокращённый»</translation>
    </message>
    <message>
        <source>The file %1 is no calendar</source>
        <translation>Файл %1 — не календарь</translation>
    </message>
    <message>
        <source>No open term moves</source>
        <translation>Ни один открытый срок не сдвигается</translation>
    </message>
    <message>
        <source>Everybody sees the new dates once you confirm.</source>
        <translation>После подтверждения новые сроки увидят все.</translation>
    </message>
    <message>
        <source>was %1, becomes %2</source>
        <translation>было до %1, станет до %2</translation>
    </message>
    <message>
        <source>runs out at once</source>
        <translation>сразу просрочен</translation>
    </message>
    <message>
        <source>no number yet</source>
        <translation>без номера</translation>
    </message>
    <message>
        <source>The calendar is changed</source>
        <translation>Календарь изменён</translation>
    </message>
    <message>
        <source>The city&apos;s rules are changed</source>
        <translation>Правила города изменены</translation>
    </message>
    <message>
        <source>working weekend day</source>
        <translation>рабочий выходной</translation>
    </message>
    <message>
        <source>moved day off</source>
        <translation>перенесённый выходной</translation>
    </message>
    <message>
        <source>Mark as compared</source>
        <translation>Отметить сверенным</translation>
    </message>
    <message>
        <source>Report of calls</source>
        <translation>Отчёт о телефонных вызовах</translation>
    </message>
    <message>
        <source>Wait = answer − first ring. Talk = end − answer. Wrap-up = saved − end. Averages are made of sums.</source>
        <translation>Ожидание = ответ − первый звонок. Разговор = конец − ответ. Оформление = запись сохранена − конец разговора. Средние считаются из сумм.</translation>
    </message>
    <message>
        <source>Statistics of messages</source>
        <translation>Статистика сообщений</translation>
    </message>
    <message>
        <source>By topic</source>
        <translation>По темам</translation>
    </message>
    <message>
        <source>By category</source>
        <translation>По категориям</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Категория</translation>
    </message>
    <message>
        <source>By body</source>
        <translation>По органам</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Орган</translation>
    </message>
    <message>
        <source>By street</source>
        <translation>По улицам</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Улица</translation>
    </message>
    <message>
        <source>By channel (par. 5.1)</source>
        <translation>По способу поступления (п. 5.1)</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Поступило</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Зарегистрировано</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Отказано</translation>
    </message>
    <message>
        <source>Answered in time</source>
        <translation>Отвечено в срок</translation>
    </message>
    <message>
        <source>Overdue now</source>
        <translation>Просрочено сейчас</translation>
    </message>
    <message>
        <source>Not content</source>
        <translation>Недоволен</translation>
    </message>
    <message>
        <source>Review (par. 7.6–7.12)</source>
        <translation>Рассмотрение (п. 7.6–7.12)</translation>
    </message>
    <message>
        <source>Registered and published</source>
        <translation>Зарегистрировано и опубликовано</translation>
    </message>
    <message>
        <source>Registered, not public</source>
        <translation>Зарегистрировано, не для всех</translation>
    </message>
    <message>
        <source>Removed as repetitions</source>
        <translation>Удалено как повторы</translation>
    </message>
    <message>
        <source>Under review</source>
        <translation>На рассмотрении</translation>
    </message>
    <message>
        <source>Decided in time</source>
        <translation>Решено в срок</translation>
    </message>
    <message>
        <source>Decided late</source>
        <translation>Решено с опозданием</translation>
    </message>
    <message>
        <source>Review overdue now</source>
        <translation>Рассмотрение просрочено сейчас</translation>
    </message>
    <message>
        <source>Callers joined to a known message</source>
        <translation>Присоединилось к известному сообщению</translation>
    </message>
    <message>
        <source>Working days to the decision</source>
        <translation>Рабочих дней до решения</translation>
    </message>
    <message>
        <source>Grounds of refusal (par. 7.7)</source>
        <translation>Основания отказа (п. 7.7)</translation>
    </message>
    <message>
        <source>Ground</source>
        <translation>Основание</translation>
    </message>
    <message>
        <source>Answers sent (par. 9.4)</source>
        <translation>Отправленные ответы (п. 9.4)</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Ответы</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Решён</translation>
    </message>
    <message>
        <source>With a promised date</source>
        <translation>Назван срок</translation>
    </message>
    <message>
        <source>Cannot be solved</source>
        <translation>Решить невозможно</translation>
    </message>
    <message>
        <source>Of them by the operator</source>
        <translation>Из них ответил оператор</translation>
    </message>
    <message>
        <source>Returned to the body</source>
        <translation>Возвращены органу</translation>
    </message>
    <message>
        <source>Days to the answer</source>
        <translation>Дней до ответа</translation>
    </message>
    <message>
        <source>Terms of answers (par. 9.4, 9.7)</source>
        <translation>Сроки ответов (п. 9.4, 9.7)</translation>
    </message>
    <message>
        <source>Answered late</source>
        <translation>Отвечено с опозданием</translation>
    </message>
    <message>
        <source>Answered, no term set</source>
        <translation>Отвечено, срок не установлен</translation>
    </message>
    <message>
        <source>Term runs</source>
        <translation>Срок идёт</translation>
    </message>
    <message>
        <source>Awaited, no term set</source>
        <translation>Ответ ждём, срок не установлен</translation>
    </message>
    <message>
        <source>Promised dates (par. 9.6)</source>
        <translation>Обещанные сроки (п. 9.6)</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Обещано</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Исполнено</translation>
    </message>
    <message>
        <source>Kept, but late</source>
        <translation>Исполнено с опозданием</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Перенесено</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Решить оказалось невозможно</translation>
    </message>
    <message>
        <source>Date awaited</source>
        <translation>Срок ещё не наступил</translation>
    </message>
    <message>
        <source>Date has come, no further answer</source>
        <translation>Срок наступил, ответа нет</translation>
    </message>
    <message>
        <source>Ratings and votes (par. 7.9, 10)</source>
        <translation>Оценки и голоса (п. 7.9, 10)</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>Оценок</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Хорошо</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>Удовлетворительно</translation>
    </message>
    <message>
        <source>Another body chosen</source>
        <translation>Выбран другой орган</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Показатель</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Принято</translation>
    </message>
    <message>
        <source>Repetitions</source>
        <translation>Повторы</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Поздно</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Просрочено</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>Доработка</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>В срок</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Решено</translation>
    </message>
    <message>
        <source>By operator who decided (par. 7.6)</source>
        <translation>По операторам, принявшим решение (п. 7.6)</translation>
    </message>
    <message>
        <source>Another body than the topic&apos;s</source>
        <translation>Другой орган, чем по теме</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Случаев</translation>
    </message>
    <message>
        <source>The topic names no body</source>
        <translation>У темы нет ответственного</translation>
    </message>
    <message>
        <source>By the topic</source>
        <translation>По теме</translation>
    </message>
    <message>
        <source>Sent to</source>
        <translation>Отправлено</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Кто</translation>
    </message>
    <message>
        <source>Which categories are missing</source>
        <translation>Каких категорий не хватает</translation>
    </message>
    <message>
        <source>Searched in vain</source>
        <translation>Искали напрасно</translation>
    </message>
    <message>
        <source>Messages that no category fits</source>
        <translation>Сообщения, которым не подошла категория</translation>
    </message>
    <message>
        <source>How it shows</source>
        <translation>Чем видно</translation>
    </message>
    <message>
        <source>Moved to</source>
        <translation>Куда перенесено</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>What operators looked for in vain</source>
        <translation>Что операторы искали напрасно</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>Набрано</translation>
    </message>
    <message>
        <source>Last on</source>
        <translation>В последний раз</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Раз</translation>
    </message>
    <message>
        <source>Entries found</source>
        <translation>Найдено записей</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Counted are</source>
        <translation>Что посчитано</translation>
    </message>
    <message>
        <source>no text, date, time or place</source>
        <translation>нет текста, даты, времени или места</translation>
    </message>
    <message>
        <source>not in Russian</source>
        <translation>не на русском языке</translation>
    </message>
    <message>
        <source>obscene words</source>
        <translation>нецензурные слова</translation>
    </message>
    <message>
        <source>of a private nature</source>
        <translation>личного характера</translation>
    </message>
    <message>
        <source>hatred and discrimination</source>
        <translation>ненависть и дискриминация</translation>
    </message>
    <message>
        <source>harm to minorities or minors</source>
        <translation>вред меньшинствам или детям</translation>
    </message>
    <message>
        <source>accusations and insults</source>
        <translation>обвинения и оскорбления</translation>
    </message>
    <message>
        <source>threats</source>
        <translation>угрозы</translation>
    </message>
    <message>
        <source>trade or another purpose</source>
        <translation>реклама или другая цель</translation>
    </message>
    <message>
        <source>answered before</source>
        <translation>ответ уже был дан</translation>
    </message>
    <message>
        <source>federal or regional matter</source>
        <translation>федеральный или региональный вопрос</translation>
    </message>
    <message>
        <source>several questions</source>
        <translation>несколько вопросов</translation>
    </message>
    <message>
        <source>the place is not clear</source>
        <translation>неясное место</translation>
    </message>
    <message>
        <source>repeats a message</source>
        <translation>повтор сообщения</translation>
    </message>
    <message>
        <source>format of a photo</source>
        <translation>формат фотографии</translation>
    </message>
    <message>
        <source>more than four photos</source>
        <translation>больше четырёх фотографий</translation>
    </message>
    <message>
        <source>a photo needs editing</source>
        <translation>фотографию надо править</translation>
    </message>
    <message>
        <source>no category fits</source>
        <translation>нет подходящей категории</translation>
    </message>
    <message>
        <source>par. %1: %2</source>
        <translation>п. %1: %2</translation>
    </message>
    <message>
        <source>Incoming calls; the line&apos;s working hours: %1.</source>
        <translation>Входящие вызовы; рабочее время линии — %1.</translation>
    </message>
    <message>
        <source>no topic</source>
        <translation>без темы</translation>
    </message>
    <message>
        <source>no body</source>
        <translation>без органа</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>сообщения</translation>
    </message>
    <message>
        <source>Received = registered + refused + removed as repetitions + under review. A decision that was taken back within 15 seconds is not counted.</source>
        <translation>Поступило = зарегистрировано + отказано + удалено как повторы + на рассмотрении. Решение, отменённое за 15 секунд, не считается.</translation>
    </message>
    <message>
        <source>Decided in time: within the term of par. 7.11 from the moment of par. 7.12. Days to the decision are working days after that moment.</source>
        <translation>Решено в срок: в пределах срока п. 7.11 от момента по п. 7.12. Дни до решения — рабочие дни после этого момента.</translation>
    </message>
    <message>
        <source>Answers are counted as they were sent to authors, each by its own term; up to a promised date it is in time. In time = in time / (in time + late). Days to the answer are calendar days from the beginning of the term.</source>
        <translation>Ответы считаются по отправке авторам, каждый по своему сроку; до обещанной даты ответ в срок. Доля в срок = в срок / (в срок + с опозданием). Дни до ответа — календарные дни от начала срока.</translation>
    </message>
    <message>
        <source>A message stands under the body that has it now. A refusal may rest on several grounds. Streets with fewer than three messages stand together.</source>
        <translation>Сообщение стоит у того органа, у которого оно сейчас. Отказ может опираться на несколько оснований. Улицы, где сообщений меньше трёх, стоят вместе.</translation>
    </message>
    <message>
        <source>public: %1</source>
        <translation>для всех: %1</translation>
    </message>
    <message>
        <source>answers: %1</source>
        <translation>ответов: %1</translation>
    </message>
    <message>
        <source>ratings: %1</source>
        <translation>оценок: %1</translation>
    </message>
    <message>
        <source>telephone call</source>
        <translation>телефонный вызов</translation>
    </message>
    <message>
        <source>platform</source>
        <translation>платформа</translation>
    </message>
    <message>
        <source>by hand, without a call</source>
        <translation>вручную, без вызова</translation>
    </message>
    <message>
        <source>streets with one or two messages</source>
        <translation>улицы с одним-двумя сообщениями</translation>
    </message>
    <message>
        <source>place without a street</source>
        <translation>место без улицы</translation>
    </message>
    <message>
        <source>categories</source>
        <translation>категории</translation>
    </message>
    <message>
        <source>What was looked for in vain is of all the time that the directory remembers.</source>
        <translation>Напрасные поиски — за всё время, которое помнит справочник.</translation>
    </message>
    <message>
        <source>Category “Other”</source>
        <translation>Категория «Другое»</translation>
    </message>
    <message>
        <source>Refused: no category (par. 7.7)</source>
        <translation>Отказ: нет категории (п. 7.7)</translation>
    </message>
    <message>
        <source>Category corrected</source>
        <translation>Категорию исправили</translation>
    </message>
    <message>
        <source>different ones</source>
        <translation>разных</translation>
    </message>
    <message>
        <source>Messages of this category go to: %1</source>
        <translation>Сообщения этой категории идут в орган: %1</translation>
    </message>
    <message>
        <source>other bodies</source>
        <translation>другие органы</translation>
    </message>
    <message>
        <source>The report could not be read just now</source>
        <translation>Отчёт сейчас не прочитать</translation>
    </message>
    <message>
        <source>No messages stand behind this number</source>
        <translation>За этим числом нет сообщений</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Число</translation>
    </message>
    <message>
        <source>Cases, the newest first</source>
        <translation>Случаи, сначала новые</translation>
    </message>
    <message>
        <source>What came in the period, and what has become of it by now.</source>
        <translation>Что поступило и что с этим стало.</translation>
    </message>
    <message>
        <source>%1: half within</source>
        <translation>%1: у половины не больше</translation>
    </message>
    <message>
        <source>%1: nine of ten within</source>
        <translation>%1: у девяти из десяти не больше</translation>
    </message>
    <message>
        <source>What no category fitted in the period (par. 2.6).</source>
        <translation>Чему не нашлось категории (п. 2.6).</translation>
    </message>
    <message>
        <source>What went to another body than that of its topic (par. 7.9).</source>
        <translation>Что ушло не в орган по теме (п. 7.9).</translation>
    </message>
    <message>
        <source>making acquaintance</source>
        <translation>знакомство</translation>
    </message>
    <message>
        <source>advice for life</source>
        <translation>житейский совет</translation>
    </message>
    <message>
        <source>private belongings</source>
        <translation>личные вещи</translation>
    </message>
    <message>
        <source>verses, recipes, jokes</source>
        <translation>стихи, рецепты, шутки</translation>
    </message>
    <message>
        <source>greetings</source>
        <translation>поздравления и приветы</translation>
    </message>
    <message>
        <source>quarrel in a family</source>
        <translation>семейная ссора</translation>
    </message>
    <message>
        <source>a talk</source>
        <translation>разговор по душам</translation>
    </message>
    <message>
        <source>to be told to somebody</source>
        <translation>просьба передать кому-то</translation>
    </message>
    <message>
        <source>The text speaks of another place than the one stated.</source>
        <translation>В тексте другое место, чем указано.</translation>
    </message>
    <message>
        <source>“Which of the two places is it?”</source>
        <translation>«Так какое из двух мест верное?»</translation>
    </message>
    <message>
        <source>“What do you ask the city to do? We cannot help in private matters.”</source>
        <translation>«Что вы просите сделать город? В личных делах мы помочь не можем».</translation>
    </message>
    <message>
        <source>A private matter</source>
        <translation>Сообщение личного характера</translation>
    </message>
    <message>
        <source>The list has no house %1 in %2: ask again; it can be registered so too</source>
        <translation>В списке нет дома %1 на %2: переспросите; можно и так</translation>
    </message>
    <message>
        <source>The list has no street “%2”: ask again; it can be registered so too</source>
        <translation>В списке нет «%2»: переспросите; можно и так</translation>
    </message>
    <message>
        <source>The list of streets cannot be read</source>
        <translation>Список улиц не читается</translation>
    </message>
    <message>
        <source>Places are typed without it; tell the administrator to import it again.</source>
        <translation>Место пишется и без него; скажите администратору загрузить список заново.</translation>
    </message>
    <message>
        <source>On its side, par. 6.7</source>
        <translation>На боку, п. 6.7</translation>
    </message>
    <message>
        <source>A strip, par. 6.7</source>
        <translation>Полоса, п. 6.7</translation>
    </message>
    <message>
        <source>Formal appeal under 59-FZ</source>
        <translation>Обращение по 59-ФЗ</translation>
    </message>
    <message>
        <source>of them asked for a formal appeal under 59-FZ</source>
        <translation>из них спросили об обращении по 59-ФЗ</translation>
    </message>
    <message>
        <source>Write the answer down</source>
        <translation>Записать ответ</translation>
    </message>
    <message>
        <source>Send the answer to the author</source>
        <translation>Направить ответ автору</translation>
    </message>
    <message>
        <source>Return the answer with a note</source>
        <translation>Вернуть ответ с замечанием</translation>
    </message>
    <message>
        <source>What the author thinks of the answer</source>
        <translation>Оценка ответа автором</translation>
    </message>
    <message>
        <source>Publish the message</source>
        <translation>Опубликовать сообщение</translation>
    </message>
    <message>
        <source>Redirect</source>
        <translation>Перенаправить</translation>
    </message>
    <message>
        <source>Enter the answer</source>
        <translation>Внести ответ</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>To the body</source>
        <translation>Органу</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>To rework</source>
        <translation>На доработку</translation>
    </message>
    <message>
        <source>Pass on</source>
        <translation>Передать</translation>
    </message>
    <message>
        <source>Unpublish</source>
        <translation>Снять с публикации</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>The body is told at once; the answer term runs on (par. 7.9).</source>
        <translation>Орган узнает сразу; срок ответа идёт дальше (п. 7.9).</translation>
    </message>
    <message>
        <source>Remarks are needed with a bad rating: the body works by them (par. 10.2).</source>
        <translation>Если автор недоволен, нужны замечания: по ним орган доработает ответ (п. 10.2).</translation>
    </message>
    <message>
        <source>More than a thousand users voted within three days (par. 10.6).</source>
        <translation>За трое суток проголосовало больше тысячи пользователей (п. 10.6).</translation>
    </message>
    <message>
        <source>The body is told: %1.</source>
        <translation>Уведомление получит %1.</translation>
    </message>
    <message>
        <source>Everybody will see the message and its answers (par. 6.9).</source>
        <translation>Сообщение и ответы на него увидят все (п. 6.9).</translation>
    </message>
    <message>
        <source>Nobody but the author will see the message and its answers (par. 6.11).</source>
        <translation>Сообщение и ответы на него увидит только автор (п. 6.11).</translation>
    </message>
    <message>
        <source>The work on the message is over; this cannot be taken back.</source>
        <translation>Работа с сообщением окончена; вернуть его будет нельзя.</translation>
    </message>
    <message>
        <source>The answer is published: everybody will see it (par. 9.5).</source>
        <translation>Ответ будет опубликован: его увидят все (п. 9.5).</translation>
    </message>
    <message>
        <source>On %1 the body will be asked for a further answer (par. 9.6).</source>
        <translation>%1 у органа будет запрошен дополнительный ответ (п. 9.6).</translation>
    </message>
    <message>
        <source>The answer is your own: it will be written anew (par. 9.5).</source>
        <translation>Это ответ оператора: его напишут заново (п. 9.5).</translation>
    </message>
    <message>
        <source>%1 gets the answer back with the note (par. 9.5).</source>
        <translation>%1 получит ответ обратно с замечанием (п. 9.5).</translation>
    </message>
    <message>
        <source>The author&apos;s remarks: %1</source>
        <translation>Замечания автора: %1</translation>
    </message>
    <message>
        <source>The author has no e-mail: he is to be called and told.</source>
        <translation>Почты у автора нет: ему нужно позвонить и прочитать ответ.</translation>
    </message>
    <message>
        <source>A letter goes to %1 in 15 seconds.</source>
        <translation>Через 15 секунд на %1 уйдёт письмо.</translation>
    </message>
    <message>
        <source>Choose what the author says of the answer</source>
        <translation>Выберите, что автор говорит об ответе</translation>
    </message>
    <message>
        <source>What the body is to mend in the answer</source>
        <translation>Что органу исправить в ответе</translation>
    </message>
    <message>
        <source>Why it is not to be seen any more</source>
        <translation>Почему сообщение больше нельзя показывать</translation>
    </message>
    <message>
        <source>What exactly is wrong, in the author&apos;s words</source>
        <translation>Что именно не так, словами автора</translation>
    </message>
    <message>
        <source>Send to the author</source>
        <translation>Направить автору</translation>
    </message>
    <message>
        <source>Scans and photos</source>
        <translation>Сканы и фотографии</translation>
    </message>
    <message>
        <source>It cannot be read: copy it to this computer first.</source>
        <translation>Файл не читается: сначала скопируйте его на этот компьютер.</translation>
    </message>
    <message>
        <source>of a kind that is not known</source>
        <translation>файл неизвестного вида</translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1 КБ</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 МБ</translation>
    </message>
    <message>
        <source>To check and send</source>
        <translation>Проверить и направить</translation>
    </message>
    <message>
        <source>More than a thousand votes</source>
        <translation>Больше тысячи голосов</translation>
    </message>
    <message>
        <source>An answer is awaited</source>
        <translation>Ждут ответа</translation>
    </message>
    <message>
        <source>Promised dates</source>
        <translation>Обещанные сроки</translation>
    </message>
    <message>
        <source>Sent to the author</source>
        <translation>Ответ направлен</translation>
    </message>
    <message>
        <source>solved</source>
        <translation>вопрос решён</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>решение запланировано</translation>
    </message>
    <message>
        <source>impossible</source>
        <translation>решить нельзя</translation>
    </message>
    <message>
        <source>good</source>
        <translation>доволен</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>доволен отчасти</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>недоволен</translation>
    </message>
    <message>
        <source>personal data</source>
        <translation>персональные данные</translation>
    </message>
    <message>
        <source>data on health</source>
        <translation>сведения о здоровье</translation>
    </message>
    <message>
        <source>confidential by law</source>
        <translation>конфиденциальные сведения</translation>
    </message>
    <message>
        <source>a secret protected by law</source>
        <translation>охраняемая законом тайна</translation>
    </message>
    <message>
        <source>published</source>
        <translation>опубликовано</translation>
    </message>
    <message>
        <source>public, not published</source>
        <translation>публичное, не опубликовано</translation>
    </message>
    <message>
        <source>not public</source>
        <translation>непубличное</translation>
    </message>
    <message>
        <source>Answer %1: %2</source>
        <translation>Ответ %1: %2</translation>
    </message>
    <message>
        <source>the operator</source>
        <translation>оператор</translation>
    </message>
    <message>
        <source>New answer from the platform, its kind not told</source>
        <translation>Новый ответ с платформы, вид не указан</translation>
    </message>
    <message>
        <source>Promised by %1: %2</source>
        <translation>Обещано к %1: %2</translation>
    </message>
    <message>
        <source>Grounds: %1</source>
        <translation>Обоснование: %1</translation>
    </message>
    <message>
        <source>Returned with the note: %1</source>
        <translation>Возвращён с замечанием: %1</translation>
    </message>
    <message>
        <source>Rated by the author: %1</source>
        <translation>Оценка автора: %1</translation>
    </message>
    <message>
        <source>Votes: %1 (within three days %2), guests %3</source>
        <translation>Голоса пользователей: %1 (за трое суток %2), гостей: %3</translation>
    </message>
    <message>
        <source>Look at it before it is sent (par. 6.12): %1</source>
        <translation>Проверьте перед отправкой (п. 6.12): %1</translation>
    </message>
    <message>
        <source>Nothing waits for an answer</source>
        <translation>Ответов никто не ждёт</translation>
    </message>
    <message>
        <source>Registered messages appear here, with the terms of their answers.</source>
        <translation>Здесь появятся зарегистрированные сообщения со сроками ответа.</translation>
    </message>
    <message>
        <source>Answers and terms</source>
        <translation>Ответы и сроки</translation>
    </message>
    <message>
        <source>Answers: %1</source>
        <translation>Отвечает: %1</translation>
    </message>
    <message>
        <source>Sent to no body yet</source>
        <translation>Органу ещё не направлено</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Запланирован</translation>
    </message>
    <message>
        <source>Impossible</source>
        <translation>Решить нельзя</translation>
    </message>
    <message>
        <source>what was done</source>
        <translation>что сделано</translation>
    </message>
    <message>
        <source>date and measures</source>
        <translation>срок и меры</translation>
    </message>
    <message>
        <source>with the grounds</source>
        <translation>с обоснованием</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Доволен</translation>
    </message>
    <message>
        <source>Partly content</source>
        <translation>Доволен отчасти</translation>
    </message>
    <message>
        <source>The message is published: with such data the answer cannot be sent. Take them out, or take the message out of publication (par. 6.12).</source>
        <translation>Сообщение опубликовано: с такими сведениями ответ не направить. Уберите их или снимите сообщение с публикации (п. 6.12).</translation>
    </message>
    <message>
        <source>Taken back: message № %1 stands as before</source>
        <translation>Отменено: сообщение № %1 снова как было</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>Направить</translation>
    </message>
    <message>
        <source>no body has it</source>
        <translation>не направлено</translation>
    </message>
    <message>
        <source>What to check</source>
        <translation>Что проверить</translation>
    </message>
    <message>
        <source>and publish, par. 7.8</source>
        <translation>и опубликовать, п.&#xa0;7.8</translation>
    </message>
    <message>
        <source>as non-public, par. 7.11</source>
        <translation>непубличным, п.&#xa0;7.11</translation>
    </message>
    <message>
        <source>on grounds of par. 7.7</source>
        <translation>по основаниям п.&#xa0;7.7</translation>
    </message>
    <message>
        <source>similar ones are looked for</source>
        <translation>ищем похожие</translation>
    </message>
    <message>
        <source>nothing similar was found</source>
        <translation>похожих нет</translation>
    </message>
    <message>
        <source>It will be registered as non-public: %1 (par. 6.12). The author is told.</source>
        <translation>Будет зарегистрировано непубличным: %1 (п.&#xa0;6.12). Автору уйдёт уведомление.</translation>
    </message>
    <message>
        <source>It will be registered and published at once (par. 7.8). The author is told.</source>
        <translation>Будет зарегистрировано и сразу опубликовано (п.&#xa0;7.8). Автору уйдёт уведомление.</translation>
    </message>
    <message>
        <source>It will be registered as non-public: so the author wants it (par. 6.8).</source>
        <translation>Будет зарегистрировано непубличным: так решил автор (п.&#xa0;6.8).</translation>
    </message>
    <message>
        <source>It will be registered as non-public: the author did not state it (par. 6.10).</source>
        <translation>Будет зарегистрировано непубличным: автор не указал (п.&#xa0;6.10).</translation>
    </message>
    <message>
        <source>Complete the fields marked in the middle, or refuse on par. 6.1</source>
        <translation>Дополните отмеченные поля или откажите по п.&#xa0;6.1</translation>
    </message>
    <message>
        <source>Say where it goes: the fields are marked above</source>
        <translation>Укажите, кому направить: поля отмечены выше</translation>
    </message>
    <message>
        <source>Your colleagues see the question in the queue</source>
        <translation>Коллеги видят вопрос в очереди</translation>
    </message>
    <message>
        <source>Whoever knows takes the message up and decides.</source>
        <translation>Кто знает ответ, возьмёт сообщение и решит.</translation>
    </message>
    <message>
        <source>Nothing similar was found: there is no message that it repeats (par. 6.4)</source>
        <translation>Похожих нет: повторять нечего (п.&#xa0;6.4)</translation>
    </message>
    <message>
        <source>word for word</source>
        <translation>слово в слово</translation>
    </message>
    <message>
        <source>word for word, not in its term</source>
        <translation>слово в слово, но срок не идёт</translation>
    </message>
    <message>
        <source>another place</source>
        <translation>другое место</translation>
    </message>
    <message>
        <source>another matter</source>
        <translation>о другом</translation>
    </message>
    <message>
        <source>same place, same matter</source>
        <translation>то же место, о том же</translation>
    </message>
    <message>
        <source>same matter</source>
        <translation>о том же</translation>
    </message>
    <message>
        <source>nearly the same words</source>
        <translation>почти те же слова</translation>
    </message>
    <message>
        <source>nothing in common</source>
        <translation>ничего общего</translation>
    </message>
    <message>
        <source>its answer term runs: it can be the original</source>
        <translation>срок ответа идёт: может быть первым (п.&#xa0;6.4)</translation>
    </message>
    <message>
        <source>its answer term does not run: it is no repetition by par. 6.4</source>
        <translation>срок ответа не идёт: это не повтор по п.&#xa0;6.4</translation>
    </message>
    <message>
        <source>So everybody will see it; the author&apos;s name and contacts are never shown</source>
        <translation>Так увидят все; имя и контакты автора не показываются</translation>
    </message>
    <message>
        <source>Nobody but the author will see it: par. 6.12 makes it non-public</source>
        <translation>Никто, кроме автора, не увидит: непубличное по п.&#xa0;6.12</translation>
    </message>
    <message>
        <source>Nobody but the author will see it: publicity was not stated (par. 6.10)</source>
        <translation>Никто, кроме автора, не увидит: публичность не указана (п.&#xa0;6.10)</translation>
    </message>
    <message>
        <source>Nobody but the author will see it: so the author wants it (par. 6.8, 6.11)</source>
        <translation>Никто, кроме автора, не увидит: так решил автор (п.&#xa0;6.8, 6.11)</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Где</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Tick the grounds at the left: by digit, by letter or with Space</source>
        <translation>Отметьте основания слева: цифрой, буквой или пробелом</translation>
    </message>
    <message>
        <source>What, when and where is told</source>
        <translation>Сказано, что, когда и где</translation>
    </message>
    <message>
        <source>No obscene words</source>
        <translation>Без нецензурных слов</translation>
    </message>
    <message>
        <source>Not of a private nature</source>
        <translation>Не личного характера</translation>
    </message>
    <message>
        <source>No hatred or discrimination</source>
        <translation>Без розни и дискриминации</translation>
    </message>
    <message>
        <source>No harm to minorities and children</source>
        <translation>Без вреда меньшинствам</translation>
    </message>
    <message>
        <source>No accusations and insults</source>
        <translation>Никого не оскорбляет</translation>
    </message>
    <message>
        <source>No threats</source>
        <translation>Без угроз</translation>
    </message>
    <message>
        <source>No trade or other purpose</source>
        <translation>Не реклама и не иные цели</translation>
    </message>
    <message>
        <source>Was not answered as impossible</source>
        <translation>Отказа по сути ещё не было</translation>
    </message>
    <message>
        <source>Not federal or regional</source>
        <translation>Не федеральное, не краевое</translation>
    </message>
    <message>
        <source>The place is clear</source>
        <translation>Место понятно</translation>
    </message>
    <message>
        <source>Repeats no message in term</source>
        <translation>Не повтор</translation>
    </message>
    <message>
        <source>Photos are JPG, PNG, TIFF</source>
        <translation>Фото JPG, PNG, TIFF</translation>
    </message>
    <message>
        <source>At most four photos</source>
        <translation>Не больше четырёх фото</translation>
    </message>
    <message>
        <source>Photos need no editing</source>
        <translation>Фото без правки</translation>
    </message>
    <message>
        <source>The category fits</source>
        <translation>Категория подходит</translation>
    </message>
    <message>
        <source>The author gave a name</source>
        <translation>Автор назвался</translation>
    </message>
    <message>
        <source>No name given: it is allowed</source>
        <translation>Без имени, это можно</translation>
    </message>
    <message>
        <source>The author wants it public</source>
        <translation>Автор: публичное</translation>
    </message>
    <message>
        <source>The author wants it non-public</source>
        <translation>Автор: непубличное</translation>
    </message>
    <message>
        <source>Not stated: non-public (6.10)</source>
        <translation>Не указано: непубличное</translation>
    </message>
    <message>
        <source>Everybody will see it</source>
        <translation>Увидят все</translation>
    </message>
    <message>
        <source>Only the author will see it</source>
        <translation>Увидит только автор</translation>
    </message>
    <message>
        <source>No personal data and secrets</source>
        <translation>Без персональных данных</translation>
    </message>
    <message>
        <source>health and treatment</source>
        <translation>здоровье и лечение</translation>
    </message>
    <message>
        <source>state or other secret</source>
        <translation>государственная или иная тайна</translation>
    </message>
    <message>
        <source>look yourself</source>
        <translation>посмотрите сами</translation>
    </message>
    <message>
        <source>found</source>
        <translation>найдено</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>проверяется</translation>
    </message>
    <message>
        <source>Message № %1 waits for review</source>
        <translation>Сообщение № %1 ждёт проверки</translation>
    </message>
    <message>
        <source>It stands in the list “Under review”: F10.</source>
        <translation>Оно в списке «На проверке»: F10.</translation>
    </message>
    <message>
        <source>The term of 7.11 runs from the sending.</source>
        <translation>Срок по п.&#xa0;7.11 идёт с момента отправки.</translation>
    </message>
    <message>
        <source>%1 · the first term: %2</source>
        <translation>%1 · ближайший срок: %2</translation>
    </message>
    <message>
        <source>The queue cannot be read</source>
        <translation>Очередь не читается</translation>
    </message>
    <message>
        <source>What is shown may be old. Call the administrator if it stays so.</source>
        <translation>Показанное могло устареть. Если это не пройдёт, позовите администратора.</translation>
    </message>
    <message>
        <source>you have it</source>
        <translation>у вас</translation>
    </message>
    <message>
        <source>%1 has this message since %2</source>
        <translation>Сообщение проверяет %1 с %2</translation>
    </message>
    <message>
        <source>Alt+R gives it back to the queue (par. 7.6).</source>
        <translation>Alt+R вернёт его в очередь (п.&#xa0;7.6).</translation>
    </message>
    <message>
        <source>A supervisor can give it back to the queue.</source>
        <translation>Вернуть его в очередь может старший оператор.</translation>
    </message>
    <message>
        <source>A colleague has decided this message already</source>
        <translation>Коллега уже принял решение по этому сообщению</translation>
    </message>
    <message>
        <source>%1 asks: %2</source>
        <translation>Спрашивает %1: %2</translation>
    </message>
    <message>
        <source>Photos without a text</source>
        <translation>Фото без текста</translation>
    </message>
    <message>
        <source>no topic yet</source>
        <translation>темы ещё нет</translation>
    </message>
    <message>
        <source>no place stated</source>
        <translation>место не указано</translation>
    </message>
    <message>
        <source>Nothing waits for review</source>
        <translation>Проверять нечего</translation>
    </message>
    <message>
        <source>Messages of users come here, and those that operators hand over from a call.</source>
        <translation>Сюда приходят сообщения пользователей и те, что операторы передали из вызова.</translation>
    </message>
    <message>
        <source>by phone, %1, %2</source>
        <translation>по телефону, %1, %2</translation>
    </message>
    <message>
        <source>sent on %1, %2</source>
        <translation>отправлено %1, %2</translation>
    </message>
    <message>
        <source>non-public by 6.12: %1</source>
        <translation>непубличное по п.&#xa0;6.12: %1</translation>
    </message>
    <message>
        <source>public</source>
        <translation>публичное</translation>
    </message>
    <message>
        <source>non-public</source>
        <translation>непубличное</translation>
    </message>
    <message>
        <source>non-public: not stated (6.10)</source>
        <translation>непубличное: не указано (п.&#xa0;6.10)</translation>
    </message>
    <message>
        <source>The text could not be checked: read it yourself, line by line</source>
        <translation>Текст не проверился: прочитайте его сами, строку за строкой</translation>
    </message>
    <message>
        <source>Message registered</source>
        <translation>Зарегистрировано</translation>
    </message>
    <message>
        <source>Message registered and published</source>
        <translation>Зарегистрировано и опубликовано</translation>
    </message>
    <message>
        <source>Message published</source>
        <translation>Опубликовано</translation>
    </message>
    <message>
        <source>Registration refused</source>
        <translation>Отказ в регистрации</translation>
    </message>
    <message>
        <source>Duplicate removed</source>
        <translation>Повтор удалён</translation>
    </message>
    <message>
        <source>New message for the body</source>
        <translation>Новое сообщение органу</translation>
    </message>
    <message>
        <source>Answer returned</source>
        <translation>Ответ возвращён органу</translation>
    </message>
    <message>
        <source>Answer to the message</source>
        <translation>Ответ на сообщение</translation>
    </message>
    <message>
        <source>A further answer is due</source>
        <translation>Нужен дополнительный ответ</translation>
    </message>
    <message>
        <source>Rework for the body</source>
        <translation>Доработка для органа</translation>
    </message>
    <message>
        <source>Answer sent to rework</source>
        <translation>Ответ отправлен на доработку</translation>
    </message>
    <message>
        <source>A promised date is near</source>
        <translation>Скоро планируемый срок</translation>
    </message>
    <message>
        <source>to be called</source>
        <translation>нужно позвонить</translation>
    </message>
    <message>
        <source>letter waits</source>
        <translation>письмо ждёт отправки</translation>
    </message>
    <message>
        <source>letter sent</source>
        <translation>письмо отправлено</translation>
    </message>
    <message>
        <source>told by phone</source>
        <translation>сообщено по телефону</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>не доставлено</translation>
    </message>
    <message>
        <source>e-mail is not set up here</source>
        <translation>почта здесь не настроена</translation>
    </message>
    <message>
        <source>a letter was sent, but whether it arrived is not known</source>
        <translation>письмо отправлено, но дошло ли оно, неизвестно</translation>
    </message>
    <message>
        <source>neither e-mail nor phone was left</source>
        <translation>не оставлены ни почта, ни телефон</translation>
    </message>
    <message>
        <source>not reached in three attempts</source>
        <translation>не удалось дозвониться за три попытки</translation>
    </message>
    <message>
        <source>a wrong number</source>
        <translation>неверный номер</translation>
    </message>
    <message>
        <source>the letter was not taken by the server (%1)</source>
        <translation>почтовый сервер не принял письмо (%1)</translation>
    </message>
    <message>
        <source>told</source>
        <translation>сообщено</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>не отвечает</translation>
    </message>
    <message>
        <source>asked to call later</source>
        <translation>просили позвонить позже</translation>
    </message>
    <message>
        <source>%1 of %2 · %3 · %4 · %5</source>
        <translation>%1 из %2 · %3 · %4 · %5</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>после %1</translation>
    </message>
    <message>
        <source>Nobody waits for a call</source>
        <translation>Звонить некому</translation>
    </message>
    <message>
        <source>The tasks cannot be read</source>
        <translation>Список не удаётся прочитать</translation>
    </message>
    <message>
        <source>Noted: %1</source>
        <translation>Записано: %1</translation>
    </message>
    <message>
        <source>The notice of message № %1 reaches nobody</source>
        <translation>Уведомление по сообщению № %1 никому не передано</translation>
    </message>
    <message>
        <source>Letter to %1, %2</source>
        <translation>Письмо: %1, %2</translation>
    </message>
    <message>
        <source>By phone to %1, %2</source>
        <translation>По телефону: %1, %2</translation>
    </message>
    <message>
        <source>%1 left neither e-mail nor phone</source>
        <translation>%1: нет ни почты, ни телефона</translation>
    </message>
    <message>
        <source>Nobody is told of this</source>
        <translation>Об этом никто не уведомляется</translation>
    </message>
    <message>
        <source>The notice is shown once everything that the decision needs is there</source>
        <translation>Уведомление появится, когда для решения будет указано всё нужное</translation>
    </message>
    <message>
        <source>The notice cannot be shown: the register is away</source>
        <translation>Уведомление не показать: реестр недоступен</translation>
    </message>
    <message>
        <source>The mail server does not answer. Letters wait and go out by themselves.</source>
        <translation>Почтовый сервер не отвечает. Письма ждут и уйдут сами.</translation>
    </message>
    <message>
        <source>The mail server is too slow. Letters wait and go out by themselves.</source>
        <translation>Почтовый сервер отвечает слишком долго. Письма ждут и уйдут сами.</translation>
    </message>
    <message>
        <source>The mail server asks to come later. Letters go out by themselves.</source>
        <translation>Почтовый сервер просит подождать. Письма уйдут сами.</translation>
    </message>
    <message>
        <source>The mail server&apos;s certificate is not trusted. Call the administrator.</source>
        <translation>Удостоверению почтового сервера нельзя верить. Позовите администратора.</translation>
    </message>
    <message>
        <source>The mail server does not let us sign in. Call the administrator.</source>
        <translation>Почтовый сервер не принимает имя и пароль. Позовите администратора.</translation>
    </message>
    <message>
        <source>The mail server does not take letters from our address. Call the administrator.</source>
        <translation>Почтовый сервер не принимает письма с нашего адреса. Позовите администратора.</translation>
    </message>
    <message>
        <source>What answers there is no mail server. Call the administrator.</source>
        <translation>По этому адресу отвечает не почтовый сервер. Позовите администратора.</translation>
    </message>
    <message>
        <source>The register cannot be read. Call the administrator if it stays so.</source>
        <translation>Реестр не читается. Если это не пройдёт, позовите администратора.</translation>
    </message>
    <message>
        <source>Letters do not go out</source>
        <translation>Письма не уходят</translation>
    </message>
    <message>
        <source>Letters go out again</source>
        <translation>Письма снова уходят</translation>
    </message>
    <message>
        <source>Call the addressee of message № %1</source>
        <translation>Позвоните адресату по сообщению № %1</translation>
    </message>
    <message>
        <source>The promised date of message № %1 has come</source>
        <translation>Наступил планируемый срок по сообщению № %1</translation>
    </message>
    <message>
        <source>It is open again, and its body is told (par. 9.6).</source>
        <translation>Оно снова в работе, орган уведомлён (п. 9.6).</translation>
    </message>
    <message>
        <source>notice cancelled</source>
        <translation>отменено</translation>
    </message>
    <message>
        <source>to be shown to everybody</source>
        <translation>показать всем</translation>
    </message>
    <message>
        <source>not to be shown to others</source>
        <translation>другим не показывать</translation>
    </message>
    <message>
        <source>not asked: not shown to others (par. 6.10)</source>
        <translation>не спрошено: другим не показывается (п. 6.10)</translation>
    </message>
    <message>
        <source>another question of the author:</source>
        <translation>другой вопрос автора:</translation>
    </message>
    <message>
        <source>told together with</source>
        <translation>рассказано вместе с</translation>
    </message>
    <message>
        <source>joins</source>
        <translation>присоединяется к</translation>
    </message>
    <message>
        <source>repeats</source>
        <translation>повторяет</translation>
    </message>
    <message>
        <source>mends the refused</source>
        <translation>исправляет отказанное</translation>
    </message>
    <message>
        <source>of the same matter as</source>
        <translation>о том же, что</translation>
    </message>
    <message>
        <source>Users who voted within three days: %1</source>
        <translation>За трое суток проголосовало пользователей: %1</translation>
    </message>
    <message>
        <source>History of message № %1</source>
        <translation>История сообщения № %1</translation>
    </message>
    <message>
        <source>The message was written down in a call</source>
        <translation>Сообщение записано с телефонного вызова</translation>
    </message>
    <message>
        <source>The message was written down</source>
        <translation>Сообщение записано</translation>
    </message>
    <message>
        <source>The message came from the platform</source>
        <translation>Сообщение пришло с платформы</translation>
    </message>
    <message>
        <source>Look a message up</source>
        <translation>Найти сообщение</translation>
    </message>
    <message>
        <source>There is no such number: a digit is wrong or two have changed places. Ask for it once more.</source>
        <translation>Такого номера нет: в нём неверная цифра или две переставлены. Попросите назвать ещё раз.</translation>
    </message>
    <message>
        <source>No message can have such a number. Ask for it once more.</source>
        <translation>Такого номера быть не может. Попросите назвать ещё раз.</translation>
    </message>
    <message>
        <source>Type digits: a number or a telephone</source>
        <translation>Набирайте цифры: номер сообщения или телефон</translation>
    </message>
    <message>
        <source>The number is right, but no message of this workplace has it</source>
        <translation>Номер верный, но сообщения с ним на этом рабочем месте нет</translation>
    </message>
    <message>
        <source>This is the number of a telephone call of %1; no message was made of it</source>
        <translation>Это номер телефонного вызова от %1; сообщения по нему нет</translation>
    </message>
    <message>
        <source>Nobody left a message with the telephone %1</source>
        <translation>С телефона %1 сообщений нет</translation>
    </message>
    <message>
        <source>There is no call now</source>
        <translation>Сейчас вызова нет</translation>
    </message>
    <message>
        <source>The message has no telephone</source>
        <translation>В сообщении телефона нет</translation>
    </message>
    <message>
        <source>The caller&apos;s number is not known</source>
        <translation>Номер звонящего не известен</translation>
    </message>
    <message>
        <source>Calls from %1, the number of the message</source>
        <translation>Звонит с %1 — этот телефон указан в сообщении</translation>
    </message>
    <message>
        <source>Calls from %1; the message has %2</source>
        <translation>Звонит с %1, а в сообщении %2</translation>
    </message>
    <message>
        <source>The author did not give a name</source>
        <translation>Автор не назвал себя</translation>
    </message>
    <message>
        <source>Ask for the full name; the author is %1</source>
        <translation>Спросите фамилию, имя и отчество; автор — %1</translation>
    </message>
    <message>
        <source>Has the author&apos;s name: %1</source>
        <translation>Имя то же, что у автора: %1</translation>
    </message>
    <message>
        <source>Has the name %1; the author is %2</source>
        <translation>Назвался %1, а автор — %2</translation>
    </message>
    <message>
        <source>There is a message № %1.</source>
        <translation>Сообщение № %1 есть.</translation>
    </message>
    <message>
        <source>Message № %1 was taken in on %2.</source>
        <translation>Сообщение № %1 принято %2.</translation>
    </message>
    <message>
        <source>Its contents and its answer are told to its author alone (par. 6.11).</source>
        <translation>Что в нём и каков ответ, можно сказать только автору (п. 6.11).</translation>
    </message>
    <message>
        <source>It is about: %1.</source>
        <translation>Оно о теме: %1.</translation>
    </message>
    <message>
        <source>It has not been handed over yet.</source>
        <translation>Оно ещё не передано.</translation>
    </message>
    <message>
        <source>It waits for its review.</source>
        <translation>Оно ждёт рассмотрения.</translation>
    </message>
    <message>
        <source>It is being reviewed.</source>
        <translation>Оно на рассмотрении.</translation>
    </message>
    <message>
        <source>It is registered; the answer is being prepared.</source>
        <translation>Оно зарегистрировано, ответ готовится.</translation>
    </message>
    <message>
        <source>It is registered and published; the answer is being prepared.</source>
        <translation>Оно зарегистрировано и опубликовано, ответ готовится.</translation>
    </message>
    <message>
        <source>Its registration was refused.</source>
        <translation>В регистрации отказано.</translation>
    </message>
    <message>
        <source>It repeats an earlier message, to which the answer will come.</source>
        <translation>Оно повторяет более раннее сообщение, ответ придёт на него.</translation>
    </message>
    <message>
        <source>The answer is prepared by %1.</source>
        <translation>Ответ готовит %1.</translation>
    </message>
    <message>
        <source>The answer has come and is being checked.</source>
        <translation>Ответ пришёл, его проверяют.</translation>
    </message>
    <message>
        <source>The answer is being mended by %1.</source>
        <translation>Ответ исправляет %1.</translation>
    </message>
    <message>
        <source>The answer was sent.</source>
        <translation>Ответ направлен.</translation>
    </message>
    <message>
        <source>There is an answer with the date by which the matter will be solved.</source>
        <translation>Есть ответ со сроком, к которому вопрос решат.</translation>
    </message>
    <message>
        <source>The answer was sent and rated.</source>
        <translation>Ответ направлен и оценён.</translation>
    </message>
    <message>
        <source>It is at rework: %1.</source>
        <translation>Оно на доработке: %1.</translation>
    </message>
    <message>
        <source>The work on it is over.</source>
        <translation>Работа с ним окончена.</translation>
    </message>
    <message>
        <source>More than a thousand people supported it; it is being considered by %1.</source>
        <translation>Его поддержали больше тысячи человек, его рассматривает %1.</translation>
    </message>
    <message>
        <source>It will be decided %1.</source>
        <translation>Решение будет принято %1.</translation>
    </message>
    <message>
        <source>The matter will be solved %1.</source>
        <translation>Вопрос решат %1.</translation>
    </message>
    <message>
        <source>The answer will be there %1.</source>
        <translation>Ответ будет %1.</translation>
    </message>
    <message>
        <source>The term was %1; the answer is late.</source>
        <translation>Срок ответа был %1, ответ задерживается.</translation>
    </message>
    <message>
        <source>The ground is par. %1. %2</source>
        <translation>Основание — п. %1. %2</translation>
    </message>
    <message>
        <source>The answer, sent on %1</source>
        <translation>Ответ, направлен %1</translation>
    </message>
    <message>
        <source>No answer was sent yet: there is none to read out</source>
        <translation>Ответ ещё не направлен: читать нечего</translation>
    </message>
    <message>
        <source>The call is linked to message № %1</source>
        <translation>Вызов связан с сообщением № %1</translation>
    </message>
    <message>
        <source>Dissatisfied</source>
        <translation>Недовольны</translation>
    </message>
    <message>
        <source>The question is solved</source>
        <translation>Вопрос решён</translation>
    </message>
    <message>
        <source>Answers returned to the body</source>
        <translation>Ответов возвращено органу</translation>
    </message>
    <message>
        <source>“This is known already: your call is tied to message %1.%2”</source>
        <translation>«Об этом уже известно: ваш вызов связан с сообщением %1.%2»</translation>
    </message>
    <message>
        <source>The call is tied to message № %1</source>
        <translation>Вызов связан с сообщением № %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>с %1</translation>
    </message>
    <message>
        <source>message %1 of %2 of this call</source>
        <translation>сообщение %1 из %2</translation>
    </message>
    <message>
        <source>There is one question here</source>
        <translation>Здесь один вопрос</translation>
    </message>
    <message>
        <source>Select the second one in the text, then Alt+S.</source>
        <translation>Выделите в тексте второй, затем Alt+S.</translation>
    </message>
    <message>
        <source>The disk refuses: nothing was changed</source>
        <translation>Диск не принимает: ничего не изменено</translation>
    </message>
    <message>
        <source>Try again; what was typed is still here.</source>
        <translation>Повторите; всё набранное на месте.</translation>
    </message>
    <message>
        <source>In the caller&apos;s words, written down by %1</source>
        <translation>Со слов автора, запишет %1</translation>
    </message>
    <message>
        <source>make two messages of it</source>
        <translation>сделать из этого два сообщения</translation>
    </message>
    <message>
        <source>“Your message is taken in. Write down its number: %1. We decide on its registration %2.”</source>
        <translation>«Ваше сообщение принято. Запишите его номер: %1. Решение о регистрации примем %2.»</translation>
    </message>
    <message>
        <source> The body responsible prepares a written answer.</source>
        <translation> Ответственный орган подготовит письменный ответ.</translation>
    </message>
    <message>
        <source>Grounds of refusal: %1</source>
        <translation>Основания: %1</translation>
    </message>
    <message>
        <source>To the author</source>
        <translation>Автору</translation>
    </message>
    <message>
        <source>To the author, who left no address</source>
        <translation>Автору, который не оставил ни почты, ни телефона</translation>
    </message>
    <message>
        <source>By its contents it is %1; the city takes %2 (par. 9.9).</source>
        <translation>По содержимому это %1; город принимает %2 (п. 9.9).</translation>
    </message>
    <message>
        <source>Attach only files of the formats that the city takes</source>
        <translation>Приложите файлы только тех форматов, которые принимает город</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Рассмотрение</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Overdue now, of any day</source>
        <translation>Просрочено сейчас, за любой день</translation>
    </message>
    <message>
        <source>of the period: %1</source>
        <translation>за период: %1</translation>
    </message>
    <message>
        <source>A further question of this call is not registered</source>
        <translation>Второе сообщение этого вызова не зарегистрировано</translation>
    </message>
    <message>
        <source>Register it; Ctrl+Enter in the card once more closes the call without it.</source>
        <translation>Зарегистрируйте его; Ctrl+Enter в карточке ещё раз закроет вызов без него.</translation>
    </message>
    <message>
        <source>This is no phone number: check the digits, or leave the field empty</source>
        <translation>Это не номер телефона: проверьте цифры или оставьте поле пустым</translation>
    </message>
    <message>
        <source>This is no e-mail address: check it, or leave the field empty</source>
        <translation>Это не адрес почты: проверьте его или оставьте поле пустым</translation>
    </message>
    <message>
        <source>two troubles are told</source>
        <translation>рассказано о двух разных бедах</translation>
    </message>
    <message>
        <source>the author says that there are several</source>
        <translation>автор сам говорит, что вопросов несколько</translation>
    </message>
    <message>
        <source>the author&apos;s own life</source>
        <translation>личная жизнь автора</translation>
    </message>
    <message>
        <source>papers that state bodies give</source>
        <translation>документы, которые выдают госорганы</translation>
    </message>
    <message>
        <source>Formats of attachments to an answer (9.9)</source>
        <translation>Форматы вложений к ответу (п. 9.9)</translation>
    </message>
    <message>
        <source>“%1” is not one word; put commas between words</source>
        <translation>«%1» — не одно слово; ставьте между словами запятые</translation>
    </message>
    <message>
        <source>A word stands in both lists: it is either obscene or not</source>
        <translation>Слово стоит в обоих списках: оно либо нецензурное, либо нет</translation>
    </message>
    <message>
        <source>Words that the city allows (6.3)</source>
        <translation>Слова, разрешённые городом (п. 6.3)</translation>
    </message>
    <message>
        <source>Words that the city forbids too (6.3)</source>
        <translation>Слова, запрещённые городом (п. 6.3)</translation>
    </message>
    <message>
        <source>This file is a backup copy</source>
        <translation>Этот файл — резервная копия</translation>
    </message>
    <message>
        <source>Numbers given from it could be given twice. The administrator restores the register from it: python -m sync restore.</source>
        <translation>Номера из неё могли бы быть выданы дважды. Администратор восстанавливает из неё реестр: python -m sync restore.</translation>
    </message>
    <message>
        <source>The register was copied from another place</source>
        <translation>Реестр скопирован из другого места</translation>
    </message>
    <message>
        <source>Two registers of one workplace would give the same numbers. Work where it lay before, or let the administrator take it over here: python -m sync restore.</source>
        <translation>Два реестра одного рабочего места выдавали бы одинаковые номера. Работайте там, где он лежал прежде, или пусть администратор примет его здесь: python -m sync restore.</translation>
    </message>
    <message>
        <source>Another password</source>
        <translation>Смена пароля</translation>
    </message>
    <message>
        <source>Enter the password that holds now, then the new one twice.</source>
        <translation>Введите нынешний пароль, потом дважды новый.</translation>
    </message>
    <message>
        <source>Change and sign in</source>
        <translation>Сменить и войти</translation>
    </message>
    <message>
        <source>The password was not confirmed for too long</source>
        <translation>Пароль слишком давно не подтверждён</translation>
    </message>
    <message>
        <source>Access is closed</source>
        <translation>Доступ закрыт</translation>
    </message>
    <message>
        <source>The central database does not answer</source>
        <translation>Центральная база не отвечает</translation>
    </message>
    <message>
        <source>Sign in once while the central database answers, or call the administrator.</source>
        <translation>Войдите один раз, когда центральная база ответит, или позовите администратора.</translation>
    </message>
    <message>
        <source>The administrator closed it: turn to him.</source>
        <translation>Его закрыл администратор: обратитесь к нему.</translation>
    </message>
    <message>
        <source>The password is kept there: change it later, the present one holds.</source>
        <translation>Пароль хранится в ней: смените его позже, пока действует нынешний.</translation>
    </message>
    <message>
        <source>It goes on being sent; the next one to sign in here sends the rest.</source>
        <translation>Отправка продолжается; остальное уйдёт и после входа следующего оператора.</translation>
    </message>
    <message>
        <source>The disk is full: free some space or call the administrator.</source>
        <translation>Диск заполнен: освободите место или позовите администратора.</translation>
    </message>
    <message>
        <source>The data folder may only be read: call the administrator.</source>
        <translation>Папка данных открыта только для чтения: позовите администратора.</translation>
    </message>
    <message>
        <source>Another program holds the register: close it or call the administrator.</source>
        <translation>Реестр занят другой программой: закройте её или позовите администратора.</translation>
    </message>
    <message>
        <source>The disk does not take the record: free some space or call the administrator.</source>
        <translation>Диск не принимает запись: освободите место или позовите администратора.</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>Резервной копии нет</translation>
    </message>
    <message>
        <source>No backup since %1</source>
        <translation>Резервной копии нет с %1</translation>
    </message>
    <message>
        <source>The folder for copies is not there</source>
        <translation>Папка для копий недоступна</translation>
    </message>
    <message>
        <source>The folder for copies is full</source>
        <translation>Папка для копий заполнена</translation>
    </message>
    <message>
        <source>The register itself cannot be read: call the administrator now</source>
        <translation>Не читается сам реестр: немедленно позовите администратора</translation>
    </message>
    <message>
        <source>The folder for copies cannot be written</source>
        <translation>В папку для копий нельзя записать</translation>
    </message>
    <message>
        <source>A former server of the database answers: %1.</source>
        <translation>Отвечает прежний сервер базы: %1.</translation>
    </message>
    <message>
        <source>A server of another database answers: %1.</source>
        <translation>Отвечает сервер другой базы: %1.</translation>
    </message>
    <message>
        <source>Nothing is sent to it; records go to the right one. Tell the administrator.</source>
        <translation>Ему ничего не отправляется, записи идут в нужный. Скажите администратору.</translation>
    </message>
    <message>
        <source>only a former server answers, where records would be lost: call the administrator</source>
        <translation>отвечает только прежний сервер, записи в нём пропали бы: позовите администратора</translation>
    </message>
    <message>
        <source>another database answers: if it replaces the former one, the administrator runs central take-over</source>
        <translation>отвечает другая база: если она заменила прежнюю, администратор выполняет central take-over</translation>
    </message>
    <message>
        <source>does not hold; before it, elsewhere: %1</source>
        <translation>не действует; раньше, на другом месте: %1</translation>
    </message>
    <message>
        <source>Message № %1: the decision made here does not hold</source>
        <translation>Сообщение № %1: решение, принятое здесь, не действует</translation>
    </message>
    <message>
        <source>%1. What you wrote is kept in the history of the message (Alt+H).</source>
        <translation>%1. Написанное сохранено в истории сообщения (Alt+H).</translation>
    </message>
    <message>
        <source>The clock is fast by %1</source>
        <translation>Часы спешат на %1</translation>
    </message>
    <message>
        <source>The clock is slow by %1</source>
        <translation>Часы отстают на %1</translation>
    </message>
    <message>
        <source>The times of calls are those of this computer. Numbers and order do not depend on them; the administrator sets the clock.</source>
        <translation>Время вызовов — по часам этого компьютера. Номера и порядок от них не зависят; часы поправит администратор.</translation>
    </message>
    <message>
        <source>the store here is older than what it has sent: call the administrator</source>
        <translation>реестр здесь старее, чем то, что из него отправлено: позовите администратора</translation>
    </message>
    <message>
        <source>Message № %1, %2: %3</source>
        <translation>Сообщение № %1, %2: %3</translation>
    </message>
    <message>
        <source>call of %1: %2</source>
        <translation>вызов %1: %2</translation>
    </message>
    <message>
        <source>The text stays on the screen.</source>
        <translation>Текст остаётся на экране.</translation>
    </message>
    <message>
        <source>Once this line is gone, save again.</source>
        <translation>Когда эта строка исчезнет, сохраните ещё раз.</translation>
    </message>
    <message>
        <source>All workplaces.</source>
        <translation>Все рабочие места.</translation>
    </message>
    <message>
        <source>Your login does not see these figures of all workplaces</source>
        <translation>Вашему логину эти показатели всех рабочих мест не видны</translation>
    </message>
    <message>
        <source>You came in without the centre: sign in again while it answers</source>
        <translation>Вы вошли без центра: войдите ещё раз, когда он отвечает</translation>
    </message>
    <message>
        <source>The centre does not answer: the figures of this workplace are there (Alt+G)</source>
        <translation>Центр не отвечает; показатели этого места доступны (Alt+G)</translation>
    </message>
    <message>
        <source>The message is kept at another workplace</source>
        <translation>Это сообщение хранится на другом рабочем месте</translation>
    </message>
    <message>
        <source>The register is damaged, nothing more is saved.</source>
        <translation>Реестр повреждён, записи больше не сохраняются.</translation>
    </message>
    <message>
        <source>Write calls down and call the administrator: python -m sync restore. The text stays here.</source>
        <translation>Записывайте звонки на бумагу и позовите администратора: python -m sync restore. Текст остаётся здесь.</translation>
    </message>
    <message>
        <source>Nothing is lost: what is left is sent by the next console that is opened here.</source>
        <translation>Ничего не потеряется: остальное отправит консоль, которая откроется здесь следующей.</translation>
    </message>
    <message>
        <source>All workplaces find it within seconds.</source>
        <translation>Через несколько секунд её найдут на всех рабочих местах.</translation>
    </message>
    <message>
        <source>You came in without the centre: lock (Ctrl+L) and sign in again</source>
        <translation>Вы вошли без центра: заблокируйте окно (Ctrl+L) и войдите снова</translation>
    </message>
    <message>
        <source>The centre does not let you change this</source>
        <translation>Центр не разрешает вам это изменить</translation>
    </message>
    <message>
        <source>The centre is older than this program: call the administrator</source>
        <translation>Центр старше этой программы: позовите администратора</translation>
    </message>
    <message>
        <source>Another server answers in place of the centre: call the administrator</source>
        <translation>Вместо центра отвечает другой сервер: позовите администратора</translation>
    </message>
    <message>
        <source>The centre does not answer</source>
        <translation>Центр не отвечает</translation>
    </message>
    <message>
        <source>Not published. What you typed is kept here as a draft; Ctrl+Enter sends it later.</source>
        <translation>Не опубликовано. Набранное сохранено здесь черновиком, Ctrl+Enter отправит его позже.</translation>
    </message>
    <message>
        <source>Not published: %1. Ctrl+Enter sends it again.</source>
        <translation>Не опубликовано: %1. Ctrl+Enter — отправить ещё раз.</translation>
    </message>
    <message>
        <source>The centre answers again</source>
        <translation>Центр снова отвечает</translation>
    </message>
    <message>
        <source>%1 changed the same at %2</source>
        <translation>%1: то же самое изменено в %2</translation>
    </message>
    <message>
        <source>Nothing was written. See what stands there now.</source>
        <translation>Ничего не записано. Посмотрите, что там теперь.</translation>
    </message>
    <message>
        <source>Nothing was changed; what you typed stays.</source>
        <translation>Ничего не изменено, набранное осталось.</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Не готов</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>Перерыв</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Отошёл</translation>
    </message>
    <message>
        <source>Checking messages</source>
        <translation>Проверка сообщений</translation>
    </message>
    <message>
        <source>Work on the directory</source>
        <translation>Работа со справочником</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Обучение</translation>
    </message>
    <message>
        <source>Other work</source>
        <translation>Другая работа</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>Отдых</translation>
    </message>
    <message>
        <source>Lunch</source>
        <translation>Обед</translation>
    </message>
    <message>
        <source>a ring was not answered</source>
        <translation>звонок остался без ответа</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>Далее: %1</translation>
    </message>
    <message>
        <source>After the call: %1</source>
        <translation>После вызова: %1</translation>
    </message>
    <message>
        <source>Ready to take calls</source>
        <translation>Готов принимать звонки</translation>
    </message>
    <message>
        <source>left of %1</source>
        <translation>осталось из %1</translation>
    </message>
    <message>
        <source>The wrap-up cannot be made longer any more</source>
        <translation>Больше продлить оформление нельзя</translation>
    </message>
    <message>
        <source>You take calls now</source>
        <translation>Вы принимаете звонки</translation>
    </message>
    <message>
        <source>You take no calls: %1</source>
        <translation>Вы не принимаете звонки: %1</translation>
    </message>
    <message>
        <source>F9: ready to take calls</source>
        <translation>F9 — снова принимать звонки</translation>
    </message>
    <message>
        <source>The time of the wrap-up is over.</source>
        <translation>Время оформления вышло.</translation>
    </message>
    <message>
        <source>You take no calls any more</source>
        <translation>Вы больше не принимаете звонки</translation>
    </message>
    <message>
        <source>A ring was not answered. F9: ready to take calls again.</source>
        <translation>Звонок остался без ответа. F9 — снова принимать звонки.</translation>
    </message>
    <message>
        <source>The phone is connected again.</source>
        <translation>Телефон снова на связи.</translation>
    </message>
    <message>
        <source>The desk is unlocked.</source>
        <translation>Рабочее место разблокировано.</translation>
    </message>
    <message>
        <source>The record is not saved yet: Ctrl+Enter</source>
        <translation>Запись не сохранена: Ctrl+Enter</translation>
    </message>
    <message>
        <source>You have a break</source>
        <translation>У вас перерыв</translation>
    </message>
    <message>
        <source>You are not ready</source>
        <translation>Вы не готовы</translation>
    </message>
    <message>
        <source>calls do not ring here</source>
        <translation>звонки сюда не поступают</translation>
    </message>
    <message>
        <source>The telephone system did not take the code %1</source>
        <translation>Телефонная станция не приняла код %1</translation>
    </message>
    <message>
        <source>It may send calls where none are wanted, or none: tell the supervisor.</source>
        <translation>Звонки могут идти к тем, кто их не принимает, или не приходить: сообщите старшему.</translation>
    </message>
    <message>
        <source>came while you took no calls</source>
        <translation>пришёл, когда вы не принимали</translation>
    </message>
    <message>
        <source>the number is busy</source>
        <translation>номер занят</translation>
    </message>
    <message>
        <source>there is no answer</source>
        <translation>не отвечают</translation>
    </message>
    <message>
        <source>there is no such number</source>
        <translation>такого номера нет</translation>
    </message>
    <message>
        <source>the call was declined</source>
        <translation>вызов отклонили</translation>
    </message>
    <message>
        <source>the telephone system did not say why</source>
        <translation>станция не сказала почему</translation>
    </message>
    <message>
        <source>the telephone system refused it (code %1)</source>
        <translation>станция отказала (код %1)</translation>
    </message>
    <message>
        <source>Not transferred: %1</source>
        <translation>Не переведено: %1</translation>
    </message>
    <message>
        <source>The caller is on hold: F3 goes back to him, F7 tries another number.</source>
        <translation>Абонент на удержании: F3 — вернуться к нему, F7 — другой номер.</translation>
    </message>
    <message>
        <source>The caller is transferred</source>
        <translation>Абонент переведён</translation>
    </message>
    <message>
        <source>The transfer goes on: wait for its outcome, or go back to the caller with F3</source>
        <translation>Перевод ещё идёт: дождитесь ответа или вернитесь к абоненту — F3</translation>
    </message>
    <message>
        <source>There is no caller to transfer</source>
        <translation>Переводить некого: абонента на линии нет</translation>
    </message>
    <message>
        <source>Wait until the call is answered</source>
        <translation>Дождитесь, пока там ответят</translation>
    </message>
    <message>
        <source>Both calls would end: press F8 again in a second to end them</source>
        <translation>Закончатся оба разговора: чтобы завершить, нажмите F8 ещё раз через секунду</translation>
    </message>
    <message>
        <source>F8 was not taken: another call has just come in front. Press it again to end it</source>
        <translation>F8 не принята: разговор только что сменился. Нажмите ещё раз, чтобы завершить этот</translation>
    </message>
    <message>
        <source>Finish the call that is on first</source>
        <translation>Сначала закончите вызов, который идёт</translation>
    </message>
    <message>
        <source>The call is not recorded any more</source>
        <translation>Запись вызова прервалась</translation>
    </message>
    <message>
        <source>The disk does not take the recording; the call goes on. Tell the administrator.</source>
        <translation>Диск не принимает запись, разговор продолжается. Скажите администратору.</translation>
    </message>
    <message>
        <source>The one you asked has hung up</source>
        <translation>Собеседник положил трубку</translation>
    </message>
    <message>
        <source>Not reached: %1</source>
        <translation>Не дозвонились: %1</translation>
    </message>
    <message>
        <source>answer the call</source>
        <translation>ответить</translation>
    </message>
    <message>
        <source>end the call</source>
        <translation>завершить вызов</translation>
    </message>
    <message>
        <source>put the caller on hold</source>
        <translation>удержать</translation>
    </message>
    <message>
        <source>take the caller off hold</source>
        <translation>снять с удержания</translation>
    </message>
    <message>
        <source>switch the microphone</source>
        <translation>переключить микрофон</translation>
    </message>
    <message>
        <source>switch the recording</source>
        <translation>переключить запись</translation>
    </message>
    <message>
        <source>transfer the caller</source>
        <translation>перевести абонента</translation>
    </message>
    <message>
        <source>call for advice</source>
        <translation>позвонить для консультации</translation>
    </message>
    <message>
        <source>connect the two</source>
        <translation>соединить</translation>
    </message>
    <message>
        <source>join the three</source>
        <translation>соединить троих</translation>
    </message>
    <message>
        <source>call the number</source>
        <translation>позвонить</translation>
    </message>
    <message>
        <source>Could not %1: try again</source>
        <translation>Не удалось %1: повторите</translation>
    </message>
    <message>
        <source>The far side has not confirmed it within 3 seconds.</source>
        <translation>За 3 секунды другая сторона не подтвердила. На экране — то, что есть на самом деле.</translation>
    </message>
    <message>
        <source>Calls are not recorded here</source>
        <translation>Вызовы здесь не записываются</translation>
    </message>
    <message>
        <source>The administrator sets the folder for recordings.</source>
        <translation>Папку для записей задаёт администратор.</translation>
    </message>
    <message>
        <source>Could not %1</source>
        <translation>Не удалось %1</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>соединяем…</translation>
    </message>
    <message>
        <source>ending…</source>
        <translation>завершаем…</translation>
    </message>
    <message>
        <source>holding…</source>
        <translation>удерживаем…</translation>
    </message>
    <message>
        <source>going back…</source>
        <translation>возвращаемся…</translation>
    </message>
    <message>
        <source>transferring…</source>
        <translation>переводим…</translation>
    </message>
    <message>
        <source>joining…</source>
        <translation>собираем…</translation>
    </message>
    <message>
        <source>dialling</source>
        <translation>набираем</translation>
    </message>
    <message>
        <source>rings there</source>
        <translation>там звонит</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>На удержании</translation>
    </message>
    <message>
        <source>held over a minute</source>
        <translation>держим больше минуты</translation>
    </message>
    <message>
        <source>held over two minutes</source>
        <translation>держим больше двух минут</translation>
    </message>
    <message>
        <source>Go back to the caller</source>
        <translation>Вернитесь к абоненту</translation>
    </message>
    <message>
        <source>You are put on hold</source>
        <translation>Вас поставили на удержание</translation>
    </message>
    <message>
        <source>consulting</source>
        <translation>консультация</translation>
    </message>
    <message>
        <source>all three hear each other</source>
        <translation>все трое слышат друг друга</translation>
    </message>
    <message>
        <source>three on the line</source>
        <translation>втроём</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>two on the line</comment>
        <translation>%1 и %2</translation>
    </message>
    <message>
        <source>transferring</source>
        <translation>переводим</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>На %1</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Идёт запись</translation>
    </message>
    <message>
        <source>Recording paused</source>
        <translation>Запись на паузе</translation>
    </message>
    <message>
        <source>Second call: %1</source>
        <translation>Второй вызов: %1</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>и ещё %1</translation>
    </message>
    <message>
        <source>answer, the first is held</source>
        <translation>ответить, первый удержать</translation>
    </message>
    <message>
        <source>switch over</source>
        <translation>переключиться</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>переведён</translation>
    </message>
    <message>
        <source>taken over by another call</source>
        <translation>принят другим вызовом</translation>
    </message>
    <message>
        <source>Another change of this call is under way</source>
        <translation>С этим вызовом уже что-то делается</translation>
    </message>
    <message>
        <source>The far side does not allow it</source>
        <translation>Другая сторона этого не разрешает</translation>
    </message>
    <message>
        <source>Nobody was asked about the caller</source>
        <translation>Об абоненте никого не спрашивали</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>Исходящий вызов</translation>
    </message>
    <message>
        <source>Nobody answered: call № %1 is registered</source>
        <translation>Не ответили: вызов № %1 зарегистрирован</translation>
    </message>
    <message>
        <source>%1. Say so before you transfer: nobody may answer there.</source>
        <translation>%1. Скажите об этом до перевода: там могут не ответить.</translation>
    </message>
    <message>
        <source>Choose a unit or type a number</source>
        <translation>Выберите орган или наберите номер</translation>
    </message>
    <message>
        <source>There is no number here to call</source>
        <translation>Здесь нет номера, по которому можно позвонить</translation>
    </message>
    <message>
        <source>When it answers, press Shift+F6 and type the extension: %1</source>
        <translation>Когда ответят, нажмите Shift+F6 и наберите добавочный: %1</translation>
    </message>
    <message>
        <source>This number has the extension %1</source>
        <translation>У номера добавочный %1</translation>
    </message>
    <message>
        <source>Talk first: the extension is typed after the answer, then F7 connects.</source>
        <translation>Сначала поговорите: добавочный набирают после ответа, потом F7 соединит.</translation>
    </message>
    <message>
        <source>waits on the line</source>
        <translation>ждёт</translation>
    </message>
    <message>
        <source>nobody there</source>
        <translation>не дозвонились</translation>
    </message>
    <message>
        <source>on hold: %1</source>
        <translation>на удержании: %1</translation>
    </message>
    <message>
        <source>A page of its file is damaged. Do not delete it: the administrator takes out what is only there and restores the register from a copy: python -m sync export-outbox, then restore.</source>
        <translation>Страница его файла повреждена. Не удаляйте файл: администратор выгрузит то, что есть только в нём, и восстановит реестр из копии: python -m sync export-outbox, затем restore.</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>сегодня %1</translation>
    </message>
    <message>
        <source>What comes from the centre: %1</source>
        <translation>Что приходит из центра: %1</translation>
    </message>
    <message>
        <source>Nothing has come from the centre yet</source>
        <translation>Из центра ещё ничего не приходило</translation>
    </message>
    <message>
        <source>The centre&apos;s news do not come since %1</source>
        <translation>Новое из центра не приходит с %1</translation>
    </message>
    <message>
        <source>A long operation in the central database holds them up. Your records go there; directory and messages of other workplaces may be out of date. Tell the administrator.</source>
        <translation>Его держит долгая операция в центральной базе. Ваши записи уходят туда; справочник и сообщения других рабочих мест могли устареть. Скажите администратору.</translation>
    </message>
    <message>
        <source>Your records go to the centre; directory and messages of other workplaces may be out of date. The reason is in the log: tell the administrator.</source>
        <translation>Ваши записи уходят в центр; справочник и сообщения других рабочих мест могли устареть. Причина в журнале программы: скажите администратору.</translation>
    </message>
    <message>
        <source>A call comes in</source>
        <translation>Входящий звонок</translation>
    </message>
    <message>
        <source>The program runs already</source>
        <translation>Программа уже запущена</translation>
    </message>
    <message>
        <source>It does not answer. Close it, or restart the computer, and start again.</source>
        <translation>Она не отвечает. Закройте её или перезагрузите компьютер и запустите снова.</translation>
    </message>
    <message>
        <source>The link is no telephone number</source>
        <translation>В ссылке нет телефонного номера</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>не отправлено</translation>
    </message>
    <message>
        <source>The centre did not answer</source>
        <translation>Центр не ответил</translation>
    </message>
    <message>
        <source>Missed calls</source>
        <translation>Пропущенные звонки</translation>
    </message>
    <message>
        <source>Of all days, until somebody has dealt with them</source>
        <translation>За все дни, пока с ними не разобрались</translation>
    </message>
    <message>
        <source>called back</source>
        <translation>перезвонили</translation>
    </message>
    <message>
        <source>no need to call back</source>
        <translation>перезванивать не нужно</translation>
    </message>
    <message>
        <source>older than this list</source>
        <translation>старше этого списка</translation>
    </message>
    <message>
        <source>could not be reached</source>
        <translation>не дозвонились</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>Исходящий</translation>
    </message>
    <message>
        <source>Shift+F3 pauses the recording, and goes on with it</source>
        <translation>Shift+F3 — пауза записи и продолжение</translation>
    </message>
    <message>
        <source>You take no calls now, not even this one: F9 first, or save the record</source>
        <translation>Сейчас вы не принимаете звонки, и этот тоже: сначала F9 или сохраните запись</translation>
    </message>
    <message>
        <source>Half of the calls stay within the median, nine of ten within the 90th percentile. From the directory = answered with an entry of it in the card.</source>
        <translation>Половина вызовов укладывается в медиану, девять из десяти — в 90-й процентиль. Из справочника = отвеченные вызовы, в карточке которых есть запись справочника.</translation>
    </message>
    <message>
        <source>From the directory</source>
        <translation>Из справочника</translation>
    </message>
    <message>
        <source>From ring to saved record</source>
        <translation>От звонка до записи</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Шаг</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Медиана</translation>
    </message>
    <message>
        <source>90th percentile</source>
        <translation>90-й процентиль</translation>
    </message>
    <message>
        <source>Saving by itself…</source>
        <translation>Сохраняется сама…</translation>
    </message>
    <message>
        <source>From ring to answer</source>
        <translation>От звонка до ответа</translation>
    </message>
    <message>
        <source>From answer to the first key in the card</source>
        <translation>От ответа до первой правки карточки</translation>
    </message>
    <message>
        <source>From answer to a hit of the directory</source>
        <translation>От ответа до найденного в справочнике</translation>
    </message>
    <message>
        <source>From hang-up to saved</source>
        <translation>От конца разговора до сохранения</translation>
    </message>
    <message>
        <source>A call appears here at its first ring. Ctrl+T leads to training.</source>
        <translation>Вызов появится здесь с первым звонком. Ctrl+T — учебный режим.</translation>
    </message>
    <message>
        <source>Training opens in a window of its own</source>
        <translation>Учебный режим открывается в отдельном окне</translation>
    </message>
    <message>
        <source>Real calls go on coming here: F9 if you do not want them meanwhile.</source>
        <translation>Настоящие вызовы поступают сюда: если они сейчас не нужны — F9.</translation>
    </message>
    <message>
        <source>The training mode could not be started: call the administrator</source>
        <translation>Учебный режим не запустился: позовите администратора</translation>
    </message>
    <message>
        <source>The training mode is not locked: what is in it is made up</source>
        <translation>Учебный режим не блокируется: всё в нём выдумано</translation>
    </message>
    <message>
        <source>Trainee</source>
        <translation>Стажёр</translation>
    </message>
    <message>
        <source>Not our competence: %1</source>
        <translation>Не наша компетенция: %1</translation>
    </message>
    <message>
        <source>Give the contacts of the body: F5, then Ctrl+2. No message is needed (par. 7.4).</source>
        <translation>Дайте контакты органа: F5, затем Ctrl+2. Сообщение не нужно (п. 7.4).</translation>
    </message>
    <message>
        <source>done</source>
        <translation>готово</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>The step of the script is not on the disk</source>
        <translation>Шаг сценария не записан на диск</translation>
    </message>
    <message>
        <source>It is marked again by itself when the disk takes it.</source>
        <translation>Он отметится сам, когда диск снова примет запись.</translation>
    </message>
    <message>
        <source>The file %1 is left out</source>
        <translation>Файл %1 не действует</translation>
    </message>
    <message>
        <source>It cannot be read: %1</source>
        <translation>Его нельзя прочитать: %1</translation>
    </message>
    <message>
        <source>There is no setting “%2”</source>
        <translation>Нет такой настройки: «%2»</translation>
    </message>
    <message>
        <source>“%2” has a value of another type</source>
        <translation>У «%2» значение другого вида</translation>
    </message>
    <message>
        <source>The script has no title</source>
        <translation>У сценария нет названия (title)</translation>
    </message>
    <message>
        <source>The script has no steps</source>
        <translation>В сценарии нет шагов (steps)</translation>
    </message>
    <message>
        <source>There is no kind of caller “%2”: new, repeated, media or official</source>
        <translation>Нет такого вида вызывающих: «%2»; есть new, repeated, media, official</translation>
    </message>
    <message>
        <source>The file has no texts</source>
        <translation>В файле нет текстов (phrases)</translation>
    </message>
    <message>
        <source>“%1”: there is no setting “%2”</source>
        <translation>«%1»: нет такой настройки: «%2»</translation>
    </message>
    <message>
        <source>“%1”: “%2” has a value of another type</source>
        <translation>«%1»: у «%2» значение другого вида</translation>
    </message>
    <message>
        <source>Step %1 has no key of its own</source>
        <translation>У шага %1 нет своего имени (key)</translation>
    </message>
    <message>
        <source>Step “%1” has no text</source>
        <translation>У шага «%1» нет текста (text)</translation>
    </message>
    <message>
        <source>Two steps are called “%1”</source>
        <translation>Два шага названы «%1»</translation>
    </message>
    <message>
        <source>Step “%1” leads on by its answers: take “then” out</source>
        <translation>Шаг «%1» ведёт дальше ответами: уберите «then»</translation>
    </message>
    <message>
        <source>Step “%1” leads to “%2”, and there is no such step</source>
        <translation>Шаг «%1» ведёт к шагу «%2», а такого шага нет</translation>
    </message>
    <message>
        <source>Step “%1” leads back to “%2”: steps lead forward only</source>
        <translation>Шаг «%1» ведёт назад к шагу «%2»: шаги ведут только вперёд</translation>
    </message>
    <message>
        <source>No answer leads to step “%1”</source>
        <translation>К шагу «%1» не ведёт ни один ответ</translation>
    </message>
    <message>
        <source>Text %1 has no word to call it by</source>
        <translation>У текста %1 нет короткого слова (trigger)</translation>
    </message>
    <message>
        <source>“%1” are several words: one calls a text</source>
        <translation>«%1» — несколько слов, а текст вызывают одним</translation>
    </message>
    <message>
        <source>Text “%1” is empty</source>
        <translation>Текст «%1» пуст</translation>
    </message>
    <message>
        <source>Two texts are called by “%1”</source>
        <translation>Два текста вызываются словом «%1»</translation>
    </message>
    <message>
        <source>Text “%1”: there is no variable “{%2}”</source>
        <translation>Текст «%1»: нет переменной «{%2}»</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Вызов</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Карточка</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Справочник</translation>
    </message>
    <message>
        <source>Review of messages</source>
        <translation>Проверка сообщений</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Окно</translation>
    </message>
    <message>
        <source>%1 writes or moves in a field: take an F-key, or Ctrl or Alt with a letter</source>
        <translation>%1 печатает или двигает в поле: возьмите F-клавишу либо Ctrl или Alt с буквой</translation>
    </message>
    <message>
        <source>%1 is the same in every program</source>
        <translation>%1 во всех программах значит одно и то же</translation>
    </message>
    <message>
        <source>%1 belongs to the desktop, which may never pass it on</source>
        <translation>%1 принадлежит рабочему столу, и он может его не отдать</translation>
    </message>
    <message>
        <source>%1 is taken: %2</source>
        <translation>%1 занято: %2</translation>
    </message>
    <message>
        <source>All keys are as they were at first</source>
        <translation>Все клавиши снова такие, какими были</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>ответить</translation>
    </message>
    <message>
        <source>answer the second call, or switch to it</source>
        <translation>ответить на второй вызов, переключиться</translation>
    </message>
    <message>
        <source>hold and resume; from a consultation back; longer wrap-up</source>
        <translation>удержать и вернуть; из консультации — назад; продлить оформление</translation>
    </message>
    <message>
        <source>microphone off and on</source>
        <translation>выключить и включить микрофон</translation>
    </message>
    <message>
        <source>transfer; in a consultation connect the two</source>
        <translation>перевод; в консультации — соединить</translation>
    </message>
    <message>
        <source>in the transfer: talk first</source>
        <translation>при переводе: сначала поговорить</translation>
    </message>
    <message>
        <source>in the transfer: transfer at once</source>
        <translation>при переводе: перевести сразу</translation>
    </message>
    <message>
        <source>all three on the line</source>
        <translation>втроём на линии</translation>
    </message>
    <message>
        <source>hang up, or reject a ring</source>
        <translation>завершить вызов или отклонить звонок</translation>
    </message>
    <message>
        <source>keypad: type or paste digits</source>
        <translation>клавиши: набрать или вставить цифры</translation>
    </message>
    <message>
        <source>pause the recording and go on</source>
        <translation>пауза записи и дальше</translation>
    </message>
    <message>
        <source>call the number that is shown</source>
        <translation>позвонить по показанному номеру</translation>
    </message>
    <message>
        <source>dial a number</source>
        <translation>набрать номер</translation>
    </message>
    <message>
        <source>not ready or a break, by a digit; again: ready</source>
        <translation>не готов или перерыв, цифрой; ещё раз — готов</translation>
    </message>
    <message>
        <source>missed calls; there 1…3: what became of them</source>
        <translation>пропущенные; там 1…3 — что с ними стало</translation>
    </message>
    <message>
        <source>those to be called back; 1…4: what came of it</source>
        <translation>кому перезвонить; 1…4 — чем кончилось</translation>
    </message>
    <message>
        <source>promised calls; 1…3: what came of it</source>
        <translation>обещанные звонки; 1…3: чем кончился</translation>
    </message>
    <message>
        <source>the drafts; Enter opens the chosen one</source>
        <translation>черновики; Enter открывает выбранный</translation>
    </message>
    <message>
        <source>hand-over sheet of the shift</source>
        <translation>лист передачи смены</translation>
    </message>
    <message>
        <source>training</source>
        <translation>учебный режим</translation>
    </message>
    <message>
        <source>search the directory</source>
        <translation>искать в справочнике</translation>
    </message>
    <message>
        <source>insert the chosen answer</source>
        <translation>вставить выбранный ответ</translation>
    </message>
    <message>
        <source>open the document of the hit</source>
        <translation>открыть документ найденного</translation>
    </message>
    <message>
        <source>insert a hit by its digit</source>
        <translation>вставить найденное по цифре</translation>
    </message>
    <message>
        <source>show one kind of the hits alone</source>
        <translation>показать найденное одного вида</translation>
    </message>
    <message>
        <source>text to say or to send</source>
        <translation>что сказать или что отправить</translation>
    </message>
    <message>
        <source>result: answered</source>
        <translation>итог: ответил</translation>
    </message>
    <message>
        <source>result: contacts given</source>
        <translation>итог: дал контакты</translation>
    </message>
    <message>
        <source>make a message of the call</source>
        <translation>оформить вызов сообщением</translation>
    </message>
    <message>
        <source>hand the message to review</source>
        <translation>передать сообщение на проверку</translation>
    </message>
    <message>
        <source>technical result, again for the next one</source>
        <translation>технический итог, ещё раз — следующий</translation>
    </message>
    <message>
        <source>what to say of a formal appeal under 59-FZ</source>
        <translation>что сказать об обращении по 59-ФЗ</translation>
    </message>
    <message>
        <source>not given: name, phone or e-mail</source>
        <translation>не указано: имя, телефон или почта</translation>
    </message>
    <message>
        <source>put aside into the drafts</source>
        <translation>отложить в черновики</translation>
    </message>
    <message>
        <source>save</source>
        <translation>сохранить</translation>
    </message>
    <message>
        <source>save and be ready for the next call</source>
        <translation>сохранить и принимать следующий звонок</translation>
    </message>
    <message>
        <source>back to the field</source>
        <translation>назад в поле</translation>
    </message>
    <message>
        <source>put what is proposed for the name or the e-mail</source>
        <translation>взять предложенное имя или адрес</translation>
    </message>
    <message>
        <source>about whom, where it is not the caller</source>
        <translation>о ком вопрос, если звонят за другого</translation>
    </message>
    <message>
        <source>who is calling: by a digit, or look for a name</source>
        <translation>кто звонит: цифрой или поиском по имени</translation>
    </message>
    <message>
        <source>record of a request without a call</source>
        <translation>запись без вызова: лично, мобильный, письмо</translation>
    </message>
    <message>
        <source>another question of the same call</source>
        <translation>ещё вопрос того же вызова</translation>
    </message>
    <message>
        <source>take back that it was saved, within 15 seconds</source>
        <translation>отменить сохранение, 15 секунд</translation>
    </message>
    <message>
        <source>the same while a field has Ctrl+Z for itself</source>
        <translation>то же, пока Ctrl+Z нужен полю</translation>
    </message>
    <message>
        <source>the caller was told of the incident: close the call</source>
        <translation>единый текст прочитан: закрыть вызов</translation>
    </message>
    <message>
        <source>incidents of the city</source>
        <translation>инциденты города</translation>
    </message>
    <message>
        <source>the text of another incident</source>
        <translation>текст другого инцидента</translation>
    </message>
    <message>
        <source>end the incident</source>
        <translation>завершить инцидент</translation>
    </message>
    <message>
        <source>step of the script: done, or yes</source>
        <translation>шаг сценария: готово или «да»</translation>
    </message>
    <message>
        <source>question of the script: no</source>
        <translation>вопрос сценария: «нет»</translation>
    </message>
    <message>
        <source>last step of the script back</source>
        <translation>вернуть последний шаг сценария</translation>
    </message>
    <message>
        <source>fold the script, or all of its steps</source>
        <translation>свернуть сценарий или показать все шаги</translation>
    </message>
    <message>
        <source>canned text, by its short word or from a list</source>
        <translation>готовый текст по короткому слову или из списка</translation>
    </message>
    <message>
        <source>to the words of a finding</source>
        <translation>к словам найденного</translation>
    </message>
    <message>
        <source>next finding</source>
        <translation>к следующему найденному</translation>
    </message>
    <message>
        <source>tie the call to a message that is known</source>
        <translation>связать вызов с известным сообщением</translation>
    </message>
    <message>
        <source>another message that is known</source>
        <translation>другое из известных сообщений</translation>
    </message>
    <message>
        <source>make a message of what is selected</source>
        <translation>выделенное — отдельным сообщением</translation>
    </message>
    <message>
        <source>these are no personal data, or they are</source>
        <translation>это не персональные данные, или всё же они</translation>
    </message>
    <message>
        <source>attach photos</source>
        <translation>приложить фото</translation>
    </message>
    <message>
        <source>to the photos</source>
        <translation>к фото</translation>
    </message>
    <message>
        <source>attach the picture in the clipboard</source>
        <translation>приложить снимок из буфера обмена</translation>
    </message>
    <message>
        <source>register</source>
        <translation>зарегистрировать</translation>
    </message>
    <message>
        <source>edit the directory</source>
        <translation>редактор справочника</translation>
    </message>
    <message>
        <source>new entry</source>
        <translation>новая запись</translation>
    </message>
    <message>
        <source>find an entry</source>
        <translation>найти запись</translation>
    </message>
    <message>
        <source>checked today</source>
        <translation>проверено сегодня</translation>
    </message>
    <message>
        <source>publish</source>
        <translation>опубликовать</translation>
    </message>
    <message>
        <source>close the entry from today on</source>
        <translation>закрыть запись с сегодняшнего дня</translation>
    </message>
    <message>
        <source>drop the changes</source>
        <translation>отменить правку</translation>
    </message>
    <message>
        <source>put the changes on the new version</source>
        <translation>перенести правку на новую версию</translation>
    </message>
    <message>
        <source>attach a file to the entry</source>
        <translation>приложить файл к записи</translation>
    </message>
    <message>
        <source>answers of bodies; again: a question of the answer</source>
        <translation>ответы органов; ещё раз — вопрос из ответа</translation>
    </message>
    <message>
        <source>searches in vain</source>
        <translation>что искали и не нашли</translation>
    </message>
    <message>
        <source>make a synonym of a search in vain</source>
        <translation>сделать синоним из ненайденного</translation>
    </message>
    <message>
        <source>synonyms</source>
        <translation>синонимы</translation>
    </message>
    <message>
        <source>entries out of date</source>
        <translation>устаревшие записи</translation>
    </message>
    <message>
        <source>entries out of date as XLSX</source>
        <translation>устаревшие записи в XLSX</translation>
    </message>
    <message>
        <source>proposals on topics</source>
        <translation>предложения по темам</translation>
    </message>
    <message>
        <source>new proposal</source>
        <translation>новое предложение</translation>
    </message>
    <message>
        <source>load from files and write into them</source>
        <translation>загрузить из файла, выгрузить в файл</translation>
    </message>
    <message>
        <source>files: choose a file</source>
        <translation>файлы: выбрать файл</translation>
    </message>
    <message>
        <source>files: sample table</source>
        <translation>файлы: образец таблицы</translation>
    </message>
    <message>
        <source>files: save the faults</source>
        <translation>файлы: сохранить ошибки</translation>
    </message>
    <message>
        <source>files: load good rows only</source>
        <translation>файлы: загрузить только верные строки</translation>
    </message>
    <message>
        <source>files: undo the load</source>
        <translation>файлы: отменить загрузку</translation>
    </message>
    <message>
        <source>files: stop loading</source>
        <translation>файлы: остановить загрузку</translation>
    </message>
    <message>
        <source>restore the chosen version</source>
        <translation>вернуть выбранную версию</translation>
    </message>
    <message>
        <source>look a message up by number or telephone</source>
        <translation>найти сообщение по номеру или телефону</translation>
    </message>
    <message>
        <source>answers and terms</source>
        <translation>ответы и сроки</translation>
    </message>
    <message>
        <source>go to a list; with Alt from everywhere on the page</source>
        <translation>перейти к списку; с Alt — откуда угодно на странице</translation>
    </message>
    <message>
        <source>do what comes next with the message</source>
        <translation>сделать с сообщением следующее</translation>
    </message>
    <message>
        <source>take in, send, decide</source>
        <translation>принять, направить, решить</translation>
    </message>
    <message>
        <source>enter an answer</source>
        <translation>внести ответ</translation>
    </message>
    <message>
        <source>attach a file to the answer</source>
        <translation>приложить файл к ответу</translation>
    </message>
    <message>
        <source>send the answer to the author</source>
        <translation>направить ответ автору</translation>
    </message>
    <message>
        <source>return the answer with a note</source>
        <translation>вернуть ответ с замечанием</translation>
    </message>
    <message>
        <source>send to the body, or to another one</source>
        <translation>направить органу или перенаправить другому</translation>
    </message>
    <message>
        <source>write down what the author thinks</source>
        <translation>записать оценку автора</translation>
    </message>
    <message>
        <source>send to rework</source>
        <translation>направить на доработку</translation>
    </message>
    <message>
        <source>pass on by votes</source>
        <translation>передать по голосам</translation>
    </message>
    <message>
        <source>publish the message</source>
        <translation>опубликовать сообщение</translation>
    </message>
    <message>
        <source>take out of publication</source>
        <translation>снять с публикации</translation>
    </message>
    <message>
        <source>close the message</source>
        <translation>закрыть сообщение</translation>
    </message>
    <message>
        <source>history of the message</source>
        <translation>история сообщения</translation>
    </message>
    <message>
        <source>link the call to the message looked up</source>
        <translation>связать вызов с найденным сообщением</translation>
    </message>
    <message>
        <source>from a message looked up to its answers</source>
        <translation>от найденного сообщения к его ответам</translation>
    </message>
    <message>
        <source>take the decision back, within 15 seconds</source>
        <translation>вернуть как было, в течение 15 секунд</translation>
    </message>
    <message>
        <source>messages under review</source>
        <translation>сообщения на проверке</translation>
    </message>
    <message>
        <source>write down a message without a call</source>
        <translation>записать сообщение без вызова</translation>
    </message>
    <message>
        <source>decisions; with Alt from a field too</source>
        <translation>решения; с Alt и из поля</translation>
    </message>
    <message>
        <source>the notice, before it goes out</source>
        <translation>уведомление, прежде чем оно уйдёт</translation>
    </message>
    <message>
        <source>do what is being decided</source>
        <translation>выполнить решение</translation>
    </message>
    <message>
        <source>take the last decision back</source>
        <translation>отменить последнее решение</translation>
    </message>
    <message>
        <source>give back and take the next one</source>
        <translation>вернуть и взять следующее</translation>
    </message>
    <message>
        <source>give a colleague&apos;s message back</source>
        <translation>вернуть сообщение коллеги</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>отчёты</translation>
    </message>
    <message>
        <source>report as PDF</source>
        <translation>отчёт в PDF</translation>
    </message>
    <message>
        <source>report as XLSX</source>
        <translation>отчёт в XLSX</translation>
    </message>
    <message>
        <source>report of calls</source>
        <translation>отчёт о вызовах</translation>
    </message>
    <message>
        <source>report of messages</source>
        <translation>отчёт о сообщениях</translation>
    </message>
    <message>
        <source>report of missing categories</source>
        <translation>отчёт о недостающих категориях</translation>
    </message>
    <message>
        <source>report of bodies other than the route&apos;s</source>
        <translation>отчёт о направленных не по маршруту</translation>
    </message>
    <message>
        <source>report of operators</source>
        <translation>отчёт по операторам</translation>
    </message>
    <message>
        <source>this workplace or all, with a centre</source>
        <translation>это место или все, где есть центр</translation>
    </message>
    <message>
        <source>propose a category</source>
        <translation>предложить категорию</translation>
    </message>
    <message>
        <source>earlier period or year</source>
        <translation>предыдущий период или год</translation>
    </message>
    <message>
        <source>later period or year</source>
        <translation>следующий период или год</translation>
    </message>
    <message>
        <source>calendar of the city</source>
        <translation>календарь города</translation>
    </message>
    <message>
        <source>calendar from a file</source>
        <translation>календарь из файла</translation>
    </message>
    <message>
        <source>rules of the calendar</source>
        <translation>правила календаря</translation>
    </message>
    <message>
        <source>no more alarm sound for this trouble</source>
        <translation>тревога услышана: больше не звучать</translation>
    </message>
    <message>
        <source>register the phone again</source>
        <translation>зарегистрировать телефон заново</translation>
    </message>
    <message>
        <source>lock</source>
        <translation>заблокировать</translation>
    </message>
    <message>
        <source>next misspelled word</source>
        <translation>следующее слово с ошибкой</translation>
    </message>
    <message>
        <source>similar words and the usual menu of a field</source>
        <translation>похожие слова и меню поля</translation>
    </message>
    <message>
        <source>diagnostics for the administrator</source>
        <translation>диагностика для администратора</translation>
    </message>
    <message>
        <source>mend the keyboard layout or Caps Lock; also Pause</source>
        <translation>исправить раскладку или Caps Lock; также Pause</translation>
    </message>
    <message>
        <source>light, dark or high-contrast colours</source>
        <translation>светлые, тёмные или контрастные цвета</translation>
    </message>
    <message>
        <source>this page</source>
        <translation>эта страница</translation>
    </message>
    <message>
        <source>Shift+F9 goes over to the other one.</source>
        <translation>К другому вызову переходит Shift+F9.</translation>
    </message>
    <message>
        <source>What you typed after signing is not in it: it stands in your next sheet.</source>
        <translation>Набранное после подписи в лист не вошло: оно останется в вашем следующем листе.</translation>
    </message>
    <message>
        <source>The last one is still being written</source>
        <translation>Предыдущее ещё записывается</translation>
    </message>
    <message>
        <source>Another name is typed in the card. Clear it there, then choose.</source>
        <translation>В карточке набрано другое имя. Сотрите его там, затем выберите.</translation>
    </message>
    <message>
        <source>promised calls: plan another one</source>
        <translation>обещанные звонки: обещать ещё один</translation>
    </message>
    <message>
        <source>hand-over sheet as PDF</source>
        <translation>лист передачи смены в PDF</translation>
    </message>
    <message>
        <source>incidents: write a new one down</source>
        <translation>инциденты: внести новый</translation>
    </message>
    <message>
        <source>call linked no more</source>
        <translation>вызов отвязан</translation>
    </message>
    <message>
        <source>Call linked no more</source>
        <translation>Вызов отвязан</translation>
    </message>
    <message>
        <source>Not offered any more: its calls are over, or a colleague has decided</source>
        <translation>Больше не предлагается: вызовы давно окончены или коллега уже принял решение</translation>
    </message>
    <message>
        <source>check before the shift</source>
        <translation>проверка перед сменой</translation>
    </message>
    <message>
        <source>Ready for work, the sound not tried</source>
        <translation>Готово к работе, звук не проверен</translation>
    </message>
    <message>
        <source>F12: check before the shift</source>
        <translation>F12 — проверка перед сменой</translation>
    </message>
    <message>
        <source>The phone&apos;s program does not answer. F12 tells more.</source>
        <translation>Программа телефона не отвечает. Подробнее — F12.</translation>
    </message>
    <message>
        <source>dealt with at another workplace</source>
        <translation>разобран на другом рабочем месте</translation>
    </message>
    <message>
        <source>paragraphs of the regulation on the chosen field or line</source>
        <translation>пункты регламента о поле или строке, где курсор</translation>
    </message>
    <message>
        <source>Section %1</source>
        <translation>Раздел %1</translation>
    </message>
    <message>
        <source>Paragraph %1</source>
        <translation>Пункт %1</translation>
    </message>
    <message>
        <source>Paragraph %1, item %2</source>
        <translation>Пункт %1, строка %2</translation>
    </message>
    <message>
        <source>What this is about: how messages come to the platform and what is done with them.</source>
        <translation>О чём документ: как сообщения поступают на платформу и что с ними делают.</translation>
    </message>
    <message>
        <source>What the words mean: user, guest, telephone call, message, directory, publication.</source>
        <translation>Что значат слова: пользователь, гость, телефонный вызов, сообщение, справочник, публикация.</translation>
    </message>
    <message>
        <source>Messages are handled by these rules and not by the law 59-FZ.</source>
        <translation>Сообщения рассматривают по этим правилам, а не по закону № 59-ФЗ.</translation>
    </message>
    <message>
        <source>Who takes part: bodies, organisations, users, guests, the operator, officials in charge.</source>
        <translation>Кто участвует: органы, организации, пользователи, гости, оператор и ответственные лица.</translation>
    </message>
    <message>
        <source>The state corporation sees to the protection of what is handled, personal data among it.</source>
        <translation>Госкорпорация следит за защитой сведений, в том числе персональных данных.</translation>
    </message>
    <message>
        <source>Bodies and organisations say who is in charge, prepare answers and keep their data up to date.</source>
        <translation>Органы и организации назначают ответственных, готовят ответы и обновляют свои данные.</translation>
    </message>
    <message>
        <source>Users send messages, rate the answers and support the messages of others.</source>
        <translation>Пользователи направляют сообщения, оценивают ответы и поддерживают чужие сообщения.</translation>
    </message>
    <message>
        <source>Guests support the messages of users.</source>
        <translation>Гости поддерживают сообщения пользователей.</translation>
    </message>
    <message>
        <source>The operator keeps the directory, handles messages and answers, advises, and sees whether categories suffice.</source>
        <translation>Оператор ведёт справочник, обрабатывает сообщения и ответы, консультирует и следит, хватает ли категорий.</translation>
    </message>
    <message>
        <source>Officials in charge see to the work of their body and to the truth of its data.</source>
        <translation>Ответственные лица следят за работой своего органа и точностью его данных.</translation>
    </message>
    <message>
        <source>The operator may lay down rules for a topic.</source>
        <translation>Оператор вправе утвердить правила для отдельной темы.</translation>
    </message>
    <message>
        <source>Rules for a topic rest on what the bodies tell and are agreed with them.</source>
        <translation>Правила для темы составляют по данным органов и согласуют с ними.</translation>
    </message>
    <message>
        <source>Technological maps may be added: what is special with one body.</source>
        <translation>К ним могут прилагаться технологические карты: особенности отдельного органа.</translation>
    </message>
    <message>
        <source>Each message stands under a topic and a category.</source>
        <translation>Каждое сообщение относят к теме и категории.</translation>
    </message>
    <message>
        <source>What a proposal on a topic or category names: it, who answers, who takes part, the route.</source>
        <translation>Что указать в предложении по теме или категории: название, кто отвечает, кто участвует, куда направлять.</translation>
    </message>
    <message>
        <source>Two ways in: the single telephone number and the site of the platform.</source>
        <translation>Два пути: единый телефонный номер и сайт платформы.</translation>
    </message>
    <message>
        <source>Who writes on the platform itself signs up there.</source>
        <translation>Чтобы написать на самой платформе, на ней регистрируются.</translation>
    </message>
    <message>
        <source>The author chooses the topic and category that fit what he writes.</source>
        <translation>Автор выбирает тему и категорию, подходящие по содержанию.</translation>
    </message>
    <message>
        <source>Telephone calls are taken in working hours.</source>
        <translation>Телефонные вызовы принимают в рабочее время.</translation>
    </message>
    <message>
        <source>Electronic messages may be sent on any day and at any hour.</source>
        <translation>Электронное сообщение можно направить в любой день и час.</translation>
    </message>
    <message>
        <source>Needed: what has happened, in words or photos, and its date, time and place.</source>
        <translation>Обязательно: что случилось (текст или фото), дата, время и место.</translation>
    </message>
    <message>
        <source>As the author likes: surname, name, patronymic and other circumstances.</source>
        <translation>По желанию автора: фамилия, имя, отчество и другие обстоятельства.</translation>
    </message>
    <message>
        <source>In Russian, one question, a clear place; no abuse, threats or advertising, nothing that is not the city&apos;s.</source>
        <translation>На русском языке, один вопрос, ясное место; без брани, угроз, рекламы и вопросов не к городу.</translation>
    </message>
    <message>
        <source>The same text is not taken again while the answer to the first is in term; repetitions are removed with a notice.</source>
        <translation>Тот же текст не принимают, пока идёт срок ответа на первый; повторы удаляют с уведомлением.</translation>
    </message>
    <message>
        <source>Photos and scans are JPG, PNG or TIFF.</source>
        <translation>Фото и сканы: JPG, PNG или TIFF.</translation>
    </message>
    <message>
        <source>At most four photos to one message.</source>
        <translation>К одному сообщению не больше четырёх фото.</translation>
    </message>
    <message>
        <source>A photo must need no turning, cropping or enlarging.</source>
        <translation>Фото не должно требовать поворота, обрезки или увеличения.</translation>
    </message>
    <message>
        <source>The author says whether the message is public.</source>
        <translation>Автор указывает, публичное ли сообщение.</translation>
    </message>
    <message>
        <source>Public: everybody may see the message and its answer.</source>
        <translation>Публичное: сообщение и ответ может увидеть каждый.</translation>
    </message>
    <message>
        <source>If the author has not said so, the message is non-public.</source>
        <translation>Если автор не указал иного, сообщение непубличное.</translation>
    </message>
    <message>
        <source>Others see neither a non-public message nor its answer.</source>
        <translation>Непубличное сообщение и ответ на него другим не показывают.</translation>
    </message>
    <message>
        <source>With personal data, health or secrets in text or photos a message is non-public.</source>
        <translation>С персональными данными, сведениями о здоровье или тайной в тексте или на фото сообщение непубличное.</translation>
    </message>
    <message>
        <source>Messages are handled as this document says.</source>
        <translation>Сообщения обрабатывают так, как сказано в этом документе.</translation>
    </message>
    <message>
        <source>Calls to the single number come to the operator.</source>
        <translation>Вызовы на единый номер поступают оператору.</translation>
    </message>
    <message>
        <source>Each call is registered: number, date, time, content and result; e-mail, name and phone where they are given.</source>
        <translation>Каждый вызов регистрируют: номер, дата, время, содержание, итог; почта, имя и телефон, если их назвали.</translation>
    </message>
    <message>
        <source>What the operator may do: answer, give contacts, or make a message for a written answer.</source>
        <translation>Что может оператор: ответить сам, дать контакты или завести сообщение для письменного ответа.</translation>
    </message>
    <message>
        <source>A message written on the platform comes to the operator.</source>
        <translation>Сообщение, составленное на платформе, поступает оператору.</translation>
    </message>
    <message>
        <source>The operator checks a message against section 6.</source>
        <translation>Оператор проверяет сообщение по требованиям раздела 6.</translation>
    </message>
    <message>
        <source>Grounds of refusal: no category fits, or the message does not meet section 6.</source>
        <translation>Основания для отказа: не подходит ни одна категория или не соблюдён раздел 6.</translation>
    </message>
    <message>
        <source>The author of a public message is told that it is registered and published.</source>
        <translation>Автора публичного сообщения уведомляют о регистрации и публикации.</translation>
    </message>
    <message>
        <source>The message goes to the body that its topic belongs to.</source>
        <translation>Сообщение направляют в орган, к которому относится тема.</translation>
    </message>
    <message>
        <source>Of a refusal the author is told by e-mail: why, and what to correct.</source>
        <translation>Об отказе автору пишут на почту: почему и что исправить.</translation>
    </message>
    <message>
        <source>From sending to registration, publication or notice of refusal: two working days at most.</source>
        <translation>От отправки до регистрации, публикации или уведомления об отказе: не больше двух рабочих дней.</translation>
    </message>
    <message>
        <source>What comes on a day off counts as sent on the next working day.</source>
        <translation>Поступившее в нерабочий день считают направленным в ближайший рабочий.</translation>
    </message>
    <message>
        <source>What is given on the phone: typical answers, contacts and hours, public services, help with the platform.</source>
        <translation>Что дают по телефону: типовые ответы, контакты и режим работы, госуслуги, помощь с платформой.</translation>
    </message>
    <message>
        <source>What is not typical is answered in writing, by way of a message.</source>
        <translation>На нетиповой вопрос отвечают письменно, через сообщение.</translation>
    </message>
    <message>
        <source>On public services the operator tells what the public services portal says.</source>
        <translation>О госуслугах рассказывают по сведениям портала госуслуг.</translation>
    </message>
    <message>
        <source>Officials of the body or organisation answer.</source>
        <translation>Отвечают должностные лица органа или организации.</translation>
    </message>
    <message>
        <source>The official prepares the answer by the rules of office work.</source>
        <translation>Ответ готовят по правилам делопроизводства.</translation>
    </message>
    <message>
        <source>Where this document says so, the operator answers.</source>
        <translation>Где так сказано в этом документе, отвечает сам оператор.</translation>
    </message>
    <message>
        <source>An answer tells that it is solved, or when and how it will be, or why it cannot be.</source>
        <translation>Ответ говорит: решено, либо когда и как решат, либо почему решить нельзя.</translation>
    </message>
    <message>
        <source>The body gives the answer to the operator, who publishes it for a public message and e-mails it to the author.</source>
        <translation>Орган передаёт ответ оператору; тот публикует его (если сообщение публичное) и отправляет автору на почту.</translation>
    </message>
    <message>
        <source>When a promised date comes, the body is told by itself to prepare a further answer.</source>
        <translation>Когда наступает обещанный срок, органу автоматически напоминают о дополнительном ответе.</translation>
    </message>
    <message>
        <source>A further answer is prepared in the same order and terms.</source>
        <translation>Дополнительный ответ готовят в том же порядке и в те же сроки.</translation>
    </message>
    <message>
        <source>The operator may adapt an answer for the directory without changing its sense.</source>
        <translation>Оператор вправе переложить ответ для справочника, не меняя смысла.</translation>
    </message>
    <message>
        <source>Scans and photos may be attached to an answer.</source>
        <translation>К ответу можно приложить сканы и фото.</translation>
    </message>
    <message>
        <source>The author is told by e-mail that the answer is published.</source>
        <translation>О публикации ответа автору сообщают на почту.</translation>
    </message>
    <message>
        <source>The answer is found by the number given to the message at its registration.</source>
        <translation>Ответ находят по номеру, присвоенному сообщению при регистрации.</translation>
    </message>
    <message>
        <source>The author may rate the answer.</source>
        <translation>Автор может оценить ответ.</translation>
    </message>
    <message>
        <source>With a negative rating the author has to say what is wrong.</source>
        <translation>К негативной оценке автор обязан указать замечания.</translation>
    </message>
    <message>
        <source>With a negative rating the message goes back to the body with the remarks.</source>
        <translation>При негативной оценке сообщение возвращают в орган с замечаниями.</translation>
    </message>
    <message>
        <source>The author is told by e-mail that the answer is being reworked.</source>
        <translation>О доработке ответа автору сообщают на почту.</translation>
    </message>
    <message>
        <source>A user or guest supports one public message once.</source>
        <translation>Пользователь или гость поддерживает одно публичное сообщение один раз.</translation>
    </message>
    <message>
        <source>More than a thousand votes of users within three days: the message goes to the body.</source>
        <translation>Больше тысячи голосов пользователей за трое суток: сообщение передают органу.</translation>
    </message>
    <message>
        <source>Figures on the work of bodies and organisations are made by themselves.</source>
        <translation>Статистика о работе органов и организаций формируется сама.</translation>
    </message>
    <message>
        <source>The operator answers for what this document asks of him.</source>
        <translation>Оператор отвечает за то, что поручает ему этот документ.</translation>
    </message>
    <message>
        <source>The operator does not answer for the truth of what bodies and organisations place.</source>
        <translation>За точность того, что разместили органы и организации, оператор не отвечает.</translation>
    </message>
    <message>
        <source>The official in charge answers for what this document asks of him.</source>
        <translation>Ответственное лицо отвечает за то, что поручает ему этот документ.</translation>
    </message>
    <message>
        <source>Bodies and organisations answer for their duties and for their data in the directory.</source>
        <translation>Органы и организации отвечают за свои обязанности и за свои данные в справочнике.</translation>
    </message>
    <message>
        <source>not taken: no codec that both sides can</source>
        <translation>не принят: нет общего кодека</translation>
    </message>
    <message>
        <source>not taken: no encryption that both sides can</source>
        <translation>не принят: шифры не совпали</translation>
    </message>
    <message>
        <source>no common codec</source>
        <translation>нет общего кодека</translation>
    </message>
    <message>
        <source>no common encryption</source>
        <translation>шифры не совпали</translation>
    </message>
    <message>
        <source>Call № %1: %2</source>
        <translation>Вызов № %1 %2</translation>
    </message>
    <message>
        <source>The buttons of the headset do not work: %1</source>
        <translation>Кнопки гарнитуры не работают: %1</translation>
    </message>
    <message>
        <source>The system keeps them from this user: the administrator&apos;s guide has the udev rule. The keys work.</source>
        <translation>Система не даёт их этому пользователю: правило udev есть в руководстве администратора. Клавиши работают.</translation>
    </message>
    <message>
        <source>Another program may have them, or it was just unplugged. The keys work.</source>
        <translation>Их могла занять другая программа, или гарнитуру только что вынули. Клавиши работают.</translation>
    </message>
    <message>
        <source>This model does not tell its buttons in the usual way. The keys work.</source>
        <translation>Эта модель сообщает о кнопках не так, как принято. Клавиши работают.</translation>
    </message>
    <message>
        <source>Headset buttons cannot be read here</source>
        <translation>Кнопки гарнитуры здесь не читаются</translation>
    </message>
    <message>
        <source>The part that reads them is not installed. The keys work.</source>
        <translation>Часть программы, которая их читает, не установлена. Клавиши работают.</translation>
    </message>
    <message>
        <source>answer and end</source>
        <translation>ответить и завершить</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>микрофон</translation>
    </message>
    <message>
        <source>hold or the second call</source>
        <translation>удержание или второй вызов</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>удержание</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>отклонить</translation>
    </message>
    <message>
        <source>end</source>
        <translation>завершить</translation>
    </message>
    <message>
        <source>louder</source>
        <translation>громче</translation>
    </message>
    <message>
        <source>quieter</source>
        <translation>тише</translation>
    </message>
    <message>
        <source>%1, in force from %2</source>
        <translation>%1, действует с %2</translation>
    </message>
    <message>
        <source>Told by the program in its own words. The city&apos;s text was not loaded: the administrator does that.</source>
        <translation>Это пересказ программы. Текст города не загружен: это делает администратор.</translation>
    </message>
    <message>
        <source>The file with the city&apos;s text cannot be read; tell the administrator.</source>
        <translation>Файл с текстом города не читается, скажите администратору.</translation>
    </message>
    <message>
        <source>The city&apos;s text has no such paragraph.</source>
        <translation>В тексте города такого пункта нет.</translation>
    </message>
    <message>
        <source>Another program has %1 for itself</source>
        <translation>%1 занято другой программой</translation>
    </message>
    <message>
        <source>Outside of this window it does nothing here: F1 and Enter give it another chord.</source>
        <translation>Вне этого окна оно не действует: другое сочетание дают F1 и Enter.</translation>
    </message>
    <message>
        <source>A Wayland desktop gives keys to the program in front alone: sign in to the computer with X11, or answer by the headset.</source>
        <translation>Рабочий стол Wayland отдаёт клавиши только программе впереди: войдите в компьютер с X11 или отвечайте гарнитурой.</translation>
    </message>
    <message>
        <source>This system has no way for it.</source>
        <translation>В этой системе способа для этого нет.</translation>
    </message>
    <message>
        <source>The display took them back.</source>
        <translation>Экран забрал их обратно.</translation>
    </message>
    <message>
        <source>Keys work only in this window</source>
        <translation>Клавиши действуют только в этом окне</translation>
    </message>
    <message>
        <source>%1 means something in other programs: take an F-key with Ctrl+Shift or Alt+Shift</source>
        <translation>%1 что-то значит в других программах: возьмите F-клавишу с Ctrl+Shift или Alt+Shift</translation>
    </message>
    <message>
        <source> — taken by another program</source>
        <translation> — занято другой программой</translation>
    </message>
    <message>
        <source>Pressed: %1</source>
        <translation>Нажата «%1»</translation>
    </message>
    <message>
        <source>The buttons are not read</source>
        <translation>Кнопки не читаются</translation>
    </message>
    <message>
        <source>The buttons are there</source>
        <translation>Кнопки есть</translation>
    </message>
    <message>
        <source>Press one: without a call it does nothing, and is named here.</source>
        <translation>Нажмите любую: без вызова она ничего не делает, и здесь будет её название.</translation>
    </message>
    <message>
        <source>Off by the settings</source>
        <translation>Выключены в настройках</translation>
    </message>
    <message>
        <source>No headset with buttons is plugged in</source>
        <translation>Гарнитуры с кнопками нет</translation>
    </message>
    <message>
        <source>Calls are led by keys.</source>
        <translation>Вызовом управляют клавиши.</translation>
    </message>
    <message>
        <source>Headset buttons</source>
        <translation>Кнопки гарнитуры</translation>
    </message>
    <message>
        <source>The phone cannot take it. It stands among the missed calls; tell the administrator.</source>
        <translation>Телефон не может его принять. Вызов — в списке пропущенных; сообщите администратору.</translation>
    </message>
    <message>
        <source>declined</source>
        <comment>a proposal</comment>
        <translation>отклонено</translation>
    </message>
    <message>
        <source>It was to be decided by %1; the decision is late.</source>
        <translation>Решение должно было быть принято до %1, оно задерживается.</translation>
    </message>
    <message>
        <source>The day that was promised, %1, has gone by; a further answer is awaited.</source>
        <translation>Обещанный день, %1, прошёл; ждём от органа нового ответа.</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>Вас ничего не ждёт</translation>
    </message>
    <message>
        <source>Saved, but it does not hold yet: the administrator&apos;s file cannot be read any more.</source>
        <translation>Сохранено, но пока не действует: файл администратора больше не читается.</translation>
    </message>
    <message>
        <source>What stands here was changed during the trial: try once more</source>
        <translation>Во время проверки поля изменились: проверьте ещё раз</translation>
    </message>
    <message>
        <source>in a table: how wide its columns are; also Menu</source>
        <translation>в таблице: ширина её столбцов; также Menu</translation>
    </message>
    <message>
        <source>Start the program again when the line is free: drafts are kept.</source>
        <translation>Перезапустите программу, когда линия свободна: черновики сохранятся.</translation>
    </message>
    <message>
        <source>A call is there: start the program again when the line is free</source>
        <translation>Идёт вызов: перезапустите программу, когда линия свободна</translation>
    </message>
    <message>
        <source>Something is being tried or saved: start again when it is done</source>
        <translation>Что-то ещё проверяется или сохраняется: перезапустите, когда закончится</translation>
    </message>
    <message>
        <source>On a page of the settings something is typed and not kept: keep it or drop it</source>
        <translation>На странице настроек есть набранное и не сохранённое: сохраните его или отмените</translation>
    </message>
    <message>
        <source>answer to a message</source>
        <translation>ответ на сообщение</translation>
    </message>
    <message>
        <source>promised calls</source>
        <translation>обещанные звонки</translation>
    </message>
    <message>
        <source>incidents</source>
        <translation>инциденты</translation>
    </message>
    <message>
        <source>note of the hand-over sheet</source>
        <translation>заметка листа передачи</translation>
    </message>
    <message>
        <source>Looking for a headset with buttons…</source>
        <translation>Ищем гарнитуру с кнопками…</translation>
    </message>
    <message>
        <source>%1: press one of its buttons</source>
        <translation>%1: нажмите любую её кнопку</translation>
    </message>
    <message>
        <source>No button was pressed</source>
        <translation>Ни одна кнопка не нажата</translation>
    </message>
    <message>
        <source>Try once more, and press one meanwhile.</source>
        <translation>Проверьте ещё раз и нажмите кнопку, пока идёт проверка.</translation>
    </message>
    <message>
        <source>the last number once more</source>
        <translation>последний номер ещё раз</translation>
    </message>
    <message>
        <source>The desk could not be made</source>
        <translation>Рабочее место не открылось</translation>
    </message>
    <message>
        <source>Something is wrong in the program, and it is written to the log; records are not touched. Close the program and start it anew. If that does not help, call the administrator.</source>
        <translation>В программе ошибка, она записана в журнал программы; записи не затронуты. Закройте программу и запустите её снова. Если это не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>Ctrl+Shift+B: there the program can be started again at once.</source>
        <translation>Ctrl+Shift+B: там программу можно сразу перезапустить.</translation>
    </message>
    <message>
        <source>Nothing is in the list: its columns change once there is</source>
        <translation>Список пуст: ширину столбцов можно менять, когда в нём что-то есть</translation>
    </message>
    <message>
        <source>Your role does not see the records of calls</source>
        <translation>Ваша роль не видит записей вызовов</translation>
    </message>
    <message>
        <source>At the left is all that it may open; F5 searches the directory.</source>
        <translation>Слева — всё, что ей открыто; F5 ищет в справочнике.</translation>
    </message>
    <message>
        <source>name not asked</source>
        <translation>имя не спрошено</translation>
    </message>
    <message>
        <source>phone not asked</source>
        <translation>телефон не спрошен</translation>
    </message>
    <message>
        <source>e-mail not asked</source>
        <translation>почта не спрошена</translation>
    </message>
    <message>
        <source>the role takes no calls</source>
        <translation>роль не принимает вызовы</translation>
    </message>
    <message>
        <source>While you are signed in no call rings here.</source>
        <translation>Пока вы в программе, звонки сюда не поступают.</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Абонент</translation>
    </message>
    <message>
        <source>About whom</source>
        <translation>О ком</translation>
    </message>
    <message>
        <source>What?</source>
        <translation>Что?</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Сценарий</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>не спрошено</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>не указано</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>удалено</translation>
    </message>
    <message>
        <source>talk %1</source>
        <translation>разговор %1</translation>
    </message>
    <message>
        <source>wrap-up %1</source>
        <translation>оформление %1</translation>
    </message>
    <message>
        <source>the operator hung up</source>
        <translation>завершил оператор</translation>
    </message>
    <message>
        <source>saved %1</source>
        <translation>сохранено %1</translation>
    </message>
    <message>
        <source>No message was made of this call</source>
        <translation>По вызову нет сообщения</translation>
    </message>
    <message>
        <source>The caller on hold has hung up</source>
        <translation>Абонент на удержании положил трубку</translation>
    </message>
    <message>
        <source>His record waits in the drafts: Ctrl+Shift+D.</source>
        <translation>Его запись ждёт в черновиках: Ctrl+Shift+D.</translation>
    </message>
    <message>
        <source>Is it %1? ↓ and Enter write it down so</source>
        <translation>Это %1? ↓ и Enter впишут так</translation>
    </message>
    <message>
        <source>The caller comes back to you.</source>
        <translation>Абонент возвращается к вам.</translation>
    </message>
    <message>
        <source>The caller is still on hold: Shift+F9 goes over to him.</source>
        <translation>Абонент всё ещё на удержании: Shift+F9 — перейти к нему.</translation>
    </message>
    <message>
        <source>You are asking about this caller already</source>
        <translation>Вы уже советуетесь об этом абоненте</translation>
    </message>
    <message>
        <source>F7 connects the two, F3 goes back to the caller alone.</source>
        <translation>F7 соединит их, F3 вернёт к абоненту.</translation>
    </message>
    <message>
        <source>All three hear each other already</source>
        <translation>Все трое уже слышат друг друга</translation>
    </message>
    <message>
        <source>F3 goes back to the caller alone, F7 leaves the two to talk.</source>
        <translation>F3 — назад к одному абоненту, F7 — оставить их вдвоём.</translation>
    </message>
    <message>
        <source>The message has no photo</source>
        <translation>В сообщении нет фото</translation>
    </message>
    <message>
        <source>Alt+A attaches one from a file.</source>
        <translation>Alt+A — приложить из файла.</translation>
    </message>
    <message>
        <source>Neither a picture nor a file was copied</source>
        <translation>Не скопирован ни снимок, ни файл</translation>
    </message>
    <message>
        <source>Copy it in the other program, then paste it here.</source>
        <translation>Скопируйте его в другой программе и вставьте здесь.</translation>
    </message>
    <message>
        <source>The city does not let operators turn photos</source>
        <translation>Город не разрешает операторам поворачивать фото</translation>
    </message>
    <message>
        <source>A photo that has to be turned is a ground of refusal (6.7).</source>
        <translation>Снимок, который надо поворачивать, — основание отказа (п. 6.7).</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>меньше минуты</translation>
    </message>
    <message>
        <source>The text is as everybody has it</source>
        <translation>Этот текст уже показан всем</translation>
    </message>
    <message>
        <source>Change it, and then show it to all.</source>
        <translation>Измените его, потом показывайте.</translation>
    </message>
    <message>
        <source>no key is like that</source>
        <translation>такой клавиши нет</translation>
    </message>
    <message>
        <source>keys: %1 of %2</source>
        <translation>клавиши: %1 из %2</translation>
    </message>
    <message>
        <source>What was found is not in sight</source>
        <translation>Найденное сейчас не видно</translation>
    </message>
    <message>
        <source>F5 shows it over the page, Esc leaves it.</source>
        <translation>F5 покажет его поверх страницы, Esc уберёт.</translation>
    </message>
    <message>
        <source>does not hold</source>
        <translation>не действует</translation>
    </message>
    <message>
        <source>A colleague has dealt with it already</source>
        <translation>Его уже разобрал коллега</translation>
    </message>
    <message>
        <source>The chosen call is in the list no more</source>
        <translation>Выбранного звонка в списке уже нет</translation>
    </message>
    <message>
        <source>Another one is chosen now: press once more for it.</source>
        <translation>Выбран другой: нажмите ещё раз, если это для него.</translation>
    </message>
    <message>
        <source>The text of the incident has changed</source>
        <translation>Текст инцидента изменён</translation>
    </message>
    <message>
        <source>Enter: look for “%1”</source>
        <translation>Enter: искать «%1»</translation>
    </message>
    <message>
        <source>like “%1”</source>
        <translation>похоже на «%1»</translation>
    </message>
    <message>
        <source>Your message without a call is not handed over yet</source>
        <translation>Ваше сообщение без вызова ещё не передано</translation>
    </message>
    <message>
        <source>It is as you left it: F10, then Ins.</source>
        <translation>Оно такое, каким вы его оставили: F10, затем Ins.</translation>
    </message>
    <message>
        <source>What you were typing is there again</source>
        <translation>Недописанное снова в своей форме</translation>
    </message>
    <message>
        <source>Not sent yet: %1.</source>
        <translation>Ещё не отправлено: %1.</translation>
    </message>
    <message>
        <source>Found again after a new start, not sent yet · typed: %1</source>
        <translation>Найдено после перезапуска, ещё не отправлено · набрано: %1</translation>
    </message>
    <message>
        <source>answer begun</source>
        <translation>ответ начат</translation>
    </message>
    <message>
        <source>The rules were changed meanwhile, in force now:</source>
        <translation>Правила тем временем изменили, сейчас действует:</translation>
    </message>
    <message>
        <source>Look at what was changed meanwhile: the next press goes on with your rules</source>
        <translation>Посмотрите, что изменили тем временем: следующее нажатие продолжит с вашими правилами</translation>
    </message>
    <message>
        <source>at workplace %1</source>
        <translation>на месте %1</translation>
    </message>
    <message>
        <source>%1 is talking</source>
        <translation>говорит %1</translation>
    </message>
    <message>
        <source>%1 is calling</source>
        <translation>звонит %1</translation>
    </message>
    <message>
        <source>%1 is talking with this number now</source>
        <translation>%1 говорит с этим номером</translation>
    </message>
    <message>
        <source>%1 is calling this number now</source>
        <translation>%1 звонит по этому номеру</translation>
    </message>
    <message>
        <source>Press once more to call all the same.</source>
        <translation>Нажмите ещё раз, чтобы всё-таки позвонить.</translation>
    </message>
    <message>
        <source>not confirmed yet</source>
        <translation>ещё не подтверждено</translation>
    </message>
    <message>
        <source>no answer; it is told again</source>
        <translation>нет ответа; сообщаем ещё раз</translation>
    </message>
    <message>
        <source>not taken (%1); it is told again</source>
        <translation>не принято (%1); сообщаем ещё раз</translation>
    </message>
    <message>
        <source>the telephone system takes no presence (%1)</source>
        <translation>станция не принимает SIP presence (%1)</translation>
    </message>
    <message>
        <source>The telephone system takes no presence (%1)</source>
        <translation>Станция не принимает SIP presence (%1)</translation>
    </message>
    <message>
        <source>The telephone system did not take your state (%1)</source>
        <translation>Станция не приняла ваше состояние (%1)</translation>
    </message>
    <message>
        <source>State at the telephone system</source>
        <translation>Состояние на станции</translation>
    </message>
    <message>
        <source>The telephone system lets this account in and takes the operator&apos;s state</source>
        <translation>Станция принимает эту учётную запись и состояние оператора</translation>
    </message>
    <message>
        <source>The account itself is let in, and calls come. Tell it by codes, or have presence switched on there.</source>
        <translation>Сама учётная запись принята, звонки приходят. Сообщайте состояние кодами или попросите включить SIP presence на станции.</translation>
    </message>
    <message>
        <source>The account itself is let in, and calls come. Repeat the trial.</source>
        <translation>Сама учётная запись принята, звонки приходят. Повторите проверку.</translation>
    </message>
    <message>
        <source>The telephone system did not answer when it was told the operator&apos;s state</source>
        <translation>Станция не ответила, когда ей сообщили состояние оператора</translation>
    </message>
    <message>
        <source>The telephone system did not take the operator&apos;s state (%1)</source>
        <translation>Станция не приняла состояние оператора (%1)</translation>
    </message>
    <message>
        <source>It does not know whether you take calls: tell the administrator.</source>
        <translation>Она не знает, принимаете ли вы звонки: сообщите администратору.</translation>
    </message>
    <message>
        <source>without a call</source>
        <translation>без вызова</translation>
    </message>
    <message>
        <source>A colleague has dealt with this call before</source>
        <translation>Коллега успел раньше: звонок уже закрыт</translation>
    </message>
    <message>
        <source>It is noted as talked.</source>
        <translation>Отмечено: поговорили.</translation>
    </message>
    <message>
        <source>It is noted as not needed.</source>
        <translation>Отмечено: звонить не нужно.</translation>
    </message>
    <message>
        <source>This call is not in the list any more</source>
        <translation>Этого звонка в списке уже нет</translation>
    </message>
    <message>
        <source>decision begun</source>
        <translation>решается</translation>
    </message>
    <message>
        <source>decision about a message</source>
        <translation>решение по сообщению</translation>
    </message>
    <message>
        <source>review of a message</source>
        <translation>проверка сообщения</translation>
    </message>
    <message>
        <source>%1 is writing the record</source>
        <translation>пишет запись %1</translation>
    </message>
    <message>
        <source>%1 is writing the record of a talk with this number</source>
        <translation>%1 пишет запись о разговоре с этим номером</translation>
    </message>
    <message>
        <source>why these are no personal data</source>
        <translation>почему это не персональные данные</translation>
    </message>
    <message>
        <source>synonyms of the directory</source>
        <translation>синонимы справочника</translation>
    </message>
    <message>
        <source>Somebody else has corrected this too: see below the field. Alt+R takes that; registering once more keeps yours.</source>
        <translation>Это исправил и кто-то другой: смотрите под полем. Alt+R возьмёт чужое, ещё раз «Зарегистрировать» оставит ваше.</translation>
    </message>
    <message>
        <source>leave mine, take what somebody else wrote (incident, review)</source>
        <translation>оставить своё, взять написанное другим (инцидент, проверка)</translation>
    </message>
    <message>
        <source>Alt+R takes this</source>
        <translation>Alt+R берёт это</translation>
    </message>
    <message>
        <source>Your correction was not written</source>
        <translation>Ваше исправление не записано</translation>
    </message>
    <message>
        <source>Somebody else had corrected the same field; what stood in the message stays.</source>
        <translation>То же поле исправил кто-то другой; в сообщении осталось то, что там было.</translation>
    </message>
    <message>
        <source>Nobody else has corrected what you type here</source>
        <translation>Никто другой не исправлял то, что вы пишете</translation>
    </message>
    <message>
        <source>New pair</source>
        <translation>Новая пара</translation>
    </message>
    <message>
        <source>came while the window was closed or hung</source>
        <translation>пришёл, когда окно было закрыто или зависло</translation>
    </message>
    <message>
        <source>no window was there</source>
        <translation>окно не работало</translation>
    </message>
    <message>
        <source>a soft sound on the ringer</source>
        <translation>тихий сигнал на динамике вызова</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>без звука</translation>
    </message>
    <message>
        <source>The soft sound was played</source>
        <translation>Тихий сигнал прозвучал</translation>
    </message>
    <message>
        <source>The sound could not be played</source>
        <translation>Сигнал не прозвучал</translation>
    </message>
    <message>
        <source>Choose another ringer, or plug it in.</source>
        <translation>Выберите другой динамик вызова или подключите этот.</translation>
    </message>
    <message>
        <source>This was ordered meanwhile, in force now:</source>
        <translation>Тем временем распоряжения изменились, сейчас действует:</translation>
    </message>
    <message>
        <source>%1: its order was revoked</source>
        <translation>%1: распоряжение отозвано</translation>
    </message>
    <message>
        <source>Look at what was ordered meanwhile: the next press goes on with yours</source>
        <translation>Посмотрите, что изменилось тем временем: следующее нажатие продолжит с вашим распоряжением</translation>
    </message>
    <message>
        <source>number of an insurance policy</source>
        <translation>номер страхового полиса</translation>
    </message>
    <message>
        <source>account in a network</source>
        <translation>учётная запись в соцсети или мессенджере</translation>
    </message>
    <message>
        <source>It is not said what has happened.</source>
        <translation>Не сказано, что произошло.</translation>
    </message>
    <message>
        <source>no day is given</source>
        <translation>не указан день</translation>
    </message>
    <message>
        <source>“When was it?”</source>
        <translation>«Когда это было?»</translation>
    </message>
    <message>
        <source>Information is missing</source>
        <translation>Не хватает сведений</translation>
    </message>
    <message>
        <source>The note was not checked for names of people</source>
        <translation>Записка не проверена на имена людей</translation>
    </message>
    <message>
        <source>The directory cannot be read. Look through the note; Ctrl+Enter once more signs as it is.</source>
        <translation>Справочник не читается. Просмотрите записку сами; Ctrl+Enter ещё раз — подписать как есть.</translation>
    </message>
    <message>
        <source>Background work has stopped</source>
        <translation>Фоновая работа остановилась</translation>
    </message>
    <message>
        <source>Background work was restarted</source>
        <translation>Фоновая работа возобновлена</translation>
    </message>
    <message>
        <source>It starts again by itself. Tell the administrator; the log says what happened.</source>
        <translation>Она возобновляется сама. Сообщите администратору: что случилось, записано в журнале программы.</translation>
    </message>
    <message>
        <source>Background work</source>
        <translation>Фоновая работа</translation>
    </message>
    <message>
        <source>%1: stopped since %2</source>
        <translation>%1: остановлено с %2</translation>
    </message>
    <message>
        <source>%1: runs again since %2</source>
        <translation>%1: возобновлено в %2</translation>
    </message>
    <message>
        <source>%1: ended at %2</source>
        <translation>%1: завершено в %2</translation>
    </message>
    <message>
        <source>Sending records to the centre</source>
        <translation>Отправка записей в центр</translation>
    </message>
    <message>
        <source>Fetching news of the centre</source>
        <translation>Получение новостей центра</translation>
    </message>
    <message>
        <source>Exchange with the city&apos;s platform</source>
        <translation>Обмен с платформой города</translation>
    </message>
    <message>
        <source>Letters and reminders</source>
        <translation>Письма и напоминания</translation>
    </message>
    <message>
        <source>Terms of personal data</source>
        <translation>Сроки персональных данных</translation>
    </message>
    <message>
        <source>Erasure of personal data</source>
        <translation>Удаление персональных данных</translation>
    </message>
    <message>
        <source>Backup of the register</source>
        <translation>Резервная копия реестра</translation>
    </message>
    <message>
        <source>Check of the register&apos;s file</source>
        <translation>Проверка файла реестра</translation>
    </message>
    <message>
        <source>Not read: %1. A newer program wrote it; nothing is lost, the rest comes as before. The administrator updates the program here, then it is read.</source>
        <translation>Не прочитано записей: %1. Их сделала более новая программа. Ничего не потеряно, остальное приходит как прежде. Когда администратор обновит программу на этом рабочем месте, они будут прочитаны.</translation>
    </message>
    <message>
        <source>The centre has a newer program</source>
        <translation>В центре программа новее</translation>
    </message>
    <message>
        <source>Refused, author not notified</source>
        <translation>Отказано, автор не уведомлён</translation>
    </message>
    <message>
        <source>sent to the author by e-mail</source>
        <translation>направлено автору по электронной почте</translation>
    </message>
    <message>
        <source>read to the author by phone</source>
        <translation>прочитано автору по телефону</translation>
    </message>
    <message>
        <source>author not notified: %1</source>
        <translation>автор не уведомлён: %1</translation>
    </message>
    <message>
        <source>the letter came back (%1)</source>
        <translation>письмо вернулось (%1)</translation>
    </message>
    <message>
        <source>not notified</source>
        <translation>не уведомлён</translation>
    </message>
    <message>
        <source>registration refused, author not notified</source>
        <translation>в регистрации отказано, автор не уведомлён</translation>
    </message>
    <message>
        <source>Note the notice of refusal</source>
        <translation>Отметить уведомление об отказе</translation>
    </message>
    <message>
        <source>Notice of refusal</source>
        <translation>Уведомление об отказе</translation>
    </message>
    <message>
        <source>Returned letters cannot be read</source>
        <translation>Не читается почта возвратов</translation>
    </message>
    <message>
        <source>Whether a notice came back is not seen (%1). Call the administrator if it stays so.</source>
        <translation>Не видно, какие уведомления вернулись (%1). Если так и останется, позовите администратора.</translation>
    </message>
    <message>
        <source>the mailbox is not there</source>
        <translation>ящик или папка недоступны</translation>
    </message>
    <message>
        <source>the server is too slow</source>
        <translation>сервер отвечает слишком медленно</translation>
    </message>
    <message>
        <source>no trusted encryption</source>
        <translation>нет шифрования, которому можно доверять</translation>
    </message>
    <message>
        <source>sign-in refused</source>
        <translation>сервер не принял имя или пароль</translation>
    </message>
    <message>
        <source>State when the official was told, as DD.MM.YYYY, not after today (par. 12.3)</source>
        <translation>Укажите, когда сообщено: ДД.ММ.ГГГГ, не позже сегодняшнего дня (п. 12.3)</translation>
    </message>
    <message>
        <source>Official responsible: %1, told on %2</source>
        <translation>Ответственное должностное лицо: %1, сообщено %2</translation>
    </message>
    <message>
        <source>Your language needs a new start</source>
        <translation>Для вашего языка нужен новый запуск</translation>
    </message>
    <message>
        <source>Unfinished message</source>
        <translation>Незаконченное сообщение</translation>
    </message>
    <message>
        <source>unfinished message</source>
        <translation>не закончено</translation>
    </message>
    <message>
        <source>A message of this call is not finished</source>
        <translation>Сообщение из этого вызова не закончено</translation>
    </message>
    <message>
        <source>Register it, or empty it and press Esc. Ctrl+Enter in the card once more closes the call; the message then waits among the drafts.</source>
        <translation>Зарегистрируйте его или очистите и нажмите Esc. Ещё одно Ctrl+Enter в карточке закроет вызов, а сообщение останется в черновиках.</translation>
    </message>
    <message>
        <source>every day</source>
        <translation>ежедневно</translation>
    </message>
    <message>
        <source>on no day</source>
        <translation>ни в один из дней</translation>
    </message>
    <message>
        <source>this workplace</source>
        <translation>это рабочее место</translation>
    </message>
    <message>
        <source>all workplaces</source>
        <translation>все рабочие места</translation>
    </message>
    <message>
        <source>The central database does not answer: only the calls of this workplace are shown.</source>
        <translation>Центральная база не отвечает: показаны только телефонные вызовы этого рабочего места.</translation>
    </message>
    <message>
        <source>Enter opens the record, PgDn reads on; a click on a column heading sorts.</source>
        <translation>Enter открывает запись, PgDn показывает следующие; щелчок по заголовку столбца сортирует.</translation>
    </message>
    <message>
        <source>This is neither the number of a call nor a telephone. Check the digits.</source>
        <translation>Это не номер телефонного вызова и не телефон. Проверьте цифры.</translation>
    </message>
    <message>
        <source>The period needs two dates, as 01.11.2026, the first one not after the last one.</source>
        <translation>Для периода нужны две даты, например 01.11.2026; первая не позже последней.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Чтение…</translation>
    </message>
    <message>
        <source>there are more</source>
        <translation>есть ещё</translation>
    </message>
    <message>
        <source>found in %1 s</source>
        <translation>найдено за %1 с</translation>
    </message>
    <message>
        <source>No call fits</source>
        <translation>Ни один телефонный вызов не подходит</translation>
    </message>
    <message>
        <source>Take a longer period or one filter less.</source>
        <translation>Возьмите период длиннее или уберите один из отборов.</translation>
    </message>
    <message>
        <source>The register of calls could not be read</source>
        <translation>Реестр вызовов не удалось прочитать</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R tries once more.</source>
        <translation>Ctrl+Shift+R повторит попытку.</translation>
    </message>
    <message>
        <source>The register of calls is not for your role</source>
        <translation>Реестр вызовов недоступен для вашей роли</translation>
    </message>
    <message>
        <source>All operators</source>
        <translation>Все операторы</translation>
    </message>
    <message>
        <source>All workplaces</source>
        <translation>Все рабочие места</translation>
    </message>
    <message>
        <source>All topics</source>
        <translation>Все темы</translation>
    </message>
    <message>
        <source>All results</source>
        <translation>Все итоги</translation>
    </message>
    <message>
        <source>Workplace %1</source>
        <translation>Рабочее место %1</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>About</source>
        <translation>О чём</translation>
    </message>
    <message>
        <source>register of calls</source>
        <translation>реестр вызовов</translation>
    </message>
    <message>
        <source>Registration number</source>
        <translation>Регистрационный номер</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Дата</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Фамилия, имя, отчество</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Телефон</translation>
    </message>
    <message>
        <source>The register of calls was not written</source>
        <translation>Реестр вызовов не записан</translation>
    </message>
    <message>
        <source>register of calls: sort by the next column</source>
        <translation>реестр вызовов: сортировать по следующему столбцу</translation>
    </message>
    <message>
        <source>register of calls: write as XLSX</source>
        <translation>реестр вызовов: выгрузить в XLSX</translation>
    </message>
    <message>
        <source>The number of a message or a call, with or without dashes, a telephone, a name, or words</source>
        <translation>Номер сообщения или телефонного вызова, с дефисами или без, телефон, имя или слова</translation>
    </message>
    <message>
        <source>The number is right, but no message has it</source>
        <translation>Номер верный, но сообщения с ним нет</translation>
    </message>
    <message>
        <source>The central database does not answer: only this workplace was searched.</source>
        <translation>Центральная база не отвечает: искали только на этом рабочем месте.</translation>
    </message>
    <message>
        <source>Enter searches for this name or these words</source>
        <translation>Enter найдёт по этому имени или словам</translation>
    </message>
    <message>
        <source>No message and no call has this name or these words</source>
        <translation>Сообщений и телефонных вызовов с таким именем или словами нет</translation>
    </message>
    <message>
        <source>a file that the letter promises is missing or damaged</source>
        <translation>файл, обещанный в письме, пропал или повреждён</translation>
    </message>
    <message>
        <source>Exchange of answers&apos; files</source>
        <translation>Обмен файлами ответов</translation>
    </message>
    <message>
        <source>A call is on the line</source>
        <translation>Идёт разговор</translation>
    </message>
    <message>
        <source>The caller is on hold</source>
        <translation>Абонент на удержании</translation>
    </message>
    <message>
        <source>Consultation: the caller is on hold</source>
        <translation>Консультация, абонент на удержании</translation>
    </message>
    <message>
        <source>Three are on the line</source>
        <translation>На линии трое</translation>
    </message>
    <message>
        <source>The caller is being transferred</source>
        <translation>Вызов переводится</translation>
    </message>
    <message>
        <source>The call ended at %1</source>
        <translation>Разговор закончен в %1</translation>
    </message>
    <message>
        <source>its record is kept and waits for you</source>
        <translation>запись сохранена и ждёт вас</translation>
    </message>
    <message>
        <source>the call is recorded</source>
        <translation>вызов записывается</translation>
    </message>
    <message>
        <source>the recording is paused</source>
        <translation>запись звука приостановлена</translation>
    </message>
    <message>
        <source>one more call is on hold</source>
        <translation>ещё один вызов на удержании</translation>
    </message>
    <message>
        <source>one more call waits for an answer</source>
        <translation>ещё один вызов ждёт ответа</translation>
    </message>
    <message>
        <source>The microphone is on: you are heard</source>
        <translation>Микрофон включён: вас слышно</translation>
    </message>
    <message>
        <source>The microphone is off: you are not heard</source>
        <translation>Микрофон выключен: вас не слышно</translation>
    </message>
    <message>
        <source>Hold: you are not heard</source>
        <translation>Удержание: вас не слышно</translation>
    </message>
    <message>
        <source>Nobody has answered yet</source>
        <translation>Вызов ещё не принят</translation>
    </message>
    <message>
        <source>Nobody is on the line: you are not heard</source>
        <translation>На линии никого нет: вас не слышно</translation>
    </message>
    <message>
        <source>Name and number of the caller and the text of the record are hidden.</source>
        <translation>Имя и номер абонента и текст записи скрыты.</translation>
    </message>
    <message>
        <source>What you typed was saved at %1.</source>
        <translation>Набранное сохранено в %1.</translation>
    </message>
    <message>
        <source>%1 · since %2, nobody was at the desk</source>
        <translation>%1 · с %2, по бездействию</translation>
    </message>
    <message>
        <source>%1 · since %2, by the key</source>
        <translation>%1 · с %2, по клавише</translation>
    </message>
    <message>
        <source>Too much for one file</source>
        <translation>Слишком много для одного файла</translation>
    </message>
    <message>
        <source>Divide it into files of up to 50,000 rows and 20 MB, without pictures and empty sheets.</source>
        <translation>Разделите его на файлы до 50 000 строк и 20 МБ, без рисунков и пустых листов.</translation>
    </message>
    <message>
        <source>closed</source>
        <comment>hours of a day</comment>
        <translation>закрыто</translation>
    </message>
    <message>
        <source>break %1</source>
        <translation>перерыв %1</translation>
    </message>
    <message>
        <source>Hours of the line: %1</source>
        <translation>Часы линии: %1</translation>
    </message>
    <message>
        <source>Hours of the line (5.4)</source>
        <translation>Часы линии (п. 5.4)</translation>
    </message>
    <message>
        <source>Day off that is worked by decree</source>
        <translation>Рабочий выходной (перенос)</translation>
    </message>
    <message>
        <source>Single days, with semicolons between</source>
        <translation>Отдельные дни, через точку с запятой</translation>
    </message>
    <message>
        <source>A day as “08:00–20:00, break 12:00–13:00”; an empty field: the line is closed. A single day as “31.12.2026 08:00–15:00” or “09.05.2026 closed”.</source>
        <translation>День — «08:00–20:00, перерыв 12:00–13:00»; пустое поле — линия закрыта. Отдельный день — «31.12.2026 08:00–15:00» или «09.05.2026 закрыто».</translation>
    </message>
    <message>
        <source>On days off of the calendar the week&apos;s hours hold</source>
        <translation>В нерабочие дни календаря действуют часы недели</translation>
    </message>
    <message>
        <source>%1: “%2” is no hours; write “08:00–20:00, break 12:00–13:00”</source>
        <translation>%1: «%2» — не часы; пишите «08:00–20:00, перерыв 12:00–13:00»</translation>
    </message>
    <message>
        <source>“%1” is no single day; write “31.12.2026 08:00–15:00” or “09.05.2026 closed”</source>
        <translation>«%1» — не отдельный день; пишите «31.12.2026 08:00–15:00» или «09.05.2026 закрыто»</translation>
    </message>
    <message>
        <source>Line: %1</source>
        <translation>Линия: %1</translation>
    </message>
    <message>
        <source>Two intervals of one day overlap</source>
        <translation>Часы одного дня накладываются друг на друга</translation>
    </message>
    <message>
        <source>A single day is named twice</source>
        <translation>Один и тот же отдельный день указан дважды</translation>
    </message>
    <message>
        <source>The line would be open on no day</source>
        <translation>Линия не была бы открыта ни в один день недели</translation>
    </message>
    <message>
        <source>The hours of the line are changed</source>
        <translation>Часы линии изменены</translation>
    </message>
    <message>
        <source>hours of the line</source>
        <translation>часы линии</translation>
    </message>
    <message>
        <source>Offered = answered + missed in working hours. Calls out of hours, answered or missed, taken by a colleague or going out stand apart.</source>
        <translation>Поступило = принято + пропущено в рабочее время; вызовы вне рабочего времени (принятые и пропущенные), принятые коллегой и исходящие стоят отдельно.</translation>
    </message>
    <message>
        <source>Answered out of hours</source>
        <translation>Принято вне рабочих часов</translation>
    </message>
    <message>
        <source>Missed out of hours</source>
        <translation>Пропущено вне рабочих часов</translation>
    </message>
    <message>
        <source>Incoming call out of hours</source>
        <translation>Входящий вызов вне рабочих часов</translation>
    </message>
    <message>
        <source>from %1: %2</source>
        <translation>с %1: %2</translation>
    </message>
    <message>
        <source>Number that callers are sent to</source>
        <translation>Номер, на который переадресовать</translation>
    </message>
    <message>
        <source>out of hours an announcement</source>
        <translation>вне рабочих часов — объявление</translation>
    </message>
    <message>
        <source>out of hours to %1</source>
        <translation>вне рабочих часов — на номер %1</translation>
    </message>
    <message>
        <source>A call out of hours</source>
        <translation>Вызов вне рабочих часов</translation>
    </message>
    <message>
        <source>Rings</source>
        <translation>Звонит</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>Объявление</translation>
    </message>
    <message>
        <source>Sent on</source>
        <translation>На другой номер</translation>
    </message>
    <message>
        <source>Write the number that callers are sent to: digits, no more than 15</source>
        <translation>Укажите номер, на который переадресовать: цифры, не больше 15</translation>
    </message>
    <message>
        <source>The line is closed: callers hear the announcement</source>
        <translation>Линия закрыта: абоненты слышат объявление</translation>
    </message>
    <message>
        <source>The line is closed: callers are sent to the number of the settings</source>
        <translation>Линия закрыта: вызовы уходят на заданный номер</translation>
    </message>
    <message>
        <source>The line is closed, and calls ring all the same</source>
        <translation>Линия закрыта, но вызовы всё равно звонят</translation>
    </message>
    <message>
        <source>Callers cannot be sent to the number of the settings: tell the administrator.</source>
        <translation>Переадресовать на заданный номер нельзя: скажите администратору.</translation>
    </message>
    <message>
        <source>The file of the announcement is not there: tell the administrator.</source>
        <translation>Файла объявления нет: скажите администратору.</translation>
    </message>
    <message>
        <source>The announcement has to be a WAV of 8 or 16 kHz, 16 bits, one channel: tell the administrator.</source>
        <translation>Объявление должно быть файлом WAV: 8 или 16 кГц, 16 бит, один канал. Скажите администратору.</translation>
    </message>
    <message>
        <source>The file of the announcement cannot be read: tell the administrator.</source>
        <translation>Файл объявления не читается: скажите администратору.</translation>
    </message>
    <message>
        <source>heard the announcement out of hours</source>
        <translation>прослушано объявление вне рабочих часов</translation>
    </message>
    <message>
        <source>sent to another number out of hours</source>
        <translation>переадресован вне рабочих часов</translation>
    </message>
    <message>
        <source>announcement</source>
        <translation>объявление</translation>
    </message>
    <message>
        <source>sent on</source>
        <translation>переадресован</translation>
    </message>
    <message>
        <source>The rework is due soon</source>
        <translation>Скоро срок доработки</translation>
    </message>
    <message>
        <source>“Your message is registered and sent to the body responsible%3. Write down its number: %1.%2”</source>
        <translation>«Ваше сообщение зарегистрировано и направлено ответственному органу%3. Запишите его номер: %1.%2»</translation>
    </message>
    <message>
        <source>“Your message is registered. Write down its number: %1. The body that answers it is still to be chosen.%2”</source>
        <translation>«Ваше сообщение зарегистрировано. Запишите его номер: %1. Ответственный орган мы определим дополнительно.%2»</translation>
    </message>
    <message>
        <source>Message № %1 is registered, but sent to no body</source>
        <translation>Сообщение № %1 зарегистрировано, но никому не направлено</translation>
    </message>
    <message>
        <source>No body in force is responsible for its topic. Choose one: Ctrl+O, then Alt+O.</source>
        <translation>У темы нет действующего ответственного органа. Выберите орган: Ctrl+O, затем Alt+O.</translation>
    </message>
    <message>
        <source>Technological map No. %1 of %2</source>
        <translation>Технологическая карта № %1 от %2</translation>
    </message>
    <message>
        <source>Thematic regulation No. %1 of %2</source>
        <translation>Тематический регламент № %1 от %2</translation>
    </message>
    <message>
        <source>Approved: %1</source>
        <translation>Утвердил: %1</translation>
    </message>
    <message>
        <source>Rules: %1</source>
        <translation>Действует для тем и категорий: %1</translation>
    </message>
    <message>
        <source>Answer term: %1</source>
        <translation>Срок ответа: %1</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>Файл: %1</translation>
    </message>
    <message>
        <source>In force from %1</source>
        <translation>Действует с %1</translation>
    </message>
    <message>
        <source>In force from %1 to %2</source>
        <translation>Действует с %1 по %2</translation>
    </message>
    <message>
        <source>Body: %1</source>
        <translation>Орган: %1</translation>
    </message>
    <message>
        <source>Agreed: %1</source>
        <translation>Согласовано: %1</translation>
    </message>
    <message>
        <source>The directory has no topic, category or body with the key “%1”</source>
        <translation>В справочнике нет темы, категории или органа с ключом «%1»</translation>
    </message>
    <message>
        <source>There is no regulation or map in the file</source>
        <translation>В файле нет ни регламента, ни карты</translation>
    </message>
    <message>
        <source>A record has no number or no id</source>
        <translation>У записи нет номера или ключа (id)</translation>
    </message>
    <message>
        <source>Say who approved the regulation</source>
        <translation>Укажите, кто утвердил регламент</translation>
    </message>
    <message>
        <source>The last day of a record is before its first day</source>
        <translation>Последний день действия записи раньше первого</translation>
    </message>
    <message>
        <source>A regulation needs a topic or category, a map exactly one of the two</source>
        <translation>Регламенту нужна тема или категория, карте — ровно одна из двух</translation>
    </message>
    <message>
        <source>A technological map needs its body</source>
        <translation>Технологической карте нужен орган</translation>
    </message>
    <message>
        <source>A term is one day or more</source>
        <translation>Срок — не меньше одного дня</translation>
    </message>
    <message>
        <source>Name the file of each record</source>
        <translation>Укажите файл каждой записи</translation>
    </message>
    <message>
        <source>Two records of the file have one id</source>
        <translation>У двух записей файла один ключ (id)</translation>
    </message>
    <message>
        <source>Two regulations of one topic, or two maps of one body, would be in force on one day: end the earlier one first</source>
        <translation>В один день действовали бы два регламента одной темы или две карты одного органа: сначала завершите прежний документ</translation>
    </message>
    <message>
        <source>Regulations and maps (3.1–3.3)</source>
        <translation>Регламенты и карты (пп. 3.1–3.3)</translation>
    </message>
    <message>
        <source>Record %2 of %1: a field is missing, unknown or of another form; see the guide</source>
        <translation>Запись %2 файла %1: поля нет, оно неизвестно или другого вида; см. руководство</translation>
    </message>
    <message>
        <source>The regulations are changed</source>
        <translation>Регламенты изменены</translation>
    </message>
    <message>
        <source>thematic regulation No. %1 of %2</source>
        <translation>тематическому регламенту № %1 от %2</translation>
    </message>
    <message>
        <source>technological map No. %1 of %2</source>
        <translation>технологической карте № %1 от %2</translation>
    </message>
    <message>
        <source>By %1, in force on the day of registration, not by the directory.</source>
        <translation>По %1: он действовал в день регистрации и важнее срока из справочника.</translation>
    </message>
    <message>
        <source>By %1 of the body “%2”: it takes precedence over the thematic regulation (3.3).</source>
        <translation>По %1 органа «%2»: она важнее тематического регламента (п. 3.3).</translation>
    </message>
    <message>
        <source>By the directory: no regulation or map with a term was in force on that day.</source>
        <translation>По справочнику: регламента или карты со сроком в тот день не было.</translation>
    </message>
    <message>
        <source>, by %1</source>
        <translation>, по %1</translation>
    </message>
    <message>
        <source>%1: attach the document “%2” in the directory first, to its topic, category or body</source>
        <translation>%1: сначала прикрепите документ «%2» в справочнике к его теме, категории или органу</translation>
    </message>
    <message>
        <source>The directory cannot be read; try again</source>
        <translation>Справочник не читается; попробуйте ещё раз</translation>
    </message>
    <message>
        <source>It changes for later messages only.</source>
        <translation>Изменение коснётся только будущих сообщений.</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>None in this period</source>
        <translation>За этот период нет</translation>
    </message>
</context>
<context>
    <name>_ChosenNumber</name>
    <message>
        <source>Talk first</source>
        <translation>Сначала поговорить</translation>
    </message>
    <message>
        <source>Transfer at once</source>
        <translation>Перевести сразу</translation>
    </message>
    <message>
        <source>A number that was typed</source>
        <translation>Набранный номер</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
</context>
<context>
    <name>_Conflict</name>
    <message>
        <source>Put my changes on top</source>
        <translation>Перенести мою правку</translation>
    </message>
    <message>
        <source>Take the new version</source>
        <translation>Взять новую версию</translation>
    </message>
    <message>
        <source>What you typed</source>
        <translation>Набрано вами</translation>
    </message>
    <message>
        <source>What is published</source>
        <translation>Опубликовано</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>Опубликовано: %1</translation>
    </message>
</context>
<context>
    <name>_Empty</name>
    <message>
        <source>Choose an entry at the left</source>
        <translation>Выберите запись слева</translation>
    </message>
    <message>
        <source>Ins begins a new one; Ctrl+F finds one by its title.</source>
        <translation>Ins — новая запись, Ctrl+F — найти по названию.</translation>
    </message>
</context>
<context>
    <name>_Figures</name>
    <message>
        <source>Today</source>
        <translation>Сегодня у вас</translation>
    </message>
    <message>
        <source>Calls answered</source>
        <translation>Вызовов принято</translation>
    </message>
    <message>
        <source>Average talk</source>
        <translation>Среднее время</translation>
    </message>
    <message>
        <source>Saved within</source>
        <translation>Сохранено за</translation>
    </message>
</context>
<context>
    <name>_HoursChart</name>
    <message>
        <source>Calls by hour</source>
        <translation>Вызовы по часам</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>пропущено</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>принято</translation>
    </message>
</context>
<context>
    <name>_Item</name>
    <message>
        <source>taken back</source>
        <translation>отменено</translation>
    </message>
</context>
<context>
    <name>_LessonsView</name>
    <message>
        <source>Ring me</source>
        <translation>Позвонить мне</translation>
    </message>
    <message>
        <source>Training calls</source>
        <translation>Учебные звонки</translation>
    </message>
    <message>
        <source>A second phone on this computer calls you over real telephony and speaks Russian. When the record is saved you see what was right in it.</source>
        <translation>Второй телефон на этом компьютере позвонит вам по настоящей телефонии и заговорит по-русски. Когда запись сохранена, вы увидите, что в ней верно.</translation>
    </message>
    <message>
        <source>choose a lesson</source>
        <translation>выбрать урок</translation>
    </message>
    <message>
        <source>ring at once</source>
        <translation>позвонить сразу</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
</context>
<context>
    <name>_NearView</name>
    <message>
        <source>Answer: %1</source>
        <translation>Ответ: %1</translation>
    </message>
</context>
<context>
    <name>_News</name>
    <message>
        <source>Look</source>
        <translation>Посмотреть</translation>
    </message>
</context>
<context>
    <name>_NoteLine</name>
    <message>
        <source>Put back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Понятно</translation>
    </message>
</context>
<context>
    <name>_NoticeColumn</name>
    <message>
        <source>As it will be told</source>
        <translation>Так об этом сообщат</translation>
    </message>
</context>
<context>
    <name>_PreviewPane</name>
    <message>
        <source>the other text</source>
        <translation>другой текст</translation>
    </message>
    <message>
        <source>Text to say</source>
        <translation>Текст для чтения</translation>
    </message>
    <message>
        <source>Insert into the answer</source>
        <translation>Вставить в ответ</translation>
    </message>
    <message>
        <source>Send as text</source>
        <translation>Отправить текстом</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>Сказать</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n секунда</numerusform>
            <numerusform>%n секунды</numerusform>
            <numerusform>%n секунд</numerusform>
        </translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Вставить</translation>
    </message>
</context>
<context>
    <name>_RowView</name>
    <message>
        <source>Ask: {question}</source>
        <translation>Спросите: {question}</translation>
    </message>
</context>
<context>
    <name>_Said</name>
    <message>
        <source>Told, close the call</source>
        <translation>Ответ дан, закрыть вызов</translation>
    </message>
    <message>
        <source>The caller speaks of it: say this.</source>
        <translation>Вызов об этом: прочитайте текст</translation>
    </message>
    <message>
        <source>Told: the card closes with the call.</source>
        <translation>Ответ дан: карточка закроется с вызовом.</translation>
    </message>
    <message>
        <source>The text has changed: say the new one.</source>
        <translation>Текст изменён: прочитайте новый.</translation>
    </message>
    <message>
        <source>Ended at %1: if it was said, close the call.</source>
        <translation>Завершён в %1: прочитали — закройте вызов.</translation>
    </message>
</context>
<context>
    <name>_SearchHint</name>
    <message>
        <source>Search the way you hear it</source>
        <translation>Ищите как слышите</translation>
    </message>
    <message>
        <source>Type the beginnings of words in any form. Arrows choose, Enter inserts the answer into the card, Tab shows the text to send, Alt with the arrows to the sides shows one kind alone.</source>
        <translation>Пишите начала слов в любой форме. Стрелки выбирают, Enter вставляет ответ в карточку, Tab показывает текст для отправки, Alt со стрелками вбок оставляет один вид.</translation>
    </message>
</context>
<context>
    <name>_Starter</name>
    <message>
        <source>Single Number</source>
        <translation>Единый номер</translation>
    </message>
    <message>
        <source>Training – Single Number</source>
        <translation>Учебный режим – Единый номер</translation>
    </message>
</context>
<context>
    <name>_UsedChip</name>
    <message>
        <source>Take out</source>
        <translation>Убрать</translation>
    </message>
</context>
</TS>
