<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AnswerForm</name>
    <message>
        <source>Answer received in the meantime</source>
        <translation>Ответ, пришедший тем временем</translation>
    </message>
    <message>
        <source>Received since</source>
        <translation>Пришло тем временем</translation>
    </message>
    <message>
        <source>Type of answer</source>
        <translation>Что сообщает ответ</translation>
    </message>
    <message>
        <source>Text for the author</source>
        <translation>Что прочитает автор</translation>
    </message>
    <message>
        <source>DD.MM.YYYY</source>
        <translation>ДД.ММ.ГГГГ</translation>
    </message>
    <message>
        <source>What will be done by then</source>
        <translation>Что будет сделано к этому сроку</translation>
    </message>
    <message>
        <source>Why the issue cannot be solved</source>
        <translation>Почему вопрос нельзя решить</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>Приложить файл</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>Promised date</source>
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
        <source>Contains</source>
        <translation>В ответе есть</translation>
    </message>
    <message>
        <source>Accept the answer</source>
        <translation>Принять ответ</translation>
    </message>
    <message>
        <source>It will be checked again before sending: par. 9.4, 9.5</source>
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
        <source>Authority&apos;s answer</source>
        <translation>Ответ органа</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Remove: %1</source>
        <translation>Убрать: %1</translation>
    </message>
</context>
<context>
    <name>AskPane</name>
    <message>
        <source>The message returns to the queue with your note; whoever knows takes it.</source>
        <translation>Сообщение вернётся в очередь с вашей пометкой, его возьмёт тот, кто знает.</translation>
    </message>
    <message>
        <source>What you are unsure about</source>
        <translation>В чём вы сомневаетесь</translation>
    </message>
    <message>
        <source>Question for colleagues</source>
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
        <source>Request channel</source>
        <translation>Как поступил запрос</translation>
    </message>
    <message>
        <source>Yesterday 14:30, or 26.11.2026 14:30</source>
        <translation>вчера 14:30 или 26.11.2026 14:30</translation>
    </message>
    <message>
        <source>Received via</source>
        <translation>Как поступил</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Когда</translation>
    </message>
    <message>
        <source>Request time</source>
        <translation>Когда поступил запрос</translation>
    </message>
</context>
<context>
    <name>CalendarPage</name>
    <message>
        <source>From file</source>
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
        <source>Calendar for %1</source>
        <translation>Календарь на %1 год</translation>
    </message>
    <message>
        <source>Previous year</source>
        <translation>Предыдущий год</translation>
    </message>
    <message>
        <source>Next year</source>
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
        <source>Call those who left no e-mail. What to say appears here automatically.</source>
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
        <source>Informed</source>
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
        <source>%n more second(s)</source>
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
        <source>Conference</source>
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
        <source>Not given — declined to give a name</source>
        <translation>Не указано — не пожелал назваться</translation>
    </message>
    <message>
        <source>from the records</source>
        <translation>из записей</translation>
    </message>
    <message>
        <source>Name and relation to the caller</source>
        <translation>Имя и кем приходится звонящему</translation>
    </message>
    <message>
        <source>About whom</source>
        <translation>О ком</translation>
    </message>
    <message>
        <source>for another person</source>
        <translation>за другого</translation>
    </message>
    <message>
        <source>Opened by mistake</source>
        <translation>Открыта по ошибке</translation>
    </message>
    <message>
        <source>Not given — declined to leave a number</source>
        <translation>Не указан — номер оставить не захотел</translation>
    </message>
    <message>
        <source>name@mail.ru</source>
        <translation>имя@mail.ru</translation>
    </message>
    <message>
        <source>Not given — has no e-mail</source>
        <translation>Не указана — почты нет</translation>
    </message>
    <message>
        <source>Caller&apos;s question, in a few words</source>
        <translation>О чём говорит абонент, в нескольких словах</translation>
    </message>
    <message>
        <source>Call result</source>
        <translation>Итог вызова</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Ответил</translation>
    </message>
    <message>
        <source>standard answer</source>
        <translation>типовой ответ</translation>
    </message>
    <message>
        <source>Gave contacts</source>
        <translation>Дал контакты</translation>
    </message>
    <message>
        <source>authority, service</source>
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
        <source>dropped, error</source>
        <translation>обрыв, ошибка</translation>
    </message>
    <message>
        <source>Technical result</source>
        <translation>Технический итог</translation>
    </message>
    <message>
        <source>Dropped</source>
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
        <source>Create a message</source>
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
        <source>Call register</source>
        <translation>Реестр вызовов</translation>
    </message>
    <message>
        <source>From, e.g. 01.11.2026</source>
        <translation>С, напр. 01.11.2026</translation>
    </message>
    <message>
        <source>To, e.g. 30.11.2026</source>
        <translation>По, напр. 30.11.2026</translation>
    </message>
    <message>
        <source>Number, phone, words</source>
        <translation>Номер, телефон, слова</translation>
    </message>
    <message>
        <source>Caller&apos;s surname</source>
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
        <source>Export XLSX</source>
        <translation>Выгрузить XLSX</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>more</source>
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
        <source>Phone call</source>
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
        <source>Section 6 checklist</source>
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
        <source>to the text</source>
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
        <source>Continue</source>
        <translation>Дальше</translation>
    </message>
</context>
<context>
    <name>ColumnEdge</name>
    <message>
        <source>Right column edge</source>
        <translation>Край правого столбца</translation>
    </message>
</context>
<context>
    <name>ColumnsPanel</name>
    <message>
        <source>Column widths</source>
        <translation>Ширина столбцов</translation>
    </message>
    <message>
        <source>narrower, wider</source>
        <translation>уже, шире</translation>
    </message>
    <message>
        <source>reset</source>
        <translation>как сначала</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>своя</translation>
    </message>
    <message>
        <source>Reset all to defaults</source>
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
        <source>Words missing from the other message are underlined.</source>
        <translation>Подчёркнуто то, чего нет в другом сообщении.</translation>
    </message>
</context>
<context>
    <name>ConfidentialPane</name>
    <message>
        <source>Why the mark is removed</source>
        <translation>Почему пометка снимается</translation>
    </message>
    <message>
        <source>Why you are sure</source>
        <translation>Почему вы в этом уверены</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Any of these makes the message non-public, whatever the author chose.</source>
        <translation>С любым из этих сведений сообщение непубличное, что бы ни выбрал автор.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Personal and confidential data</source>
        <translation>Персональные данные и тайны</translation>
    </message>
</context>
<context>
    <name>ConfidentialStrip</name>
    <message>
        <source>This is not personal data</source>
        <translation>Это не персональные данные</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Reason, e.g. this is a shop name</source>
        <translation>Почему: например, это название магазина</translation>
    </message>
</context>
<context>
    <name>ConfirmSide</name>
    <message>
        <source>Deadlines that move</source>
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
        <source>%n call(s) due now</source>
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
        <source>Wrap-up ends in %n second(s)</source>
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
        <source>Possibly %1; %n people use this number</source>
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
        <source>%n call(s) informed</source>
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
        <source>%n caller(s) in %1 min about the same issue</source>
        <translation>
            <numerusform>%n человек за %1 мин об одном и том же</numerusform>
            <numerusform>%n человека за %1 мин об одном и том же</numerusform>
            <numerusform>%n человек за %1 мин об одном и том же</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n active incident(s)</source>
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
        <source>%n record(s) rejected by the database</source>
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
        <source>plus %n out of hours</source>
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
        <source>%n second(s) spoken</source>
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
        <source>%n day(s) overdue</source>
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
        <source>Sent for rework %n time(s)</source>
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
        <source>You can attach up to %n file(s) to an answer.</source>
        <translation>
            <numerusform>К ответу можно приложить не больше %n файла.</numerusform>
            <numerusform>К ответу можно приложить не больше %n файлов.</numerusform>
            <numerusform>К ответу можно приложить не больше %n файлов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Message number: %n more digit(s) needed</source>
        <translation>
            <numerusform>До номера сообщения не хватает %n цифры</numerusform>
            <numerusform>До номера сообщения не хватает %n цифр</numerusform>
            <numerusform>До номера сообщения не хватает %n цифр</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Message number: %n digit(s) too many</source>
        <translation>
            <numerusform>Для номера сообщения лишняя %n цифра</numerusform>
            <numerusform>Для номера сообщения лишние %n цифры</numerusform>
            <numerusform>Для номера сообщения лишние %n цифр</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) from this phone</source>
        <translation>
            <numerusform>%n сообщение с этого телефона</numerusform>
            <numerusform>%n сообщения с этого телефона</numerusform>
            <numerusform>%n сообщений с этого телефона</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) about this</source>
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
        <source>%n more previous call(s)</source>
        <translation>
            <numerusform>ещё %n прежний вызов</numerusform>
            <numerusform>ещё %n прежних вызова</numerusform>
            <numerusform>ещё %n прежних вызовов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missed call(s) handled</source>
        <translation>
            <numerusform>Разобран %n пропущенный звонок</numerusform>
            <numerusform>Разобрано %n пропущенных звонка</numerusform>
            <numerusform>Разобрано %n пропущенных звонков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent record(s) will be sent automatically.</source>
        <translation>
            <numerusform>%n запись уйдёт сама.</numerusform>
            <numerusform>%n записи уйдут сами.</numerusform>
            <numerusform>%n записей уйдут сами.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) need attention: see below.</source>
        <translation>
            <numerusform>%n&#xa0;пункт требует внимания, что делать — ниже.</numerusform>
            <numerusform>%n&#xa0;пункта требуют внимания, что делать — ниже.</numerusform>
            <numerusform>%n&#xa0;пунктов требуют внимания, что делать — ниже.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unsent entry(ies): open and press Ctrl+Enter</source>
        <translation>
            <numerusform>%n запись ждёт отправки: откройте её и нажмите Ctrl+Enter</numerusform>
            <numerusform>%n записи ждут отправки: откройте их и нажмите Ctrl+Enter</numerusform>
            <numerusform>%n записей ждут отправки: откройте их и нажмите Ctrl+Enter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for you</source>
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
        <source>%n call(s) exported</source>
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
        <source>Author&apos;s feedback</source>
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
        <source>Acknowledge, mute</source>
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
        <source>Headset earpiece</source>
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
        <source>The microphone, the headset you hear callers in, and the ringer. If a device is unplugged, the system default is used until it is back.</source>
        <translation>Во что вы говорите, чем слышите абонента и что звонит. Если устройство отключено, вместо него работает устройство системы; вернётся — снова будет работать оно.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Отменить правки</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Обновить</translation>
    </message>
    <message>
        <source>to the list</source>
        <translation>к списку</translation>
    </message>
    <message>
        <source>test the device</source>
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
        <source>Question, authority, service, surname, number</source>
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
        <source>From today the document is hidden from everyone but kept</source>
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
        <source>No similar earlier messages</source>
        <translation>Похожих сообщений нет</translation>
    </message>
    <message>
        <source>Remove as a duplicate of</source>
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
        <source>Outdated</source>
        <translation>Устарели</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Предложения</translation>
    </message>
    <message>
        <source>Directory sections</source>
        <translation>Разделы справочника</translation>
    </message>
    <message>
        <source>Import and export files</source>
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
        <source>Close the entry: from today operators will not find it</source>
        <translation>Закрыть запись: с сегодняшнего дня операторы её не найдут</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Discard all changes since the last version</source>
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
        <source>Outdated</source>
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
        <source>Edit history</source>
        <translation>История правок</translation>
    </message>
    <message>
        <source>Operator&apos;s view</source>
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
        <source>Operator&apos;s view of version %1</source>
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
        <source>also closed and future</source>
        <translation>и закрытые, и будущие</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>XLSX, one sheet per kind</source>
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
        <source>CSV encoding</source>
        <translation>Кодировка CSV</translation>
    </message>
    <message>
        <source>Windows-1251, for old spreadsheets</source>
        <translation>Windows-1251, для старых таблиц</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Кодировка</translation>
    </message>
    <message>
        <source>Export the file</source>
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
        <source>Export the directory</source>
        <translation>Выгрузить справочник</translation>
    </message>
</context>
<context>
    <name>FileSide</name>
    <message>
        <source>File path</source>
        <translation>Путь к файлу</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Preview</source>
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
        <source>Whole year: JSON as in resources/calendars, or XML from xmlcalendar.ru. Single days: CSV or JSON with date, kind (off, working, short) and reason. Regulations and maps (3.1–3.3): JSON.</source>
        <translation>Целый год: JSON, как в resources/calendars, или XML с xmlcalendar.ru. Отдельные дни: CSV или JSON с датой, видом (выходной, рабочий, сокращённый) и причиной. Регламенты и карты (пп. 3.1–3.3): JSON.</translation>
    </message>
</context>
<context>
    <name>FilesPage</name>
    <message>
        <source>Directory files</source>
        <translation>Файлы справочника</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Export</source>
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
        <source>Found in the text</source>
        <translation>Найденное в тексте</translation>
    </message>
</context>
<context>
    <name>FormSection</name>
    <message>
        <source>Test</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Discard changes</source>
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
        <source>Restart now</source>
        <translation>Перезапустить сейчас</translation>
    </message>
</context>
<context>
    <name>FormSide</name>
    <message>
        <source>Reason, as others will see it</source>
        <translation>Так её увидят другие</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Order number and date, if any</source>
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
        <source>Words that find it</source>
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
        <source>Handover sheet</source>
        <translation>Лист передачи смены</translation>
    </message>
    <message>
        <source>Note to the next shift</source>
        <translation>Записка следующей смене</translation>
    </message>
    <message>
        <source>Record numbers, no names or phones</source>
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
        <source>File rows</source>
        <translation>Строки файла</translation>
    </message>
    <message>
        <source>Selected row</source>
        <translation>Выбранная строка</translation>
    </message>
</context>
<context>
    <name>ImportView</name>
    <message>
        <source>Errors</source>
        <translation>Ошибки</translation>
    </message>
    <message>
        <source>Added</source>
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
        <source>File rows</source>
        <translation>Строки файла</translation>
    </message>
    <message>
        <source>Path to an XLSX, CSV or JSONL file</source>
        <translation>Путь к файлу XLSX, CSV или JSONL</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Посмотреть</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Entries missing from the file</source>
        <translation>Записи, которых нет в файле</translation>
    </message>
    <message>
        <source>leave as is</source>
        <translation>оставить как есть</translation>
    </message>
    <message>
        <source>close from today</source>
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
        <source>Undo import</source>
        <translation>Отменить загрузку</translation>
    </message>
    <message>
        <source>Save error list</source>
        <translation>Сохранить список ошибок</translation>
    </message>
    <message>
        <source>Import valid rows only</source>
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
        <source>Directory file</source>
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
        <source>Several calls about one issue on one street are suggested here automatically. Ins adds an incident before anyone calls.</source>
        <translation>Если об одной улице и одном и том же звонят несколько человек, инцидент появится здесь сам. Ins — записать его, пока никто не позвонил.</translation>
    </message>
    <message>
        <source>New incident</source>
        <translation>Новый инцидент</translation>
    </message>
    <message>
        <source>Streets, comma-separated</source>
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
        <source>Discard mine, use this text</source>
        <translation>Взять этот текст, мой убрать</translation>
    </message>
    <message>
        <source>Text versions</source>
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
        <source>Not an incident</source>
        <translation>Не инцидент</translation>
    </message>
    <message>
        <source>Discard the form</source>
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
        <source>Create a standard question</source>
        <translation>Сделать типовым вопросом</translation>
    </message>
    <message>
        <source>Create a directory question from the answer</source>
        <translation>Ответ станет черновиком нового вопроса справочника</translation>
    </message>
    <message>
        <source>Call now</source>
        <translation>Позвонить</translation>
    </message>
    <message>
        <source>select all</source>
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
        <source>Reset all keys</source>
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
        <source>reset</source>
        <translation>вернуть</translation>
    </message>
    <message>
        <source>Change keys</source>
        <translation>Изменить клавиши</translation>
    </message>
    <message>
        <source>Press the new shortcut; Esc cancels.</source>
        <translation>Нажмите новое сочетание; Esc — оставить как есть.</translation>
    </message>
    <message>
        <source>default: {key}</source>
        <translation>сначала {key}</translation>
    </message>
    <message>
        <source>Changes apply immediately and only to you. Letters mean key positions: the keyboard layout does not matter.</source>
        <translation>Изменение действует сразу и только для вас. Буквы означают места на клавиатуре: раскладка не важна.</translation>
    </message>
</context>
<context>
    <name>KeypadPanel</name>
    <message>
        <source>Phone keypad</source>
        <translation>Клавиши телефона</translation>
    </message>
    <message>
        <source>Type digits, * and #, or paste a number: they are sent immediately.</source>
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
        <source>paste and send</source>
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
        <source>Action or key name</source>
        <translation>Что делает клавиша или её имя</translation>
    </message>
    <message>
        <source>to the work</source>
        <translation>к работе</translation>
    </message>
    <message>
        <source>show all keys</source>
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
        <source>Personal and confidential data</source>
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
        <source>A decision can be undone for 15 seconds. Refuse only under par. 7.7.</source>
        <translation>Решение можно отменить 15 секунд. Отказ — только по п.&#xa0;7.7.</translation>
    </message>
    <message>
        <source>with a note; someone else takes it</source>
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
        <source>started, not sent</source>
        <translation>начато, не отправлено</translation>
    </message>
</context>
<context>
    <name>KindChips</name>
    <message>
        <source>Kinds of matches</source>
        <translation>Виды найденного</translation>
    </message>
    <message>
        <source>One kind only: Alt+Left or Alt+Right</source>
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
        <source>Mute the microphone</source>
        <translation>Выключить микрофон</translation>
    </message>
    <message>
        <source>Unmute the microphone</source>
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
        <source>City decisions</source>
        <translation>Решения города</translation>
    </message>
    <message>
        <source>No decisions yet: this is the built-in calendar.</source>
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
        <source>Who is calling — for you only, do not read out</source>
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
        <source>Number, phone, name or words</source>
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
        <source>Message text</source>
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
        <source>back to queue</source>
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
        <source>What happened and what is requested</source>
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
        <source>Show to everyone?</source>
        <translation>Показать всем?</translation>
    </message>
    <message>
        <source>Non-public</source>
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
        <source>Leave the decision to the moderator</source>
        <translation>Решит тот, кто проверяет сообщения</translation>
    </message>
    <message>
        <source>all but photo required</source>
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
        <source>Message history</source>
        <translation>История сообщения</translation>
    </message>
</context>
<context>
    <name>MessageView</name>
    <message>
        <source>Message text</source>
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
        <source>Create a directory question from the answer</source>
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
        <source>%n message(s) overdue: the par. 7.11 deadline has passed</source>
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
        <source>Shift handover</source>
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
        <source>Answers and deadlines</source>
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
        <source>Authorities&apos; answers</source>
        <translation>Ответы органов</translation>
    </message>
    <message>
        <source>Pre-shift check</source>
        <translation>Проверка перед сменой</translation>
    </message>
    <message>
        <source>Call register</source>
        <translation>Реестр вызовов</translation>
    </message>
</context>
<context>
    <name>NearMessages</name>
    <message>
        <source>Already known?</source>
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
        <source>link the call</source>
        <translation>связать</translation>
    </message>
</context>
<context>
    <name>NewMessageForm</name>
    <message>
        <source>What happened and what is requested</source>
        <translation>Что случилось и о чём просят</translation>
    </message>
    <message>
        <source>Street, house or landmark</source>
        <translation>Улица, дом или ориентир</translation>
    </message>
    <message>
        <source>Last, first and middle name</source>
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
        <source>Show to everyone?</source>
        <translation>Показать всем?</translation>
    </message>
    <message>
        <source>Non-public</source>
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
        <source>Brought, written or told in person; date, time and topic come next</source>
        <translation>Принесено, написано или рассказано лично; день, час и тему укажете дальше</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>На проверку</translation>
    </message>
    <message>
        <source>to the queue; what you typed is kept</source>
        <translation>в очередь; набранное останется</translation>
    </message>
</context>
<context>
    <name>NoticePreview</name>
    <message>
        <source>Notification type</source>
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
        <source>Notification text</source>
        <translation>Текст уведомления</translation>
    </message>
    <message>
        <source>Notification</source>
        <translation>Уведомление</translation>
    </message>
</context>
<context>
    <name>NumberPanel</name>
    <message>
        <source>Authority, service or number</source>
        <translation>Орган, служба или номер</translation>
    </message>
    <message>
        <source>No authority with a phone found. You can dial a number as is.</source>
        <translation>Органа с телефоном не нашлось. Номер можно набрать как есть.</translation>
    </message>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Authorities and numbers</source>
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
        <source>The call gets its own record.</source>
        <translation>У звонка будет своя запись.</translation>
    </message>
    <message>
        <source>Enter puts the caller on hold immediately; press F3 to go back at any time.</source>
        <translation>С Enter абонент сразу на удержании; вернуться к нему можно всегда — F3.</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message numerus="yes">
        <source>%n deadline(s) will move</source>
        <translation>
            <numerusform>Сдвинется %n срок</numerusform>
            <numerusform>Сдвинутся %n срока</numerusform>
            <numerusform>Сдвинутся %n сроков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deadline(s) moved</source>
        <translation>
            <numerusform>Сдвинут %n срок</numerusform>
            <numerusform>Сдвинуты %n срока</numerusform>
            <numerusform>Сдвинуто %n сроков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deadline(s) will be overdue immediately</source>
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
        <source>Digit or Enter selects, Esc closes</source>
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
        <source>Answering authority</source>
        <translation>Кто отвечает</translation>
    </message>
    <message>
        <source>Start typing the authority&apos;s name</source>
        <translation>Начните вводить название органа</translation>
    </message>
    <message>
        <source>Why not the topic&apos;s authority</source>
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
        <source>Official who was told</source>
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
        <source>Date the official was told</source>
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
        <source>Fit to window</source>
        <translation>По ширине окна</translation>
    </message>
    <message>
        <source>Use workplace settings</source>
        <translation>Всё как на рабочем месте</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>System</source>
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
        <source>Text size</source>
        <translation>Размер текста</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Call card</source>
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
        <source>with labels</source>
        <translation>со словами</translation>
    </message>
    <message>
        <source>icons only</source>
        <translation>только значки</translation>
    </message>
    <message>
        <source>The language changes after a restart.</source>
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
        <source>A narrow window shows icons only.</source>
        <translation>В узком окне видны только значки.</translation>
    </message>
    <message>
        <source>Choices apply immediately and only to you; with a central database they follow you to other workplaces. The administrator sets everything else.</source>
        <translation>Выбор действует сразу и только для вас; если есть центральная база, он идёт за вами на другие рабочие места. Чего вы не выбрали, то задано администратором.</translation>
    </message>
    <message>
        <source>Reset all to defaults</source>
        <translation>Все как были сначала</translation>
    </message>
    <message>
        <source>Table columns</source>
        <translation>Столбцы таблиц</translation>
    </message>
    <message>
        <source>In a list or report, drag the edge of a header, or press Menu or Shift+F10 and the arrows.</source>
        <translation>В списке или отчёте потяните край заголовка или нажмите Menu либо Shift+F10, затем стрелки.</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Перезапустить сейчас</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>back</source>
        <translation>назад</translation>
    </message>
    <message>
        <source>Notification</source>
        <translation>Уведомление</translation>
    </message>
    <message>
        <source>What author and authority will be told</source>
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
        <source>nearby paragraphs</source>
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
        <source>Name or phone in records</source>
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
        <source>People at this number</source>
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
        <source>Pre-shift check</source>
        <translation>Проверка перед сменой</translation>
    </message>
    <message>
        <source>Start check</source>
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
        <source>The phone calls itself through the PBX and checks its echo, your microphone and the ring tone. It takes about 15 seconds; an incoming call ends the check and rings as usual.</source>
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
        <source>Alt+F: photos, Enter: open, Delete: remove</source>
        <translation>Alt+F — к фото, Enter открывает, Delete убирает</translation>
    </message>
    <message>
        <source>Alt+F: photos, Enter: open</source>
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
        <source>What is shown</source>
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
        <source>Rotate</source>
        <translation>Повернуть</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Пробел</translation>
    </message>
    <message>
        <source>switch</source>
        <translation>сменить</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>масштаб</translation>
    </message>
    <message>
        <source>fit</source>
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
        <source>actual size</source>
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
        <source>Enter inserts, Esc closes; or type a short word and press Ctrl+Space</source>
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
        <source>No promised calls. Press Ins to schedule one.</source>
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
        <source>without e-mail</source>
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
        <source>Phone to call</source>
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
        <source>Anyone&apos;s</source>
        <translation>Любого оператора</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Мой</translation>
    </message>
    <message>
        <source>Schedule</source>
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
        <source>Schedule a call</source>
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
        <source>Say before ending</source>
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
        <source>Record</source>
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
        <source>Decide by</source>
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
        <source>Assigned to</source>
        <translation>У кого</translation>
    </message>
    <message>
        <source>Messages to review</source>
        <translation>Сообщения на проверке</translation>
    </message>
    <message>
        <source>Return to queue</source>
        <translation>Вернуть в очередь</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>go to calls</source>
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
        <source>Enter a message received in writing or in person</source>
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
        <source>%n more call attempt(s), last at %1</source>
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
        <source>Visiting hours: %1.</source>
        <translation>Приём: %1.</translation>
    </message>
    <message>
        <source>Documents: %1</source>
        <translation>Документы: %1</translation>
    </message>
    <message>
        <source>Time limit: %1</source>
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
        <source>Answer within %1.</source>
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
        <source>Form cleared</source>
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
        <source>Remove: %1</source>
        <translation>Убрать: %1</translation>
    </message>
</context>
<context>
    <name>RefusePane</name>
    <message>
        <source>What the author should correct</source>
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
        <source>Other authority</source>
        <translation>Другой орган</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>Показатели</translation>
    </message>
    <message>
        <source>messages in this figure</source>
        <translation>сообщения за числом</translation>
    </message>
    <message>
        <source>go to report</source>
        <translation>к отчёту</translation>
    </message>
    <message>
        <source>Suggest a category</source>
        <translation>Предложить категорию</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>Категории</translation>
    </message>
    <message>
        <source>message history</source>
        <translation>история сообщения</translation>
    </message>
    <message>
        <source>All workplaces</source>
        <translation>Все места</translation>
    </message>
    <message>
        <source>Previous period</source>
        <translation>Предыдущий период</translation>
    </message>
    <message>
        <source>Next period</source>
        <translation>Следующий период</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Message review</source>
        <translation>Проверка сообщения</translation>
    </message>
    <message>
        <source>Regulation, section 6</source>
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
        <source>Go to window</source>
        <translation>К окну</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответить</translation>
    </message>
</context>
<context>
    <name>ScoreView</name>
    <message>
        <source>To lessons</source>
        <translation>К урокам</translation>
    </message>
    <message>
        <source>Try again</source>
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
        <source>collapse</source>
        <translation>свернуть</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Phone account</source>
        <translation>Учётная запись телефона</translation>
    </message>
    <message>
        <source>PBX, number, password</source>
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
        <source>City database</source>
        <translation>База данных города</translation>
    </message>
    <message>
        <source>server, login, certificate</source>
        <translation>сервер, логин, сертификат</translation>
    </message>
    <message>
        <source>Where this workplace&apos;s phone registers. The test registers briefly and changes nothing; without a PBX only direct calls work.</source>
        <translation>Где регистрируется телефон этого рабочего места. Проверка регистрирует его на мгновение и ничего не меняет; без станции возможны только прямые вызовы.</translation>
    </message>
    <message>
        <source>PBX</source>
        <translation>Станция</translation>
    </message>
    <message>
        <source>address or name, e.g. pbx.example</source>
        <translation>адрес или имя, например pbx.example</translation>
    </message>
    <message>
        <source>Number (login)</source>
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
        <source>usually 5060, or 5061 with TLS</source>
        <translation>обычно 5060, с TLS 5061</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Сертификаты</translation>
    </message>
    <message>
        <source>those trusted by the system</source>
        <translation>те, которым доверяет система</translation>
    </message>
    <message>
        <source>Login, if different</source>
        <translation>Логин, если другой</translation>
    </message>
    <message>
        <source>same as the number</source>
        <translation>тот же, что и номер</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>Имя на экране станции</translation>
    </message>
    <message>
        <source>Where records from all workplaces are collected. The test connects, reads and changes nothing. Without it everything stays on this computer.</source>
        <translation>Где собираются записи всех рабочих мест. Проверка подключается, смотрит и ничего не меняет. Без базы всё остаётся на этом компьютере.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Подключение</translation>
    </message>
    <message>
        <source>server CA certificate file (PEM)</source>
        <translation>файл удостоверяющего центра сервера (PEM)</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>Colours, text size, language, when to open the card, and columns: set per user.</source>
        <translation>Цвета, размер текста, язык, когда открывать карточку и столбцы: у каждого работника свои.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>Any keyboard shortcut can be changed: set per user.</source>
        <translation>Любой клавише рабочего места можно дать другое сочетание: у каждого работника свои.</translation>
    </message>
    <message>
        <source>colours, text, language, columns</source>
        <translation>цвета, текст, язык, столбцы</translation>
    </message>
    <message>
        <source>custom shortcuts</source>
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
        <source>A USB headset answers, ends and mutes with its own buttons; the test names the one you press. Global keys do the same while another program is in front; no other program can use those three.</source>
        <translation>Гарнитура USB отвечает, завершает и выключает микрофон своими кнопками; проверка назовёт нажатую. Клавиши вне окна делают это, пока впереди другая программа: этих трёх сочетаний не получит больше ни одна другая.</translation>
    </message>
    <message>
        <source>Headset buttons</source>
        <translation>Кнопки гарнитуры</translation>
    </message>
    <message>
        <source>Global keys</source>
        <translation>Клавиши вне окна</translation>
    </message>
    <message>
        <source>Operator state</source>
        <translation>Состояние оператора</translation>
    </message>
    <message>
        <source>by codes, if set</source>
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
        <source>go to section</source>
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
        <source>message from this call</source>
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
        <source>Workplace settings</source>
        <translation>Настройки рабочего места</translation>
    </message>
    <message>
        <source>Full name, as in reports</source>
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
        <source>Repeat password</source>
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
        <source>Supervisor</source>
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
        <source>Change password</source>
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
        <source>No similar words</source>
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
        <source>Outdated entries</source>
        <translation>Устаревшие записи</translation>
    </message>
    <message>
        <source>All entries were checked on time</source>
        <translation>Все записи проверены вовремя</translation>
    </message>
    <message>
        <source>These entries have not been checked within the limit for their kind</source>
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
        <source>Outdated</source>
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
        <source>Close program</source>
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
        <source>Active</source>
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
        <source>Nothing to suggest: all searches found results</source>
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
        <source>Discard</source>
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
        <source>Participants</source>
        <translation>Участвуют</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Answer within</source>
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
        <source>callers, city and records are fictional; nothing leaves this window</source>
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
        <source>A second phone on this computer rings like a real caller, speaks Russian and waits for your answer. You talk, search, write and save as in a real call.</source>
        <translation>Второй телефон на этом компьютере звонит, как настоящий абонент: говорит по-русски и ждёт вашего ответа. Вы разговариваете, ищете, записываете и сохраняете, как в настоящем вызове.</translation>
    </message>
    <message>
        <source>Training has its own window, call register and directory: its calls never reach the real register, reports, the central database or anyone&apos;s mail.</source>
        <translation>У учебного режима своё окно, свой реестр и свой справочник: учебные вызовы никогда не попадут в настоящий реестр, в отчёты, в центральную базу и никому не уйдут по почте.</translation>
    </message>
    <message>
        <source>Real calls still ring in this window. If you do not want them now, press F9 and choose a reason.</source>
        <translation>Настоящие вызовы по-прежнему звонят в этом окне. Если они сейчас не нужны, нажмите F9 и выберите причину.</translation>
    </message>
    <message>
        <source>Open training mode</source>
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
        <source>Sort order</source>
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
        <source>Failed searches</source>
        <translation>Что искали и не нашли</translation>
    </message>
    <message>
        <source>No failed searches, or all are handled</source>
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
        <source>These words find nothing: enter others</source>
        <translation>По этим словам ничего не находится: напишите другие</translation>
    </message>
    <message>
        <source>Handled</source>
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
        <source>Add words</source>
        <translation>Добавить слова</translation>
    </message>
    <message>
        <source>to the entries</source>
        <translation>к записям</translation>
    </message>
    <message>
        <source>Select a search</source>
        <translation>Выберите запрос</translation>
    </message>
</context>
<context>
    <name>UndoStrip</name>
    <message>
        <source>Revert</source>
        <translation>Вернуть как было</translation>
    </message>
</context>
<context>
    <name>UsedEntries</name>
    <message>
        <source>Nothing inserted yet: Alt+digit inserts a match, F5 searches</source>
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
        <source>Open</source>
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
        <source>answer, also from another program</source>
        <translation>ответить; и из другой программы</translation>
    </message>
    <message>
        <source>mute or unmute, also from another program</source>
        <translation>микрофон; и из другой программы</translation>
    </message>
    <message>
        <source>hang up or reject, also from another program</source>
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
        <source>Received at</source>
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
        <source>test the settings on the page</source>
        <translation>проверить настройки раздела</translation>
    </message>
    <message>
        <source>Saved and in effect</source>
        <translation>Сохранено и уже действует</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Сохранено</translation>
    </message>
    <message>
        <source>The phone registers with it once the line is free; watch its status.</source>
        <translation>Телефон зарегистрируется с ней, как только линия свободна; следите за его состоянием.</translation>
    </message>
    <message>
        <source>Saved: the phone works without a PBX</source>
        <translation>Сохранено: телефон работает без станции</translation>
    </message>
    <message>
        <source>Saved: the phone now uses these devices</source>
        <translation>Сохранено: телефон уже работает с этими устройствами</translation>
    </message>
    <message>
        <source>Saved; takes effect after restart</source>
        <translation>Сохранено; начнёт действовать после перезапуска</translation>
    </message>
    <message>
        <source>Not saved: cannot write to disk. Your input is still on this page.</source>
        <translation>Не сохранено: диск не принимает файл. Введённое осталось на странице.</translation>
    </message>
    <message>
        <source>Earlier settings from the window cannot be read (%1) and are not in effect. The next save sets that file aside.</source>
        <translation>Прежние настройки окна не читаются (%1) и не действуют. При сохранении тот файл будет отложен в сторону.</translation>
    </message>
    <message>
        <source>Only a supervisor or an administrator can change this</source>
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
        <source>saved; type to change</source>
        <translation>сохранён; введите новый, чтобы сменить</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Call in progress: test when the line is free</source>
        <translation>Идёт вызов: проверьте, когда линия свободна</translation>
    </message>
    <message>
        <source>The test was interrupted: repeat it</source>
        <translation>Проверка прервалась: повторите её</translation>
    </message>
    <message>
        <source>Enter the PBX address</source>
        <translation>Укажите адрес станции</translation>
    </message>
    <message>
        <source>No account to test</source>
        <translation>Учётной записи нет, проверять нечего</translation>
    </message>
    <message>
        <source>Enter the phone&apos;s number or login</source>
        <translation>Укажите номер или логин телефона</translation>
    </message>
    <message>
        <source>Enter the password for this number</source>
        <translation>Укажите пароль этого номера</translation>
    </message>
    <message>
        <source>Port must be a number from 1 to 65535</source>
        <translation>Порт — число от 1 до 65535</translation>
    </message>
    <message>
        <source>Spaces and &lt; &gt; &quot; @ ; , are not allowed</source>
        <translation>Без пробелов и знаков &lt; &gt; &quot; @ ; ,</translation>
    </message>
    <message>
        <source>No certificate file (PEM) here</source>
        <translation>Файла с сертификатами (PEM) здесь нет</translation>
    </message>
    <message>
        <source>The PBX accepts this account</source>
        <translation>Станция принимает эту учётную запись</translation>
    </message>
    <message>
        <source>Wrong number or password (%1)</source>
        <translation>Неверен номер или пароль (%1)</translation>
    </message>
    <message>
        <source>Re-enter the password; check the layout and Caps Lock.</source>
        <translation>Введите пароль ещё раз: важны раскладка и Caps Lock.</translation>
    </message>
    <message>
        <source>The PBX has no such number (404)</source>
        <translation>Такого номера на станции нет (404)</translation>
    </message>
    <message>
        <source>No free port for the test</source>
        <translation>Нет свободного порта для проверки</translation>
    </message>
    <message>
        <source>Try again in a minute.</source>
        <translation>Повторите через минуту.</translation>
    </message>
    <message>
        <source>Check the address for typos; this computer&apos;s DNS must resolve it.</source>
        <translation>Проверьте, нет ли описки в адресе; его должен знать DNS этого компьютера.</translation>
    </message>
    <message>
        <source>Check address, port and transport: nothing is listening there.</source>
        <translation>Проверьте адрес, порт и транспорт: там никто не принимает подключений.</translation>
    </message>
    <message>
        <source>Check address, port, transport and any firewall in between.</source>
        <translation>Проверьте адрес, порт и транспорт и не мешает ли межсетевой экран.</translation>
    </message>
    <message>
        <source>Select the CA certificate file, and enter the PBX name as shown in its certificate.</source>
        <translation>Укажите файл сертификата удостоверяющего центра, а станцию — тем именем, что стоит в её сертификате.</translation>
    </message>
    <message>
        <source>This port may not support TLS: it is usually 5061.</source>
        <translation>Возможно, этот порт не для TLS: обычно это 5061.</translation>
    </message>
    <message>
        <source>system default</source>
        <translation>как выберет система</translation>
    </message>
    <message>
        <source>%1 – not plugged in</source>
        <translation>%1 — не подключено</translation>
    </message>
    <message>
        <source>The administrator&apos;s file does not take sound from this computer&apos;s devices.</source>
        <translation>По файлу администратора звук берётся не с устройств этого компьютера.</translation>
    </message>
    <message>
        <source>Speak now, for example: one, two, three…</source>
        <translation>Говорите, например: раз, два, три…</translation>
    </message>
    <message>
        <source>The headset is ringing: listen</source>
        <translation>Сейчас звонит в гарнитуре: послушайте</translation>
    </message>
    <message>
        <source>The headset rang</source>
        <translation>В гарнитуре прозвучал звонок</translation>
    </message>
    <message>
        <source>Can&apos;t hear it? Turn up the volume or choose another device.</source>
        <translation>Не слышно? Прибавьте громкость или выберите другое устройство.</translation>
    </message>
    <message>
        <source>No device to listen on</source>
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
        <source>Enter the database connection</source>
        <translation>Укажите, как подключаться к базе данных</translation>
    </message>
    <message>
        <source>No database to test</source>
        <translation>База данных не указана, проверять нечего</translation>
    </message>
    <message>
        <source>The city database accepts this workplace</source>
        <translation>База данных города принимает это рабочее место</translation>
    </message>
    <message>
        <source>Cannot parse the connection string</source>
        <translation>Строку подключения не разобрать</translation>
    </message>
    <message>
        <source>It looks like host=… dbname=… user=… or postgresql://…</source>
        <translation>Она выглядит так: host=… dbname=… user=… или postgresql://…</translation>
    </message>
    <message>
        <source>Server name not found</source>
        <translation>Имя сервера не найдено</translation>
    </message>
    <message>
        <source>Check host for typos; this computer&apos;s DNS must resolve it.</source>
        <translation>Проверьте, нет ли описки в host; его должен знать DNS этого компьютера.</translation>
    </message>
    <message>
        <source>No database responds at this address</source>
        <translation>По этому адресу база данных не отвечает</translation>
    </message>
    <message>
        <source>Check host and port; the server may be off.</source>
        <translation>Проверьте host и port; возможно, сервер выключен.</translation>
    </message>
    <message>
        <source>The server is not responding</source>
        <translation>Сервер не отвечает</translation>
    </message>
    <message>
        <source>Check host, port and any firewall in between.</source>
        <translation>Проверьте host и port и не мешает ли межсетевой экран.</translation>
    </message>
    <message>
        <source>The responding server is not PostgreSQL</source>
        <translation>Там отвечает не PostgreSQL</translation>
    </message>
    <message>
        <source>Check host and port.</source>
        <translation>Проверьте host и port.</translation>
    </message>
    <message>
        <source>No encryption on the server</source>
        <translation>Сервер не шифрует подключение</translation>
    </message>
    <message>
        <source>Personal data would be sent unencrypted: enable TLS on the server.</source>
        <translation>Персональные данные шли бы открыто: включите TLS на сервере.</translation>
    </message>
    <message>
        <source>Select the server&apos;s CA certificate file.</source>
        <translation>Укажите файл сертификата удостоверяющего центра сервера.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted</source>
        <translation>Сертификату сервера нет доверия</translation>
    </message>
    <message>
        <source>The file is from another CA, or the certificate has expired.</source>
        <translation>Файл другого удостоверяющего центра, или срок сертификата истёк.</translation>
    </message>
    <message>
        <source>The certificate is for another server</source>
        <translation>Сертификат выдан другому серверу</translation>
    </message>
    <message>
        <source>Enter the server name in host as shown in its certificate.</source>
        <translation>Укажите в host имя сервера так, как оно стоит в сертификате.</translation>
    </message>
    <message>
        <source>Wrong login or password</source>
        <translation>Неверен логин или пароль</translation>
    </message>
    <message>
        <source>Each workplace has its own: central enrol-workplace issues them.</source>
        <translation>У рабочего места они свои: их выдаёт central enrol-workplace.</translation>
    </message>
    <message>
        <source>The server has no database with this name</source>
        <translation>На сервере нет базы с таким именем</translation>
    </message>
    <message>
        <source>Check dbname.</source>
        <translation>Проверьте dbname.</translation>
    </message>
    <message>
        <source>The database has no tables yet</source>
        <translation>В базе ещё нет таблиц</translation>
    </message>
    <message>
        <source>Its administrator must run central init.</source>
        <translation>Её администратор выполняет central init.</translation>
    </message>
    <message>
        <source>The database is older than this program</source>
        <translation>База старее этой программы</translation>
    </message>
    <message>
        <source>This login has no write access</source>
        <translation>Этому логину нельзя сюда писать</translation>
    </message>
    <message>
        <source>Login of another workplace</source>
        <translation>Это логин другого рабочего места</translation>
    </message>
    <message>
        <source>Each workplace has its own login and code.</source>
        <translation>У каждого рабочего места свой логин и свой код.</translation>
    </message>
    <message>
        <source>The server accepts no records now</source>
        <translation>Сервер сейчас не принимает записей</translation>
    </message>
    <message>
        <source>It is a standby: use the primary server.</source>
        <translation>Это резервный сервер: укажите основной.</translation>
    </message>
    <message>
        <source>The server rejects this login</source>
        <translation>Сервер не пускает этот логин</translation>
    </message>
    <message>
        <source>Its administrator should check pg_hba.conf and the server log.</source>
        <translation>Его администратор смотрит pg_hba.conf и журнал сервера.</translation>
    </message>
    <message>
        <source>Enter phone account</source>
        <translation>Указать учётную запись</translation>
    </message>
    <message>
        <source>Choose sound devices</source>
        <translation>Выбрать устройства звука</translation>
    </message>
    <message>
        <source>The phone account has no number or password: a supervisor enters them in settings.</source>
        <translation>У учётной записи телефона нет номера или пароля: их вводит старший оператор в настройках.</translation>
    </message>
    <message>
        <source>appearance: colours, text, language, columns</source>
        <translation>вид: цвета, размер текста, язык, столбцы</translation>
    </message>
    <message>
        <source>Could not save your choice</source>
        <translation>Ваш выбор не удалось сохранить</translation>
    </message>
    <message>
        <source>It applies until you close the program. Contact the administrator.</source>
        <translation>Он действует до закрытия программы. Сообщите администратору.</translation>
    </message>
    <message>
        <source>The text of this edition is not loaded at this workplace.</source>
        <translation>Текст этой редакции на этом рабочем месте не загружен.</translation>
    </message>
    <message>
        <source>regulation edition: %1</source>
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
        <source>Earliest first</source>
        <translation>Ближайший — первый</translation>
    </message>
    <message>
        <source>anyone&apos;s</source>
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
        <source>A promised call is due</source>
        <translation>Пришло время обещанного звонка</translation>
    </message>
    <message>
        <source>See who to call: Shift+F11.</source>
        <translation>Кому звонить — Shift+F11.</translation>
    </message>
    <message>
        <source>Call scheduled: %1</source>
        <translation>Звонок запланирован: %1</translation>
    </message>
    <message>
        <source>Marked: talked</source>
        <translation>Отмечено: поговорили</translation>
    </message>
    <message>
        <source>Marked: not reached, retry in half an hour</source>
        <translation>Отмечено: не дозвонились, снова через полчаса</translation>
    </message>
    <message>
        <source>Marked: call not needed</source>
        <translation>Отмечено: звонить не нужно</translation>
    </message>
    <message>
        <source>Enter the phone to call</source>
        <translation>Напишите телефон, по которому позвонить</translation>
    </message>
    <message>
        <source>This time has already passed</source>
        <translation>Это время уже прошло</translation>
    </message>
    <message>
        <source>More than a year ahead: is the year right?</source>
        <translation>Больше чем через год: тот ли год?</translation>
    </message>
    <message>
        <source>Enter a date and time: 27.11.2026 14:30, today 14:30, tomorrow 9:00</source>
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
        <source>forwarded from %1</source>
        <translation>переадресован с %1</translation>
    </message>
    <message>
        <source>Handover sheet</source>
        <translation>Лист передачи смены</translation>
    </message>
    <message>
        <source>Open items from your shift. Add what the next shift should know, and sign.</source>
        <translation>Что остаётся после вас. Добавьте, что нужно знать следующей смене, и подпишите.</translation>
    </message>
    <message>
        <source>Left by the previous shift. Read it and sign to take over.</source>
        <translation>Это оставила прошлая смена. Прочитайте и подпишите, что принимаете.</translation>
    </message>
    <message>
        <source>Signed. A colleague will see it at the next sign-in.</source>
        <translation>Подписано. Коллега увидит лист при следующем входе.</translation>
    </message>
    <message>
        <source>Signed by both.</source>
        <translation>Подписано обеими сторонами.</translation>
    </message>
    <message>
        <source>Only operators who take calls hand over shifts.</source>
        <translation>Смену передают те, кто принимает вызовы.</translation>
    </message>
    <message>
        <source>Missed, not handled</source>
        <translation>Пропущенные, не разобраны</translation>
    </message>
    <message>
        <source>To call back</source>
        <translation>Нужно перезвонить</translation>
    </message>
    <message>
        <source>Record drafts</source>
        <translation>Черновики записей</translation>
    </message>
    <message>
        <source>Overdue messages</source>
        <translation>Сообщения с истёкшим сроком</translation>
    </message>
    <message>
        <source>Messages due today</source>
        <translation>Сообщения со сроком сегодня</translation>
    </message>
    <message>
        <source>Active incidents</source>
        <translation>Идущие инциденты</translation>
    </message>
    <message>
        <source>Not sent to the database</source>
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
        <source>unchecked</source>
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
        <source>Taken over: no one yet</source>
        <translation>Принято: пока никем</translation>
    </message>
    <message>
        <source>Taken over: %1, %2</source>
        <translation>Принято: %1, %2</translation>
    </message>
    <message>
        <source>Sheet signed</source>
        <translation>Лист подписан</translation>
    </message>
    <message>
        <source>Ctrl+L locks the workplace; the next user sees the sheet.</source>
        <translation>Ctrl+L блокирует место; лист увидит тот, кто войдёт следующим.</translation>
    </message>
    <message>
        <source>You have taken over the shift</source>
        <translation>Вы приняли смену</translation>
    </message>
    <message>
        <source>You have a sheet from the last shift</source>
        <translation>Вас ждёт лист прошлой смены</translation>
    </message>
    <message>
        <source>Press Ctrl+H to view.</source>
        <translation>Его покажет Ctrl+H.</translation>
    </message>
    <message>
        <source>Your role does not take calls: ask a supervisor.</source>
        <translation>Ваша роль не принимает вызовы: обратитесь к старшему.</translation>
    </message>
    <message>
        <source>This is your own sheet</source>
        <translation>Это ваш собственный лист</translation>
    </message>
    <message>
        <source>A colleague will accept it at the next sign-in.</source>
        <translation>Его примет коллега при следующем входе.</translation>
    </message>
    <message>
        <source>Already signed by a colleague</source>
        <translation>Коллега уже подписал лист</translation>
    </message>
    <message>
        <source>Press Ctrl+H to see the current state.</source>
        <translation>Ctrl+H покажет, как дела сейчас.</translation>
    </message>
    <message>
        <source>Nothing to sign here</source>
        <translation>Подписывать здесь нечего</translation>
    </message>
    <message>
        <source>Press Ctrl+H again to start a new sheet.</source>
        <translation>Ctrl+H ещё раз начнёт новый лист.</translation>
    </message>
    <message>
        <source>Personal data in the note: %1</source>
        <translation>В записке личные данные: %1</translation>
    </message>
    <message>
        <source>Use the record number instead; press Ctrl+Enter again to sign as is.</source>
        <translation>Назовите вместо этого номер записи; Ctrl+Enter ещё раз подпишет как есть.</translation>
    </message>
    <message>
        <source>Could not create the sheet</source>
        <translation>Лист не составлен</translation>
    </message>
    <message>
        <source>The register is not responding: retry or contact the administrator.</source>
        <translation>Реестр не отвечает: повторите или сообщите администратору.</translation>
    </message>
    <message>
        <source>handover</source>
        <translation>передача_смены</translation>
    </message>
    <message>
        <source>Workplace %1. Numbers as in the register.</source>
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
        <source>No open record</source>
        <translation>Нет открытой записи</translation>
    </message>
    <message>
        <source>It opens with a call; Ctrl+N opens one without a call, Enter opens a draft.</source>
        <translation>Она открывается с вызовом; без вызова — Ctrl+N, черновик — Enter в списке.</translation>
    </message>
    <message>
        <source>The call already has a message</source>
        <translation>У вызова уже есть сообщение</translation>
    </message>
    <message>
        <source>F4 and its number show its status.</source>
        <translation>Что с ним, покажут F4 и его номер.</translation>
    </message>
    <message>
        <source>Your role does not permit this</source>
        <translation>Вашей роли это не разрешено</translation>
    </message>
    <message>
        <source>Ask a supervisor or the administrator.</source>
        <translation>Обратитесь к старшему оператору или администратору.</translation>
    </message>
    <message>
        <source>No call ringing</source>
        <translation>Никто не звонит</translation>
    </message>
    <message>
        <source>Shift+F4: make a call.</source>
        <translation>Позвонить самому: Shift+F4.</translation>
    </message>
    <message>
        <source>No one is on the line</source>
        <translation>На линии никого нет</translation>
    </message>
    <message>
        <source>This key works during a call.</source>
        <translation>Эта клавиша действует во время вызова.</translation>
    </message>
    <message>
        <source>No second call</source>
        <translation>Второго вызова нет</translation>
    </message>
    <message>
        <source>This key answers it or switches to it.</source>
        <translation>Эта клавиша отвечает на него или переходит к нему.</translation>
    </message>
    <message>
        <source>F7 and Enter: consult an authority first.</source>
        <translation>Чтобы сначала поговорить с органом, нажмите F7 и Enter.</translation>
    </message>
    <message>
        <source>You are already in a call</source>
        <translation>Вы уже говорите</translation>
    </message>
    <message>
        <source>No message is being written</source>
        <translation>Сообщение не составляется</translation>
    </message>
    <message>
        <source>Ctrl+3 creates one from the call.</source>
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
        <source>No remarks on text here</source>
        <translation>Замечаний к тексту здесь нет</translation>
    </message>
    <message>
        <source>They appear next to a message being written.</source>
        <translation>Они стоят рядом с составляемым сообщением.</translation>
    </message>
    <message>
        <source>No known messages to choose from</source>
        <translation>Нет известных сообщений для выбора</translation>
    </message>
    <message>
        <source>Known ones appear next to a message being written.</source>
        <translation>Они стоят рядом с составляемым сообщением.</translation>
    </message>
    <message>
        <source>No line with digit %1</source>
        <translation>Строки с цифрой %1 нет</translation>
    </message>
    <message>
        <source>F5 searches the directory.</source>
        <translation>Поиск в справочнике: F5.</translation>
    </message>
    <message>
        <source>No alarm</source>
        <translation>Тревоги нет</translation>
    </message>
    <message>
        <source>The indicators at the bottom of the window show the status.</source>
        <translation>Состояние показывают знаки внизу окна.</translation>
    </message>
    <message>
        <source>No documents for what is shown</source>
        <translation>К показанному нет документов</translation>
    </message>
    <message>
        <source>Nothing to hold or extend</source>
        <translation>Некого удерживать и нечего продлевать</translation>
    </message>
    <message>
        <source>F3 works during a call and wrap-up.</source>
        <translation>F3 действует в разговоре и во время оформления.</translation>
    </message>
    <message>
        <source>No record to save, and you are taking calls</source>
        <translation>Сохранять нечего, вы принимаете вызовы</translation>
    </message>
    <message>
        <source>F9: not ready, or a break.</source>
        <translation>F9: не готов или перерыв.</translation>
    </message>
    <message>
        <source>No script here</source>
        <translation>Сценария здесь нет</translation>
    </message>
    <message>
        <source>It appears next to the call record.</source>
        <translation>Он стоит рядом с карточкой вызова.</translation>
    </message>
    <message>
        <source>Nothing checked in the script yet</source>
        <translation>В сценарии ещё ничего не отмечено</translation>
    </message>
    <message>
        <source>Ctrl+7 checks the next step.</source>
        <translation>Ctrl+7 отметит следующий шаг.</translation>
    </message>
    <message>
        <source>Script completed</source>
        <translation>Сценарий пройден</translation>
    </message>
    <message>
        <source>Ctrl+6 unchecks the last step.</source>
        <translation>Ctrl+6 снимет последнюю отметку.</translation>
    </message>
    <message>
        <source>The cursor is not in a field</source>
        <translation>Курсор не стоит в поле</translation>
    </message>
    <message>
        <source>This key works where text is typed.</source>
        <translation>Эта клавиша действует там, где печатают текст.</translation>
    </message>
    <message>
        <source>No other incidents</source>
        <translation>Другого инцидента нет</translation>
    </message>
    <message>
        <source>Ctrl+Shift+I shows incidents.</source>
        <translation>Инциденты показывает Ctrl+Shift+I.</translation>
    </message>
    <message>
        <source>Operator report</source>
        <translation>Отчёт об операторах</translation>
    </message>
    <message>
        <source>For this workplace.</source>
        <translation>По этому рабочему месту.</translation>
    </message>
    <message>
        <source>Occupancy = (talk + wrap-up) ÷ (talk + wrap-up + ready). Talk includes hold. Time left open by a program crash is not counted.</source>
        <translation>Занятость = (разговор + оформление) ÷ (разговор + оформление + готов). Разговор — с удержанием. Время, которое оставила незакрытым прервавшаяся программа, не считается.</translation>
    </message>
    <message>
        <source>Longest wait = the longest time from first ring to answer among calls the operator answered. Averages are calculated from totals.</source>
        <translation>Дольше всех ждали — самое долгое время от первого звонка до ответа среди вызовов, на которые оператор ответил. Средние — из сумм.</translation>
    </message>
    <message>
        <source>operators</source>
        <translation>операторы</translation>
    </message>
    <message>
        <source>Duration</source>
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
        <source>Overall</source>
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
        <source>The line is closed: calls still ring here and are counted separately</source>
        <translation>Линия закрыта: звонок всё равно прозвучит здесь и учтётся отдельно</translation>
    </message>
    <message>
        <source>Work as usual: messages go to the platform automatically once it responds. New ones from it arrive then, too.</source>
        <translation>Работайте как обычно: сообщения уйдут на платформу сами, когда она ответит. Тогда же придут и новые оттуда.</translation>
    </message>
    <message>
        <source>abandoned</source>
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
        <source>Internal note: hidden from author and authority</source>
        <translation>Служебное: автор и орган этого не увидят</translation>
    </message>
    <message>
        <source>Visible to the author</source>
        <translation>Прочтёт автор</translation>
    </message>
    <message>
        <source>Visible to the authority</source>
        <translation>Прочтёт орган</translation>
    </message>
    <message>
        <source>Visible to the authority and the author</source>
        <translation>Прочтут орган и автор</translation>
    </message>
    <message>
        <source>Visible to the author and everyone: the message is published</source>
        <translation>Прочтут автор и все: сообщение опубликовано</translation>
    </message>
    <message>
        <source>no e-mail, notify by phone</source>
        <translation>почты нет, скажут по телефону</translation>
    </message>
    <message>
        <source>letter to %1</source>
        <translation>письмом на %1</translation>
    </message>
    <message>
        <source>Visible to the authority, the author, and everyone if public</source>
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
        <source>Callbacks due: %1</source>
        <translation>Перезвонить: %1</translation>
    </message>
    <message>
        <source>%1 to extend</source>
        <translation>%1 — продлить</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>selected</source>
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
        <source>Latin letters among Russian ones: search will not find this name</source>
        <translation>Среди русских букв есть латинские: имя не найдётся поиском</translation>
    </message>
    <message>
        <source>Typed in the Latin layout</source>
        <translation>Набрано в латинской раскладке</translation>
    </message>
    <message>
        <source>read differently</source>
        <translation>прочитать иначе</translation>
    </message>
    <message>
        <source>use %1</source>
        <translation>взять %1</translation>
    </message>
    <message>
        <source>Calling from %1</source>
        <translation>Звонит с номера %1</translation>
    </message>
    <message>
        <source>From “%1”: city code added</source>
        <translation>Введено «%1»: добавлен код города</translation>
    </message>
    <message>
        <source>From “%1”: prefix corrected</source>
        <translation>Введено «%1»: исправлено начало номера</translation>
    </message>
    <message>
        <source>No network uses such numbers: ask again</source>
        <translation>Таких номеров нет ни у одного оператора связи: переспросить</translation>
    </message>
    <message>
        <source>No digits in the number</source>
        <translation>В номере нет цифр</translation>
    </message>
    <message>
        <source>Short number: it cannot be called from outside</source>
        <translation>Короткий номер: извне на него не позвонить</translation>
    </message>
    <message>
        <source>Digits are missing: ask again</source>
        <translation>Не хватает цифр: переспросить</translation>
    </message>
    <message>
        <source>Too many digits: ask again</source>
        <translation>Лишние цифры: переспросить</translation>
    </message>
    <message>
        <source>Several numbers: keep one, put the others in the text</source>
        <translation>Несколько номеров: оставить один, остальные записать в текст</translation>
    </message>
    <message>
        <source>No such number: ask again</source>
        <translation>Такого номера не бывает: переспросить</translation>
    </message>
    <message>
        <source>Read back: %1</source>
        <translation>Прочитать вслух: %1</translation>
    </message>
    <message>
        <source>Typed in the Russian layout</source>
        <translation>Набрано в русской раскладке</translation>
    </message>
    <message>
        <source>Russian letters among Latin ones</source>
        <translation>Среди латинских букв есть русские</translation>
    </message>
    <message>
        <source>Invalid characters in the address</source>
        <translation>Знаки не те, что в адресе</translation>
    </message>
    <message>
        <source>Possible typo at the end of the address</source>
        <translation>Похоже на опечатку в конце адреса</translation>
    </message>
    <message>
        <source>Space in the address</source>
        <translation>В адресе пробел</translation>
    </message>
    <message>
        <source>No @ in the address</source>
        <translation>В адресе нет знака @</translation>
    </message>
    <message>
        <source>More than one @ in the address</source>
        <translation>В адресе больше одного знака @</translation>
    </message>
    <message>
        <source>Nothing before the @</source>
        <translation>Перед знаком @ ничего нет</translation>
    </message>
    <message>
        <source>Only Latin letters are allowed before the @</source>
        <translation>Перед знаком @ бывают только латинские буквы</translation>
    </message>
    <message>
        <source>Invalid address before the @</source>
        <translation>Перед знаком @ не адрес</translation>
    </message>
    <message>
        <source>Invalid address after the @, expected e.g. mail.ru</source>
        <translation>После знака @ не адрес вроде mail.ru</translation>
    </message>
    <message>
        <source>Russian and Latin letters in one word</source>
        <translation>В одном слове русские и латинские буквы</translation>
    </message>
    <message>
        <source>The address is too long</source>
        <translation>Адрес слишком длинный</translation>
    </message>
    <message>
        <source>Possibly %1</source>
        <translation>Возможно, это %1</translation>
    </message>
    <message>
        <source>guess</source>
        <translation>предположение</translation>
    </message>
    <message>
        <source>Someone else</source>
        <translation>Другой человек</translation>
    </message>
    <message>
        <source>name not recorded: ask for it</source>
        <translation>имя не записано, спросить</translation>
    </message>
    <message>
        <source>No records with a name for this number. Search by name or phone.</source>
        <translation>За этим номером записей с именем нет. Найти человека по имени или телефону.</translation>
    </message>
    <message>
        <source>Ask who is calling, then press the digit. Your choice goes into the card.</source>
        <translation>Спросить, кто звонит, и нажать цифру. Выбранное попадёт в карточку.</translation>
    </message>
    <message>
        <source>No such name or number in this workplace&apos;s records.</source>
        <translation>В записях этого рабочего места никого с таким именем или номером нет.</translation>
    </message>
    <message>
        <source>Two letters of the name or the full phone number.</source>
        <translation>Две буквы имени или телефон целиком.</translation>
    </message>
    <message>
        <source>The call&apos;s number stays the same; the name is taken from the record.</source>
        <translation>Номер вызова остаётся прежним, из записи берётся имя.</translation>
    </message>
    <message>
        <source>Cannot read the records now.</source>
        <translation>Записи сейчас не читаются.</translation>
    </message>
    <message>
        <source>draft, not saved yet</source>
        <translation>черновик, ещё не сохранён</translation>
    </message>
    <message>
        <source>Call saved</source>
        <translation>Вызов сохранён</translation>
    </message>
    <message>
        <source>Call № %1 is a draft again</source>
        <translation>Вызов № %1 снова черновик</translation>
    </message>
    <message>
        <source>Message № %1 is back in your review: F10.</source>
        <translation>Сообщение № %1 снова на проверке у вас: F10.</translation>
    </message>
    <message>
        <source>The call remains saved</source>
        <translation>Вызов остаётся сохранённым</translation>
    </message>
    <message>
        <source>The 15 seconds have passed.</source>
        <translation>15 секунд прошли.</translation>
    </message>
    <message>
        <source>Its record has changed since.</source>
        <translation>Запись с тех пор изменилась.</translation>
    </message>
    <message>
        <source>Someone else saved it.</source>
        <translation>Его сохранил другой человек.</translation>
    </message>
    <message>
        <source>The message now has: %1 (%2)</source>
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
        <source>Further questions in one call</source>
        <translation>Дополнительные вопросы одного вызова</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Registered in addition to calls</source>
        <translation>Зарегистрировано помимо вызовов</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>Лично</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Мобильный</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Письмо</translation>
    </message>
    <message>
        <source>Other</source>
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
        <source>Additional question</source>
        <translation>Ещё вопрос</translation>
    </message>
    <message>
        <source>opened by mistake</source>
        <translation>открыта по ошибке</translation>
    </message>
    <message>
        <source>Date and time not recognized: use 26.11.2026 14:30 or yesterday 14:30</source>
        <translation>День и час не поняты: 26.11.2026 14:30 или вчера 14:30</translation>
    </message>
    <message>
        <source>Add the time: 14:30</source>
        <translation>Добавьте час: 14:30</translation>
    </message>
    <message>
        <source>This time is in the future: enter a past time</source>
        <translation>Это время ещё не наступило: запрос не может быть из будущего</translation>
    </message>
    <message>
        <source>Before last month: keep today&apos;s date and put the old one in the text</source>
        <translation>Раньше прошлого месяца: оставьте сегодняшнюю дату, прежнюю напишите в содержании</translation>
    </message>
    <message>
        <source>No call to add a question to</source>
        <translation>Нет вызова, к которому добавить вопрос</translation>
    </message>
    <message>
        <source>Open its card, or save it first.</source>
        <translation>Откройте его карточку или сначала сохраните её.</translation>
    </message>
    <message>
        <source>Records without a call, entered by hand, and additional questions of a call are listed separately: they have no wait, talk or missed calls. Results cover all records.</source>
        <translation>Записи без вызова, внесённые вручную, и дополнительные вопросы одного вызова стоят отдельно: ожидание, разговор и пропущенные по ним не считаются. Итоги — по всем записям.</translation>
    </message>
    <message>
        <source>to record № %1</source>
        <translation>к записи № %1</translation>
    </message>
    <message>
        <source>Additional question, same person</source>
        <translation>Ещё вопрос того же человека</translation>
    </message>
    <message>
        <source>Record saved</source>
        <translation>Запись сохранена</translation>
    </message>
    <message>
        <source>This caller refers to an earlier call. First: {0}</source>
        <translation>Этот абонент говорит о прежнем вызове. Сначала пройдите урок «{0}»</translation>
    </message>
    <message>
        <source>The score cannot be read</source>
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
        <source>All correct</source>
        <translation>Всё верно</translation>
    </message>
    <message>
        <source>Good, with a few gaps</source>
        <translation>Хорошо; немного не хватает</translation>
    </message>
    <message>
        <source>Repeat it: the lines below show what was missing</source>
        <translation>Пройдите ещё раз: ниже сказано, чего не хватило</translation>
    </message>
    <message>
        <source>Read the lesson&apos;s task again and repeat it</source>
        <translation>Перечитайте задание урока и пройдите его заново</translation>
    </message>
    <message>
        <source>best {0} %, last {1} %</source>
        <translation>лучший результат {0} %, последний {1} %</translation>
    </message>
    <message>
        <source>not done yet</source>
        <translation>ещё не пройден</translation>
    </message>
    <message>
        <source>work procedure</source>
        <translation>порядок работы</translation>
    </message>
    <message>
        <source>Message {0}: {1}</source>
        <translation>Сообщение {0}: {1}</translation>
    </message>
    <message>
        <source>correct: {0}</source>
        <translation>верно: {0}</translation>
    </message>
    <message>
        <source>not mentioned: {0}</source>
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
        <source>The content covers the matter</source>
        <translation>Содержание передаёт суть вопроса</translation>
    </message>
    <message>
        <source>The result matches the call</source>
        <translation>Итог подходит вызову</translation>
    </message>
    <message>
        <source>Answered from the directory</source>
        <translation>Ответ взят из справочника</translation>
    </message>
    <message>
        <source>Explained how to file a 59-FZ formal request</source>
        <translation>Сказано, как подать официальное обращение по 59-ФЗ</translation>
    </message>
    <message>
        <source>Emergency number given first, within a minute</source>
        <translation>Номер экстренной помощи назван первым, в течение минуты</translation>
    </message>
    <message>
        <source>Name asked and recorded</source>
        <translation>Имя спрошено и записано</translation>
    </message>
    <message>
        <source>E-mail asked: recorded, or “not given”</source>
        <translation>Почта спрошена: записана или отмечено «не указано»</translation>
    </message>
    <message>
        <source>No message created for what the platform does not accept</source>
        <translation>Не заведено сообщение о том, чего платформа не принимает</translation>
    </message>
    <message>
        <source>The call is linked to the known message</source>
        <translation>Вызов привязан к известному сообщению</translation>
    </message>
    <message>
        <source>No second message created</source>
        <translation>Второе сообщение не заведено</translation>
    </message>
    <message>
        <source>One question in each message</source>
        <translation>В каждом сообщении один вопрос, и ни один не забыт</translation>
    </message>
    <message>
        <source>The text covers the matter</source>
        <translation>Текст сообщения передаёт суть</translation>
    </message>
    <message>
        <source>No insults, threats or obscene words in the text</source>
        <translation>В тексте нет оскорблений, угроз и нецензурных слов</translation>
    </message>
    <message>
        <source>Place asked and correct</source>
        <translation>Место спрошено и записано верно</translation>
    </message>
    <message>
        <source>Date and time of the event</source>
        <translation>Дата и время события указаны</translation>
    </message>
    <message>
        <source>Correct category</source>
        <translation>Категория выбрана верно</translation>
    </message>
    <message>
        <source>Publicity asked and set as the caller wants</source>
        <translation>Публичность спрошена и отмечена, как просил абонент</translation>
    </message>
    <message>
        <source>Personal data is not published</source>
        <translation>Персональные данные не публикуются</translation>
    </message>
    <message>
        <source>Missed call handled</source>
        <translation>Пропущенный вызов отработан</translation>
    </message>
    <message>
        <source>Saved within a minute after the call</source>
        <translation>Сохранено в течение минуты после разговора</translation>
    </message>
    <message>
        <source>find it and insert it into the card before any question</source>
        <translation>найдите его и вставьте в карточку раньше любых вопросов</translation>
    </message>
    <message>
        <source>Ctrl+9 inserts it into the card</source>
        <translation>Ctrl+9 вставит подсказку в карточку</translation>
    </message>
    <message>
        <source>Ctrl+E: “not given”</source>
        <translation>Ctrl+E — «не указано»</translation>
    </message>
    <message>
        <source>Alt+S creates a message from the selection</source>
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
        <source>One message created from the call</source>
        <translation>Из вызова сделано одно сообщение</translation>
    </message>
    <message>
        <source>Ctrl+3 creates it</source>
        <translation>Ctrl+3 заводит сообщение</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>отклонён</translation>
    </message>
    <message>
        <source>We are aware of this: %1. We are finding out the cause and timing.</source>
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
        <source>Possible incident — %1</source>
        <translation>Возможно, инцидент — %1</translation>
    </message>
    <message>
        <source>Incident proposed — %1</source>
        <translation>Предложен инцидент — %1</translation>
    </message>
    <message>
        <source>by %1 at %2; awaiting the supervisor</source>
        <translation>предлагает %1, %2; ждёт решения старшего</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>предложен</translation>
    </message>
    <message>
        <source>active</source>
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
        <source>The supervisor approves the text.</source>
        <translation>Текст утвердит старший.</translation>
    </message>
    <message>
        <source>Incident declared</source>
        <translation>Инцидент объявлен</translation>
    </message>
    <message>
        <source>The text is shown at all workplaces.</source>
        <translation>Текст показан на всех рабочих местах.</translation>
    </message>
    <message>
        <source>Text changed</source>
        <translation>Текст изменён</translation>
    </message>
    <message>
        <source>The new text is shown at all workplaces.</source>
        <translation>Новый текст показан на всех рабочих местах.</translation>
    </message>
    <message>
        <source>Incident ended</source>
        <translation>Инцидент завершён</translation>
    </message>
    <message>
        <source>The text is no longer shown.</source>
        <translation>Текст больше не показывается.</translation>
    </message>
    <message>
        <source>Call linked</source>
        <translation>Вызов привязан</translation>
    </message>
    <message>
        <source>Only a supervisor can do this</source>
        <translation>Это может сделать только старший</translation>
    </message>
    <message>
        <source>Enter the street</source>
        <translation>Назовите улицу</translation>
    </message>
    <message>
        <source>Enter what to say</source>
        <translation>Напишите, что говорить</translation>
    </message>
    <message>
        <source>Longer than %1 characters: shorten it</source>
        <translation>Длиннее %1 знаков: сократите</translation>
    </message>
    <message>
        <source>This street already has an incident</source>
        <translation>По этой улице инцидент уже есть</translation>
    </message>
    <message>
        <source>This incident has ended</source>
        <translation>Этот инцидент уже завершён</translation>
    </message>
    <message>
        <source>A colleague was first; your text is saved</source>
        <translation>Коллега успел раньше; ваш текст сохранён</translation>
    </message>
    <message>
        <source>The text by %1 applies</source>
        <translation>Действует текст, который ввёл другой: %1</translation>
    </message>
    <message>
        <source>Yours is saved among the incident&apos;s versions.</source>
        <translation>Ваш сохранён среди редакций инцидента.</translation>
    </message>
    <message>
        <source>While you were typing, %1 changed the text at %2. All workplaces say:</source>
        <translation>Пока вы печатали, текст изменили (%1, %2). На всех рабочих местах говорят:</translation>
    </message>
    <message>
        <source>The text has changed since</source>
        <translation>Текст за это время изменили</translation>
    </message>
    <message>
        <source>Press Ctrl+Enter again to replace it with yours.</source>
        <translation>Ctrl+Enter ещё раз поставит ваш вместо него.</translation>
    </message>
    <message>
        <source>No call card to close</source>
        <translation>Нет карточки вызова, которую можно закрыть</translation>
    </message>
    <message>
        <source>No declared incidents</source>
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
        <source>official incident text</source>
        <translation>единый текст инцидента</translation>
    </message>
    <message>
        <source>new</source>
        <translation>новый</translation>
    </message>
    <message>
        <source>possible</source>
        <translation>возможно</translation>
    </message>
    <message>
        <source>By incident: calls given the official text</source>
        <translation>По инцидентам: вызовы с единым текстом</translation>
    </message>
    <message>
        <source>Incident</source>
        <translation>Инцидент</translation>
    </message>
    <message>
        <source>No device to ring on</source>
        <translation>Сигнал подать не на чем</translation>
    </message>
    <message>
        <source>Collecting diagnostics…</source>
        <translation>Диагностика собирается…</translation>
    </message>
    <message>
        <source>Diagnostics saved: %1</source>
        <translation>Диагностика записана: %1</translation>
    </message>
    <message>
        <source>%1. It contains no names, phones or texts: send it to the administrator.</source>
        <translation>%1. Имён, телефонов и текстов в ней нет: передайте файл администратору.</translation>
    </message>
    <message>
        <source>Could not save diagnostics</source>
        <translation>Диагностика не записана</translation>
    </message>
    <message>
        <source>Cannot write to %1: free up space or contact the administrator.</source>
        <translation>%1 не принимает файл: освободите место или сообщите администратору.</translation>
    </message>
    <message>
        <source>Headset</source>
        <translation>Гарнитура</translation>
    </message>
    <message>
        <source>Local records</source>
        <translation>Записи на компьютере</translation>
    </message>
    <message>
        <source>City database</source>
        <translation>База данных города</translation>
    </message>
    <message>
        <source>Disk space</source>
        <translation>Место на диске</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Часы</translation>
    </message>
    <message>
        <source>Records backup</source>
        <translation>Копия записей</translation>
    </message>
    <message>
        <source>The phone program is not running</source>
        <translation>Программа телефона не работает</translation>
    </message>
    <message>
        <source>It starts automatically; if not, call the administrator.</source>
        <translation>Она запускается сама; если нет — сообщите администратору.</translation>
    </message>
    <message>
        <source>The phone is set to reject all calls</source>
        <translation>Телефон настроен отклонять все вызовы</translation>
    </message>
    <message>
        <source>The PBX does not know this phone</source>
        <translation>Станция не знает этот телефон</translation>
    </message>
    <message>
        <source>Calls do not arrive: press F12 and Enter to see why.</source>
        <translation>Вызовы не поступают: причину покажут F12 и Enter.</translation>
    </message>
    <message>
        <source>You can be heard, %1 dB</source>
        <translation>Вас слышно, %1 дБ</translation>
    </message>
    <message>
        <source>Microphone and earpiece connected</source>
        <translation>Микрофон и наушник подключены</translation>
    </message>
    <message>
        <source>To test if you can be heard: F12 and Enter.</source>
        <translation>Слышно ли вас, покажут F12 и Enter.</translation>
    </message>
    <message>
        <source>You are too quiet, %1 dB</source>
        <translation>Вас слышно слишком тихо, %1 дБ</translation>
    </message>
    <message>
        <source>Move the microphone closer.</source>
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
        <source>You cannot be heard</source>
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
        <source>Plug in your headset: callers cannot hear you.</source>
        <translation>Подключите гарнитуру: абоненты вас не услышат.</translation>
    </message>
    <message>
        <source>Plug in your headset: you cannot hear callers.</source>
        <translation>Подключите гарнитуру: вы не услышите абонентов.</translation>
    </message>
    <message>
        <source>Plug it in before you take calls.</source>
        <translation>Подключите её, прежде чем принимать вызовы.</translation>
    </message>
    <message>
        <source>Ring tone played</source>
        <translation>Прозвучал сигнал вызова</translation>
    </message>
    <message>
        <source>The ringer is connected</source>
        <translation>Устройство для сигнала подключено</translation>
    </message>
    <message>
        <source>To hear the ring tone: F12 and Enter.</source>
        <translation>Как звучит сигнал, покажут F12 и Enter.</translation>
    </message>
    <message>
        <source>It will ring on another device</source>
        <translation>Сигнал прозвучит на другом устройстве</translation>
    </message>
    <message>
        <source>Plug in the selected device, or listen for the ring.</source>
        <translation>Подключите выбранное устройство или прислушивайтесь к сигналу.</translation>
    </message>
    <message>
        <source>You will see calls but not hear them: plug in a device.</source>
        <translation>Вызовы будут видны, но не слышны: подключите устройство.</translation>
    </message>
    <message>
        <source>Records are accepted and stored</source>
        <translation>Записи принимаются и хранятся</translation>
    </message>
    <message>
        <source>Records are not accepted</source>
        <translation>Записи не принимаются</translation>
    </message>
    <message>
        <source>Work as usual: records will go by themselves later.</source>
        <translation>Работайте как обычно: записи уйдут сами.</translation>
    </message>
    <message>
        <source>Not set up: records stay here</source>
        <translation>Не настроена: записи остаются здесь</translation>
    </message>
    <message>
        <source>Responding; not sent: %1</source>
        <translation>Отвечает; не отправлено: %1</translation>
    </message>
    <message>
        <source>No response yet; not sent: %1</source>
        <translation>Ещё не ответила; не отправлено: %1</translation>
    </message>
    <message>
        <source>Not responding; not sent: %1</source>
        <translation>Не отвечает; не отправлено: %1</translation>
    </message>
    <message>
        <source>Free: %1 MB</source>
        <translation>Свободно: %1 МБ</translation>
    </message>
    <message>
        <source>Could not check</source>
        <translation>Узнать не удалось</translation>
    </message>
    <message>
        <source>Tell the administrator today.</source>
        <translation>Сообщите администратору сегодня.</translation>
    </message>
    <message>
        <source>Records will soon be rejected: call the administrator now.</source>
        <translation>Скоро записи не будут приниматься: сообщите администратору сейчас.</translation>
    </message>
    <message>
        <source>Call times are off by this much: tell the administrator.</source>
        <translation>На столько неверно время вызовов: сообщите администратору.</translation>
    </message>
    <message>
        <source>No issues</source>
        <translation>Замечаний нет</translation>
    </message>
    <message>
        <source>It is %1 behind the last record</source>
        <translation>Отстают от последней записи на %1</translation>
    </message>
    <message>
        <source>The clock was set back: do not take calls, call the administrator.</source>
        <translation>Часы переведены назад: не принимайте вызовы, сообщите администратору.</translation>
    </message>
    <message>
        <source>Not set up by administrator</source>
        <translation>Не настроена администратором</translation>
    </message>
    <message>
        <source>First backup in progress</source>
        <translation>Первая создаётся</translation>
    </message>
    <message>
        <source>No backup made yet</source>
        <translation>Копии ещё нет</translation>
    </message>
    <message>
        <source>Last backup: %1</source>
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
        <source>Ready for work, with issues</source>
        <translation>Готово к работе, есть замечания</translation>
    </message>
    <message>
        <source>Not ready for work</source>
        <translation>Не готово к работе</translation>
    </message>
    <message>
        <source>Headset and ring tone not tested by ear yet: F12, Enter.</source>
        <translation>Гарнитура и сигнал на слух ещё не проверены: F12, Enter.</translation>
    </message>
    <message>
        <source>Check result not saved</source>
        <translation>Итог проверки не сохранён</translation>
    </message>
    <message>
        <source>Plug it in before a call: it is used again automatically.</source>
        <translation>Подключите до вызова: она включится сама.</translation>
    </message>
    <message>
        <source>The selected ringer is unplugged: plug it in.</source>
        <translation>Выбранное для сигнала устройство отключено: подключите его.</translation>
    </message>
    <message>
        <source>You will not hear calls.</source>
        <translation>Вы не услышите вызовы.</translation>
    </message>
    <message>
        <source>No sound device: plug in your headset. Calls are shown here.</source>
        <translation>Нет звукового устройства: подключите гарнитуру. Вызовы видны здесь.</translation>
    </message>
    <message>
        <source>Callers will not hear you.</source>
        <translation>Абоненты вас не услышат.</translation>
    </message>
    <message>
        <source>The microphone is unplugged: plug in your headset.</source>
        <translation>Микрофон отключён: подключите гарнитуру.</translation>
    </message>
    <message>
        <source>The phone is set to reject all calls (do_not_disturb): call the administrator.</source>
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
        <source>After hours</source>
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
        <source>Created at</source>
        <translation>Составлено</translation>
    </message>
    <message>
        <source>Created by</source>
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
        <source>Most asked</source>
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
        <source>ringing</source>
        <translation>звонит</translation>
    </message>
    <message>
        <source>The line is free</source>
        <translation>Линия свободна</translation>
    </message>
    <message>
        <source>Calls are not arriving</source>
        <translation>Звонки не поступают</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>без связи</translation>
    </message>
    <message>
        <source>Hidden number</source>
        <translation>Номер скрыт</translation>
    </message>
    <message>
        <source>The record closes with the call</source>
        <translation>Запись закроется вместе с вызовом</translation>
    </message>
    <message>
        <source>Keep typing: everything is saved until hang-up.</source>
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
        <source>caller abandoned</source>
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
        <source>Call ended</source>
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
        <source>standard answer</source>
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
        <source>Phone call</source>
        <translation>Телефонный вызов</translation>
    </message>
    <message>
        <source>Draft saved %1</source>
        <translation>Черновик сохранён %1</translation>
    </message>
    <message>
        <source>Describe what the call was about: it is required (par. 7.3)</source>
        <translation>Напишите, о чём был вызов: без этого запись не закрыть (п. 7.3)</translation>
    </message>
    <message>
        <source>Choose a result: Ctrl and a digit (par. 7.3, 7.4)</source>
        <translation>Выберите итог: Ctrl и цифра (п. 7.3, 7.4)</translation>
    </message>
    <message>
        <source>Insert the contacts you gave, or type them above (par. 7.4)</source>
        <translation>Вставьте данные контакты или напишите их выше (п. 7.4)</translation>
    </message>
    <message>
        <source>No message yet: create it with Ctrl+3 (par. 7.4)</source>
        <translation>Сообщения ещё нет: оформите его, Ctrl+3 (п. 7.4)</translation>
    </message>
    <message>
        <source>This record is already closed</source>
        <translation>Эта запись уже закрыта</translation>
    </message>
    <message>
        <source>Your role cannot take calls</source>
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
        <source>from call № %1; gets its own number on registration</source>
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
        <source>Describe what happened: a message needs text (par. 6.1)</source>
        <translation>Напишите, что случилось: без текста сообщения нет (п. 6.1)</translation>
    </message>
    <message>
        <source>Enter the date: DD.MM.YYYY (par. 6.1)</source>
        <translation>Укажите день: ДД.ММ.ГГГГ (п. 6.1)</translation>
    </message>
    <message>
        <source>Enter the time, at least roughly: HH:MM (par. 6.1)</source>
        <translation>Укажите время хотя бы примерно: ЧЧ:ММ (п. 6.1)</translation>
    </message>
    <message>
        <source>Enter a house or landmark: it cannot be registered without a place (par. 6.1)</source>
        <translation>Укажите дом или ориентир: без места сообщение не зарегистрировать (п. 6.1)</translation>
    </message>
    <message>
        <source>Choose a category: it decides who answers (par. 5.3, 7.9)</source>
        <translation>Выберите категорию: по ней решится, кто ответит (п. 5.3, 7.9)</translation>
    </message>
    <message>
        <source>This message is already registered</source>
        <translation>Это сообщение уже зарегистрировано</translation>
    </message>
    <message>
        <source>Your role cannot register messages</source>
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
        <source>No missed calls</source>
        <translation>Пропущенных нет</translation>
    </message>
    <message>
        <source>Unanswered calls are registered here automatically.</source>
        <translation>Вызов, на который никто не ответил, зарегистрируется здесь сам.</translation>
    </message>
    <message>
        <source>No unfinished records</source>
        <translation>Незавершённых записей нет</translation>
    </message>
    <message>
        <source>Cards set aside with Ctrl+D appear here.</source>
        <translation>Карточка, отложенная клавишами Ctrl+D, ждёт здесь.</translation>
    </message>
    <message>
        <source>No messages yet today</source>
        <translation>Сегодня сообщений ещё не было</translation>
    </message>
    <message>
        <source>Ctrl+3 in a call card creates a message for a written answer.</source>
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
        <source>No PBX configured; listening at %1</source>
        <translation>Станция не настроена, телефон ждёт звонков на %1</translation>
    </message>
    <message>
        <source>Phone registered with the PBX</source>
        <translation>Телефон зарегистрирован на станции</translation>
    </message>
    <message>
        <source>The PBX is not responding</source>
        <translation>Станция не отвечает</translation>
    </message>
    <message>
        <source>PBX not responding since %1</source>
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
        <source>Database down since %1</source>
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
        <source>Missed call № %1 registered</source>
        <translation>Пропущенный вызов № %1 зарегистрирован</translation>
    </message>
    <message>
        <source>It is in the missed calls list.</source>
        <translation>Он в списке пропущенных.</translation>
    </message>
    <message>
        <source>The card cannot be closed yet</source>
        <translation>Карточку пока не закрыть</translation>
    </message>
    <message>
        <source>Missing items are marked in the card.</source>
        <translation>Чего не хватает, отмечено в карточке.</translation>
    </message>
    <message>
        <source>Call № %1 set aside</source>
        <translation>Вызов № %1 отложен</translation>
    </message>
    <message>
        <source>It is in drafts.</source>
        <translation>Он ждёт в черновиках.</translation>
    </message>
    <message>
        <source>This call has already ended</source>
        <translation>Этот вызов уже завершён</translation>
    </message>
    <message>
        <source>Not possible for this call now</source>
        <translation>Сейчас это с вызовом не сделать</translation>
    </message>
    <message>
        <source>No sound device for the call</source>
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
        <source>The phone failed to do that</source>
        <translation>Телефон не смог этого сделать</translation>
    </message>
    <message>
        <source>Something went wrong in the program</source>
        <translation>В программе что-то пошло не так</translation>
    </message>
    <message>
        <source>It is logged; call records are intact.</source>
        <translation>Это записано в журнал программы; записи о вызовах целы.</translation>
    </message>
    <message>
        <source>The phone is not ready yet: wait for its indicator at the bottom of the window</source>
        <translation>Телефон ещё не готов: дождитесь его отметки внизу окна</translation>
    </message>
    <message>
        <source>A training call is already on</source>
        <translation>Учебный звонок уже идёт</translation>
    </message>
    <message>
        <source>First start</source>
        <translation>Первый запуск</translation>
    </message>
    <message>
        <source>Start work</source>
        <translation>Начать работу</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Workplace locked</source>
        <translation>Рабочее место заблокировано</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Разблокировать</translation>
    </message>
    <message>
        <source>Incoming call: unlock to answer</source>
        <translation>Поступает вызов: разблокируйте, чтобы ответить</translation>
    </message>
    <message>
        <source>Enter at least last and first name</source>
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
        <source>Passwords do not match</source>
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
        <source>Could not save the report there</source>
        <translation>Отчёт не удалось записать в папку</translation>
    </message>
    <message>
        <source>Your role cannot view reports</source>
        <translation>Ваша роль не видит отчётов</translation>
    </message>
    <message>
        <source>Your role cannot export reports</source>
        <translation>Ваша роль не выгружает отчёты</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>С %1 по %2</translation>
    </message>
    <message>
        <source>Incorrect login or password</source>
        <translation>Неверный логин или пароль</translation>
    </message>
    <message>
        <source>Too many attempts</source>
        <translation>Слишком много попыток</translation>
    </message>
    <message>
        <source>Cannot open the call register</source>
        <translation>Реестр вызовов не открывается</translation>
    </message>
    <message>
        <source>The program is already running</source>
        <translation>Программа уже запущена</translation>
    </message>
    <message>
        <source>Another window is using this register: switch to it.</source>
        <translation>С этим реестром работает другое её окно: перейдите в него.</translation>
    </message>
    <message>
        <source>It was written by a newer version of the program. Install it; the records are safe.</source>
        <translation>Его записала более новая версия программы. Установите её; записи целы.</translation>
    </message>
    <message>
        <source>Cannot read its key (%1). Unlock the system keyring or put the key file back next to the register; without the key the records cannot be read.</source>
        <translation>Ключ не читается (%1). Откройте связку ключей системы или верните файл ключа рядом с реестром: без ключа записи не прочесть.</translation>
    </message>
    <message>
        <source>The file is damaged or encrypted with another key (%1). Do not delete it: contact the administrator to restore it from the backup.</source>
        <translation>Файл повреждён или зашифрован другим ключом (%1). Не удаляйте его: позовите администратора, он восстановит копию.</translation>
    </message>
    <message>
        <source>Disk error (%1). Check free space and permissions of the data folder.</source>
        <translation>Диск отказывает (%1). Проверьте свободное место и права на папку данных.</translation>
    </message>
    <message>
        <source>Reason: %1. Contact the administrator.</source>
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
        <source>Platform down since %1</source>
        <translation>Платформа недоступна с %1</translation>
    </message>
    <message>
        <source>Message № %1 has news from the platform</source>
        <translation>По сообщению № %1 есть новости с платформы</translation>
    </message>
    <message>
        <source>The platform rejects message № %1 (%2)</source>
        <translation>Платформа не принимает сообщение № %1 (%2)</translation>
    </message>
    <message>
        <source>It is registered here; tell the administrator.</source>
        <translation>Здесь оно зарегистрировано; сообщите администратору.</translation>
    </message>
    <message>
        <source>Cannot open the directory</source>
        <translation>Справочник не открывается</translation>
    </message>
    <message>
        <source>It was written by a newer version of the program. Install that version.</source>
        <translation>Его записала более новая версия программы. Установите её.</translation>
    </message>
    <message>
        <source>The file directory.db is damaged or the disk fails. The administrator can move it away: the program recreates it at the next start.</source>
        <translation>Файл directory.db повреждён или диск отказывает. Администратор может убрать его: при следующем запуске программа создаст справочник заново.</translation>
    </message>
    <message>
        <source>The value of %1 is invalid. Correct it in console.toml and start again.</source>
        <translation>Значение %1 не подходит. Исправьте его в console.toml и запустите программу снова.</translation>
    </message>
    <message>
        <source>Invalid setting</source>
        <translation>Ошибка в настройках</translation>
    </message>
    <message>
        <source>City database down since %1</source>
        <translation>База города недоступна с %1</translation>
    </message>
    <message>
        <source>it is not responding</source>
        <translation>она не отвечает</translation>
    </message>
    <message>
        <source>it is overloaded</source>
        <translation>она перегружена</translation>
    </message>
    <message>
        <source>it accepts no records now</source>
        <translation>она сейчас не принимает записи</translation>
    </message>
    <message>
        <source>its tables are not ready: the administrator must run central init</source>
        <translation>её таблицы не готовы, нужен администратор (central init)</translation>
    </message>
    <message>
        <source>it rejects this workplace: call the administrator</source>
        <translation>она не пускает это рабочее место, нужен администратор</translation>
    </message>
    <message>
        <source>another computer uses this workplace&apos;s code: call the administrator</source>
        <translation>код этого рабочего места занят другим компьютером, нужен администратор</translation>
    </message>
    <message>
        <source>the local register cannot be read</source>
        <translation>не читается реестр на этом компьютере</translation>
    </message>
    <message>
        <source>the reason is in the log</source>
        <translation>причина в журнале программы</translation>
    </message>
    <message>
        <source>All data is stored encrypted on this computer. Add the first user; a supervisor has all rights.</source>
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
        <source>Call to own number</source>
        <translation>Звонок на свой номер</translation>
    </message>
    <message>
        <source>Two-way audio</source>
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
        <source>Is the phone registered with the PBX?</source>
        <translation>Знает ли станция этот телефон?</translation>
    </message>
    <message>
        <source>Do calls arrive here?</source>
        <translation>Доходит ли сюда звонок?</translation>
    </message>
    <message>
        <source>Does voice pass both ways?</source>
        <translation>Проходит ли голос туда и обратно?</translation>
    </message>
    <message>
        <source>Can you be heard? You will need to speak.</source>
        <translation>Слышно ли вас? Нужно будет говорить.</translation>
    </message>
    <message>
        <source>Does the phone ring out loud?</source>
        <translation>Звонит ли телефон вслух?</translation>
    </message>
    <message>
        <source>Contacting the PBX…</source>
        <translation>Спрашиваем станцию…</translation>
    </message>
    <message>
        <source>Calling own number…</source>
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
        <source>The phone is ringing: listen</source>
        <translation>Звучит сигнал вызова: слушайте</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>ожидает</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>проверяется</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>в порядке</translation>
    </message>
    <message>
        <source>has an issue</source>
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
        <source>Unknown result: %1</source>
        <translation>Неизвестный исход: %1</translation>
    </message>
    <message>
        <source>Call the administrator.</source>
        <translation>Позовите администратора.</translation>
    </message>
    <message>
        <source>Call the administrator and quote this code.</source>
        <translation>Позовите администратора и назовите ему этот код.</translation>
    </message>
    <message>
        <source>Check the network cable; if the network works, call the administrator.</source>
        <translation>Проверьте сетевой кабель. Если сеть есть, позовите администратора.</translation>
    </message>
    <message>
        <source>Plug in your headset and repeat the check.</source>
        <translation>Подключите гарнитуру и повторите проверку.</translation>
    </message>
    <message>
        <source>The PBX accepted the registration</source>
        <translation>Станция приняла регистрацию телефона</translation>
    </message>
    <message>
        <source>No PBX configured: direct calls only</source>
        <translation>Станция не настроена: телефон принимает только прямые звонки</translation>
    </message>
    <message>
        <source>The PBX rejected the phone account (%1)</source>
        <translation>Станция не приняла учётную запись телефона (%1)</translation>
    </message>
    <message>
        <source>Call the administrator: the phone&apos;s number or password is wrong.</source>
        <translation>Позовите администратора: номер или пароль телефона в настройках неверны.</translation>
    </message>
    <message>
        <source>The PBX rejected the registration (%1)</source>
        <translation>Станция отказала телефону в регистрации (%1)</translation>
    </message>
    <message>
        <source>PBX name not found</source>
        <translation>Имя станции не найдено в сети</translation>
    </message>
    <message>
        <source>Check the network cable; if it is fine, the administrator checks name and DNS.</source>
        <translation>Проверьте сетевой кабель. Если сеть есть, администратор проверит имя станции и DNS.</translation>
    </message>
    <message>
        <source>The PBX refuses the connection</source>
        <translation>Станция не принимает соединение</translation>
    </message>
    <message>
        <source>Call the administrator: the PBX is off or its port is closed.</source>
        <translation>Позовите администратора: станция выключена или её порт закрыт.</translation>
    </message>
    <message>
        <source>No network route to the PBX</source>
        <translation>До станции нет пути по сети</translation>
    </message>
    <message>
        <source>The PBX does not respond to connections</source>
        <translation>Станция молчит при попытке соединиться</translation>
    </message>
    <message>
        <source>The PBX connection was lost</source>
        <translation>Соединение со станцией оборвалось</translation>
    </message>
    <message>
        <source>The PBX certificate is not trusted</source>
        <translation>Сертификат станции не вызывает доверия</translation>
    </message>
    <message>
        <source>Call the administrator: the certificate is for another server or expired.</source>
        <translation>Позовите администратора: сертификат чужой или просрочен.</translation>
    </message>
    <message>
        <source>Cannot encrypt the PBX connection</source>
        <translation>Не удаётся зашифровать связь со станцией</translation>
    </message>
    <message>
        <source>Calls arrive at this phone</source>
        <translation>Звонок доходит до этого телефона</translation>
    </message>
    <message>
        <source>The call did not arrive within 10 seconds</source>
        <translation>Звонок не дошёл за 10 секунд</translation>
    </message>
    <message>
        <source>Citizens&apos; calls may not arrive either: call the administrator to check where the PBX routes them.</source>
        <translation>Звонки абонентов тоже могут не доходить. Позовите администратора: он проверит, куда их направляет станция.</translation>
    </message>
    <message>
        <source>The PBX cannot find this number</source>
        <translation>Станция не находит этот номер</translation>
    </message>
    <message>
        <source>Register again; if that does not help, call the administrator.</source>
        <translation>Зарегистрируйте телефон заново. Если не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>Own number is busy or rejects calls</source>
        <translation>Свой номер занят или не принимает звонки</translation>
    </message>
    <message>
        <source>Another phone with this number may be on a call, or do-not-disturb is set.</source>
        <translation>Возможно, разговаривает другой аппарат с этим номером или в настройках стоит «не беспокоить».</translation>
    </message>
    <message>
        <source>The PBX did not connect (%1)</source>
        <translation>Станция не соединила (%1)</translation>
    </message>
    <message>
        <source>No free port for the check</source>
        <translation>Для проверки нет свободного порта</translation>
    </message>
    <message>
        <source>Try again in a minute, then call the administrator.</source>
        <translation>Повторите через минуту. Если не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>Not checked: registration required first</source>
        <translation>Не проверялось: сначала нужна регистрация</translation>
    </message>
    <message>
        <source>Clear both ways, delay %1 ms</source>
        <translation>Слышно чисто в обе стороны, задержка %1 мс</translation>
    </message>
    <message>
        <source>No sound came back</source>
        <translation>Звук не вернулся</translation>
    </message>
    <message>
        <source>You and the caller would not hear each other: call the administrator. Voice ports are closed, or the PBX sends your own number to voicemail.</source>
        <translation>Вы с абонентом не услышите друг друга. Позовите администратора: закрыты порты голоса или станция отправляет свой номер на автоответчик.</translation>
    </message>
    <message>
        <source>The returned sound is distorted</source>
        <translation>Звук вернулся с искажениями</translation>
    </message>
    <message>
        <source>Voices will break up. Stop large downloads and try again; if it persists, call the administrator.</source>
        <translation>Голос будет прерываться. Остановите большие загрузки и повторите. Если не прошло, позовите администратора.</translation>
    </message>
    <message>
        <source>The sound is delayed: %1 ms</source>
        <translation>Звук запаздывает на %1 мс</translation>
    </message>
    <message>
        <source>You and the caller will talk over each other. Repeat the check; if it persists, call the administrator.</source>
        <translation>Вы с абонентом будете перебивать друг друга. Повторите проверку. Если не прошло, позовите администратора.</translation>
    </message>
    <message>
        <source>Not checked: no call</source>
        <translation>Не проверялось: звонок не состоялся</translation>
    </message>
    <message>
        <source>You can be heard well</source>
        <translation>Вас хорошо слышно</translation>
    </message>
    <message>
        <source>You are hard to hear</source>
        <translation>Вас плохо слышно</translation>
    </message>
    <message>
        <source>Move the microphone closer or turn it up in system settings.</source>
        <translation>Придвиньте микрофон или прибавьте его громкость в настройках компьютера.</translation>
    </message>
    <message>
        <source>Too loud: your voice is clipped</source>
        <translation>Слишком громко: голос искажается</translation>
    </message>
    <message>
        <source>Move the microphone away or turn it down in system settings.</source>
        <translation>Отодвиньте микрофон или убавьте его громкость в настройках компьютера.</translation>
    </message>
    <message>
        <source>No sound from the microphone</source>
        <translation>Микрофон не передаёт звук</translation>
    </message>
    <message>
        <source>Check the headset switch, and speak during the microphone check.</source>
        <translation>Проверьте выключатель на гарнитуре и говорите, пока идёт проверка микрофона.</translation>
    </message>
    <message>
        <source>No microphone found</source>
        <translation>Микрофон не найден</translation>
    </message>
    <message>
        <source>Another microphone picks you up</source>
        <translation>Вас слышит другой микрофон</translation>
    </message>
    <message>
        <source>The selected headset is unplugged: plug it in and repeat the check.</source>
        <translation>Выбранная гарнитура не подключена. Подключите её и повторите проверку.</translation>
    </message>
    <message>
        <source>Computer sound is not working</source>
        <translation>Звук на компьютере не работает</translation>
    </message>
    <message>
        <source>The ring tone was played</source>
        <translation>Сигнал вызова прозвучал</translation>
    </message>
    <message>
        <source>Can&apos;t hear it? Turn up the speaker volume.</source>
        <translation>Не услышали? Прибавьте громкость динамика.</translation>
    </message>
    <message>
        <source>You will see calls but not hear them: plug in a speaker or headset.</source>
        <translation>Вызовы будут видны, но не слышны. Подключите динамик или гарнитуру.</translation>
    </message>
    <message>
        <source>It rings on another device</source>
        <translation>Сигнал звучит на другом устройстве</translation>
    </message>
    <message>
        <source>The selected ringer is unplugged: plug it in and repeat the check.</source>
        <translation>Выбранный динамик не подключён. Подключите его и повторите проверку.</translation>
    </message>
    <message>
        <source>Not checked: no sound</source>
        <translation>Не проверялось: звук не работает</translation>
    </message>
    <message>
        <source>Call in progress: check when the line is free.</source>
        <translation>Идёт вызов: проверка возможна, когда линия свободна.</translation>
    </message>
    <message>
        <source>The phone is starting: try again in a few seconds.</source>
        <translation>Телефон запускается: повторите через несколько секунд.</translation>
    </message>
    <message>
        <source>Check stopped.</source>
        <translation>Проверка остановлена.</translation>
    </message>
    <message>
        <source>Incoming call: check interrupted.</source>
        <translation>Поступил вызов: проверка прервана.</translation>
    </message>
    <message>
        <source>The phone program ended and is restarting: repeat the check.</source>
        <translation>Программа телефона завершилась и запускается заново: повторите проверку.</translation>
    </message>
    <message>
        <source>The check failed: repeat it, then call the administrator.</source>
        <translation>Проверка не закончилась: повторите её. Если не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>Checked at %1.</source>
        <translation>Проверено в %1.</translation>
    </message>
    <message>
        <source>The phone is OK.</source>
        <translation>Телефон в порядке.</translation>
    </message>
    <message>
        <source>No PBX configured: nowhere to register</source>
        <translation>Станция не настроена: регистрировать телефон негде</translation>
    </message>
    <message>
        <source>PBX</source>
        <translation>Станция</translation>
    </message>
    <message>
        <source>Last registration</source>
        <translation>Последняя регистрация</translation>
    </message>
    <message>
        <source>Phone program</source>
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
        <source>disconnected since %1</source>
        <translation>нет связи с %1</translation>
    </message>
    <message>
        <source>less than a minute ago</source>
        <translation>меньше минуты назад</translation>
    </message>
    <message>
        <source>running</source>
        <translation>работает</translation>
    </message>
    <message>
        <source>restarted at %1</source>
        <translation>перезапущена в %1</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>запускается</translation>
    </message>
    <message>
        <source>failed at %1, restarting</source>
        <translation>сбой в %1, запускается заново</translation>
    </message>
    <message>
        <source>no issues</source>
        <translation>замечаний нет</translation>
    </message>
    <message>
        <source>The headset is unplugged</source>
        <translation>Гарнитура отключена</translation>
    </message>
    <message>
        <source>Plug it in: the call continues and sound returns automatically.</source>
        <translation>Подключите её: вызов не прервётся, звук вернётся сам.</translation>
    </message>
    <message>
        <source>Microphone unplugged</source>
        <translation>Микрофон отключён</translation>
    </message>
    <message>
        <source>The caller cannot hear you: check the headset plug.</source>
        <translation>Абонент вас не слышит: проверьте разъём гарнитуры.</translation>
    </message>
    <message>
        <source>Earpiece unplugged</source>
        <translation>Наушник отключён</translation>
    </message>
    <message>
        <source>You cannot hear the caller: check the headset plug.</source>
        <translation>Вы не слышите абонента: проверьте разъём гарнитуры.</translation>
    </message>
    <message>
        <source>Another sound device is in use</source>
        <translation>Работает другое звуковое устройство</translation>
    </message>
    <message>
        <source>The selected headset is missing: plug it in, and it is used again automatically.</source>
        <translation>Выбранная гарнитура не найдена. Подключите её: телефон вернётся к ней сам.</translation>
    </message>
    <message>
        <source>Echo is not cancelled</source>
        <translation>Эхо не подавляется</translation>
    </message>
    <message>
        <source>Callers may hear themselves: use a headset, not loudspeakers.</source>
        <translation>Абонент может слышать сам себя: говорите через гарнитуру, без колонок.</translation>
    </message>
    <message>
        <source>The headset works again</source>
        <translation>Гарнитура снова работает</translation>
    </message>
    <message>
        <source>The selected headset is in use again</source>
        <translation>Снова работает выбранная гарнитура</translation>
    </message>
    <message>
        <source>Echo is cancelled again</source>
        <translation>Эхо снова подавляется</translation>
    </message>
    <message>
        <source>The caller cannot be heard</source>
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
        <source>Round trip: %1 ms</source>
        <translation>Туда и обратно: %1 мс</translation>
    </message>
    <message>
        <source>Lost on caller&apos;s side: %1 %</source>
        <translation>Потери у абонента: %1 %</translation>
    </message>
    <message>
        <source>Speak slowly and have numbers repeated; if it persists, ask the caller to call back.</source>
        <translation>Говорите медленно, переспрашивайте числа. Если не проходит, попросите абонента перезвонить.</translation>
    </message>
    <message>
        <source>Phone up since %1</source>
        <translation>Телефон на связи с %1</translation>
    </message>
    <message>
        <source>The phone program has ended</source>
        <translation>Программа телефона завершилась</translation>
    </message>
    <message>
        <source>It restarts automatically; the current call may have dropped. Details: F12.</source>
        <translation>Она запустится сама; идущий вызов мог прерваться. Подробнее — F12.</translation>
    </message>
    <message>
        <source>The phone program works again</source>
        <translation>Программа телефона снова работает</translation>
    </message>
    <message>
        <source>none, direct calls to %1</source>
        <translation>нет, прямые звонки на %1</translation>
    </message>
    <message>
        <source>The directory was damaged and has been repaired</source>
        <translation>Справочник был повреждён и восстановлен</translation>
    </message>
    <message>
        <source>No entries were lost. The damaged file is kept as %1 for the administrator.</source>
        <translation>Записи не потеряны. Повреждённый файл сохранён для администратора под именем %1.</translation>
    </message>
    <message>
        <source>Could not rebuild the directory index</source>
        <translation>Не удалось обновить указатель справочника</translation>
    </message>
    <message>
        <source>Cannot write to disk. Search still works; tell the administrator.</source>
        <translation>Диск не даёт записать. Поиск работает; сообщите администратору.</translation>
    </message>
    <message>
        <source>The directory is damaged and cannot be repaired</source>
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
        <source>Responsible</source>
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
        <source>Valid from</source>
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
        <source>Time limit</source>
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
        <source>Position</source>
        <translation>Должность</translation>
    </message>
    <message>
        <source>Visiting hours</source>
        <translation>Приём</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Участвуют</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Маршрут</translation>
    </message>
    <message>
        <source>Answer within</source>
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
        <source>One number per line: number, ext. 215 — purpose</source>
        <translation>По одному номеру в строке: номер, доб. 215 — для чего он</translation>
    </message>
    <message>
        <source>Format: mon–fri 8:30–17:30, lunch 13:00–14:00</source>
        <translation>Пишите так: пн–пт 8:30–17:30, обед 13:00–14:00</translation>
    </message>
    <message>
        <source>Enter a number of days, e.g. 30</source>
        <translation>Напишите число дней, например 30</translation>
    </message>
    <message>
        <source>An entry cannot belong to itself</source>
        <translation>Запись не может входить сама в себя</translation>
    </message>
    <message>
        <source>Enter the date as DD.MM.YYYY, later than the first</source>
        <translation>Напишите день как ДД.ММ.ГГГГ, позже первого</translation>
    </message>
    <message>
        <source>Enter the date as DD.MM.YYYY</source>
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
        <source>Draft not saved: retrying</source>
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
        <source>no fields</source>
        <translation>ни одного поля</translation>
    </message>
    <message>
        <source>Entry created</source>
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
        <source>City authorities and services</source>
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
        <source>Entry published</source>
        <translation>Запись опубликована</translation>
    </message>
    <message>
        <source>Operators can find it now.</source>
        <translation>Операторы уже находят её.</translation>
    </message>
    <message>
        <source>Version %1 restored</source>
        <translation>Снова действует правка %1</translation>
    </message>
    <message>
        <source>Nothing changed</source>
        <translation>Ничего не изменено</translation>
    </message>
    <message>
        <source>Entry not published</source>
        <translation>Запись не опубликована</translation>
    </message>
    <message>
        <source>Errors are marked in the form.</source>
        <translation>Что исправить, отмечено в форме.</translation>
    </message>
    <message>
        <source>Publish or discard your changes first</source>
        <translation>Сначала опубликуйте или отмените свою правку</translation>
    </message>
    <message>
        <source>Could not write the directory</source>
        <translation>Справочник не удалось записать</translation>
    </message>
    <message>
        <source>Your input is not lost: it stays in the form. Tell the administrator.</source>
        <translation>Набранное не потеряно: оно осталось в форме. Сообщите администратору.</translation>
    </message>
    <message>
        <source>Your role cannot edit the directory</source>
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
        <source>Proposed by</source>
        <translation>Предлагает</translation>
    </message>
    <message>
        <source>Enter the name (par. 4.2)</source>
        <translation>Напишите название (п. 4.2)</translation>
    </message>
    <message>
        <source>Choose the responsible authority (par. 4.2)</source>
        <translation>Выберите ответственный орган (п. 4.2)</translation>
    </message>
    <message>
        <source>Enter how messages are routed (par. 4.2)</source>
        <translation>Напишите, как направляются сообщения (п. 4.2)</translation>
    </message>
    <message>
        <source>Choose the proposing authority</source>
        <translation>Выберите орган, который это предлагает</translation>
    </message>
    <message>
        <source>Enter the reason: the authority needs it</source>
        <translation>Напишите причину: орган должен её знать</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>ждёт решения</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>принято</translation>
    </message>
    <message>
        <source>Awaiting the supervisor&apos;s decision</source>
        <translation>Ждёт решения старшего оператора</translation>
    </message>
    <message>
        <source>Proposal recorded</source>
        <translation>Предложение записано</translation>
    </message>
    <message>
        <source>Accepted: directory changed</source>
        <translation>Принято, справочник изменён</translation>
    </message>
    <message>
        <source>Declined: directory unchanged</source>
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
        <source>Authority type</source>
        <translation>Вид органа</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Кабинет</translation>
    </message>
    <message>
        <source>Administration department</source>
        <translation>Подразделение администрации</translation>
    </message>
    <message>
        <source>City institution</source>
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
        <source>State authority</source>
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
        <source>same hours before holidays</source>
        <translation>в предпраздничные дни без сокращения</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Вопросы</translation>
    </message>
    <message>
        <source>Authority contacts</source>
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
        <source>Preparing search…</source>
        <translation>Готовим поиск…</translation>
    </message>
    <message>
        <source>Importing: %1 of %2</source>
        <translation>Загружаем: %1 из %2</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Прерываем…</translation>
    </message>
    <message>
        <source>Stopped: directory unchanged</source>
        <translation>Прервано: справочник не изменился</translation>
    </message>
    <message>
        <source>The file is valid and can be imported</source>
        <translation>Весь файл годен: его можно загрузить</translation>
    </message>
    <message>
        <source>Everything is already in the directory</source>
        <translation>Всё это в справочнике уже есть</translation>
    </message>
    <message>
        <source>The file has no entries</source>
        <translation>В файле нет записей</translation>
    </message>
    <message>
        <source>Nothing is imported while rows have errors: fix the file or import valid rows only</source>
        <translation>Пока в файле есть ошибки, ничего не загружено: исправьте файл или загрузите только годные строки</translation>
    </message>
    <message>
        <source>Cannot import the file: see the errors</source>
        <translation>Загрузить нечего: посмотрите, что не так</translation>
    </message>
    <message>
        <source>Imported: new — %1, changed — %2</source>
        <translation>Загружено: новых — %1, изменённых — %2</translation>
    </message>
    <message>
        <source>closed — %1</source>
        <translation>закрытых — %1</translation>
    </message>
    <message>
        <source>Import undone: everything restored</source>
        <translation>Загрузка отменена: всё как было</translation>
    </message>
    <message>
        <source>Import undone, except entries edited since: %1</source>
        <translation>Загрузка отменена, кроме записей, которые с тех пор правили: %1</translation>
    </message>
    <message>
        <source>The directory has been edited since: check the changes again</source>
        <translation>Справочник за это время правили: посмотрите изменения ещё раз</translation>
    </message>
    <message>
        <source>Nothing changed. Contact the administrator.</source>
        <translation>Ничего не изменилось. Сообщите администратору.</translation>
    </message>
    <message>
        <source>Choose a file or enter its path</source>
        <translation>Выберите файл или напишите путь к нему</translation>
    </message>
    <message>
        <source>File not found: check the path</source>
        <translation>Такого файла нет: проверьте путь</translation>
    </message>
    <message>
        <source>Cannot read the file: close it elsewhere or ask for access</source>
        <translation>Файл не даёт себя прочитать: закройте его в другой программе или попросите доступ</translation>
    </message>
    <message>
        <source>Cannot read the file</source>
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
        <source>will be: %1</source>
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
        <source>value: “%1”</source>
        <translation>написано: «%1»</translation>
    </message>
    <message>
        <source>The file is damaged or of the wrong type</source>
        <translation>Файл повреждён или не того вида</translation>
    </message>
    <message>
        <source>The line is not a JSON object</source>
        <translation>Строка — не объект JSON</translation>
    </message>
    <message>
        <source>Not filled in</source>
        <translation>Не заполнено</translation>
    </message>
    <message>
        <source>The folder has no tables</source>
        <translation>В папке нет таблиц</translation>
    </message>
    <message>
        <source>Not XLSX, CSV or JSONL</source>
        <translation>Не XLSX, не CSV и не JSONL</translation>
    </message>
    <message>
        <source>Unclosed quotation mark</source>
        <translation>Кавычка не закрыта</translation>
    </message>
    <message>
        <source>Missing column</source>
        <translation>Не хватает столбца</translation>
    </message>
    <message>
        <source>Duplicate column</source>
        <translation>Столбец стоит дважды</translation>
    </message>
    <message>
        <source>Cell without a heading</source>
        <translation>Над ячейкой нет заголовка</translation>
    </message>
    <message>
        <source>Formula instead of a value</source>
        <translation>Формула вместо значения</translation>
    </message>
    <message>
        <source>No such column for these entries</source>
        <translation>У таких записей нет этого столбца</translation>
    </message>
    <message>
        <source>Wrong value</source>
        <translation>Здесь должно быть другое</translation>
    </message>
    <message>
        <source>Not recognised</source>
        <translation>Не удалось понять</translation>
    </message>
    <message>
        <source>Duplicate key</source>
        <translation>Ключ стоит дважды</translation>
    </message>
    <message>
        <source>No entry with this key</source>
        <translation>Записи с таким ключом нет</translation>
    </message>
    <message>
        <source>Refers to a row with an error</source>
        <translation>Ссылается на строку с ошибкой</translation>
    </message>
    <message>
        <source>Save the table as XLSX or CSV and choose that file.</source>
        <translation>Сохраните таблицу как XLSX или CSV и выберите этот файл.</translation>
    </message>
    <message>
        <source>Open it in its own program and save it again as XLSX or CSV.</source>
        <translation>Откройте его в своей программе и сохраните заново как XLSX или CSV.</translation>
    </message>
    <message>
        <source>Each line must be one JSON object.</source>
        <translation>На каждой строке должен стоять один объект JSON.</translation>
    </message>
    <message>
        <source>Find the extra quotation mark in this row; the rest is not read.</source>
        <translation>Найдите в этой строке лишнюю кавычку; дальше файл не прочитан.</translation>
    </message>
    <message>
        <source>Compare the headings with the sample table and remove extra ones.</source>
        <translation>Сверьте заголовки с образцом таблицы и уберите лишнее.</translation>
    </message>
    <message>
        <source>Keep one of the two columns.</source>
        <translation>Оставьте один из двух столбцов.</translation>
    </message>
    <message>
        <source>Put the value in the cell: copy, then paste as values.</source>
        <translation>Поставьте в ячейку само значение: скопируйте и вставьте «как значения».</translation>
    </message>
    <message>
        <source>Give one of the two rows another key or remove it.</source>
        <translation>Дайте одной из двух строк другой ключ или уберите её.</translation>
    </message>
    <message>
        <source>Enter the key of an entry in the directory or this file.</source>
        <translation>Напишите ключ записи, которая есть в справочнике или в этом файле.</translation>
    </message>
    <message>
        <source>Fix that row first; this one is correct.</source>
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
        <source>%1 — errors</source>
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
        <source>Problem</source>
        <translation>Что не так</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Написано</translation>
    </message>
    <message>
        <source>Exporting the file…</source>
        <translation>Пишем файл…</translation>
    </message>
    <message>
        <source>Entries exported: %1</source>
        <translation>Выгружено записей: %1</translation>
    </message>
    <message>
        <source>Choose at least one kind of entry</source>
        <translation>Выберите хотя бы один вид записей</translation>
    </message>
    <message>
        <source>File saved: %1</source>
        <translation>Файл записан: %1</translation>
    </message>
    <message>
        <source>File not saved</source>
        <translation>Файл не записан</translation>
    </message>
    <message>
        <source>Entry %1, column “%2”: this format does not support it. Choose XLSX.</source>
        <translation>Запись %1, столбец «%2»: в этом формате такого не записать. Выберите XLSX.</translation>
    </message>
    <message>
        <source>Close it where it is open, or choose another folder.</source>
        <translation>Закройте его там, где он открыт, или выберите другую папку.</translation>
    </message>
    <message>
        <source>Outdated</source>
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
        <source>Days overdue</source>
        <translation>Дней сверх срока</translation>
    </message>
    <message>
        <source>ID</source>
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
        <source>Closed: %1. Save it to reactivate.</source>
        <translation>Закрыта: %1. Сохраните — будет действовать снова.</translation>
    </message>
    <message>
        <source>then found “%1”</source>
        <translation>потом нашли «%1»</translation>
    </message>
    <message>
        <source>Searched for “%1” without results, then found “%2” by “%3”: %4</source>
        <translation>Искали «%1» и не нашли, потом нашли «%2» по словам «%3»: %4</translation>
    </message>
    <message>
        <source>These words find nothing: the synonym will not help</source>
        <translation>По этим словам ничего не находится: синоним не поможет</translation>
    </message>
    <message>
        <source>It will find: %1</source>
        <translation>Найдётся: %1</translation>
    </message>
    <message>
        <source>Enter what people say</source>
        <translation>Напишите, как говорят люди</translation>
    </message>
    <message>
        <source>Enter what the directory calls it</source>
        <translation>Напишите, как это названо в справочнике</translation>
    </message>
    <message>
        <source>The words are the same: enter others</source>
        <translation>Это те же слова: напишите другие</translation>
    </message>
    <message>
        <source>Synonym saved: %1</source>
        <translation>Синоним сохранён: %1</translation>
    </message>
    <message>
        <source>Search uses it from now on.</source>
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
        <source>found %1, none useful</source>
        <translation>нашлось %1, не пригодилось</translation>
    </message>
    <message>
        <source>Handled: “%1”</source>
        <translation>Разобрано: «%1»</translation>
    </message>
    <message>
        <source>%1 not found</source>
        <translation>%1 не нашли</translation>
    </message>
    <message>
        <source>No one is responsible</source>
        <translation>Никто не отвечает</translation>
    </message>
    <message>
        <source>Checked today: “%1”</source>
        <translation>Проверено сегодня: «%1»</translation>
    </message>
    <message>
        <source>outdated-entries</source>
        <translation>устаревшие-записи</translation>
    </message>
    <message>
        <source>Undoing import…</source>
        <translation>Отменяем загрузку…</translation>
    </message>
    <message>
        <source>Spell check is off</source>
        <translation>Проверка правописания выключена</translation>
    </message>
    <message>
        <source>The administrator can turn it on.</source>
        <translation>Включает её администратор.</translation>
    </message>
    <message>
        <source>No spelling dictionary</source>
        <translation>Нет словаря для проверки</translation>
    </message>
    <message>
        <source>Texts are saved as usual; the administrator can install hunspell-ru.</source>
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
        <source>Could not write to the disk. Try again later.</source>
        <translation>Диск его не принял. Повторите позже.</translation>
    </message>
    <message>
        <source>The directory cannot be read</source>
        <translation>Справочник не читается</translation>
    </message>
    <message>
        <source>The disk is full. Free up space and it will resume by itself.</source>
        <translation>На диске нет места. Освободите его, и справочник заработает сам.</translation>
    </message>
    <message>
        <source>Its file directory.db is damaged. Restart the program; if that does not help, call the administrator.</source>
        <translation>Его файл directory.db повреждён. Перезапустите программу; не поможет — позовите администратора.</translation>
    </message>
    <message>
        <source>Its file is in use by another program, such as a backup. Try again in a minute.</source>
        <translation>Его файл занят другой программой, например резервным копированием. Повторите через минуту.</translation>
    </message>
    <message>
        <source>Cannot read directory.db from disk. Try again; if that does not help, restart the program and call the administrator. Calls still work.</source>
        <translation>Диск не отдаёт его файл directory.db. Повторите; не поможет — перезапустите программу и позовите администратора. Звонки идут как прежде.</translation>
    </message>
    <message>
        <source>Only supervisors edit topics and categories; propose a change: Alt+N</source>
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
        <source>Process map</source>
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
        <source>Allowed: PDF, DOCX, PNG, JPG and TIFF. Save it as PDF and attach that.</source>
        <translation>Прикладываются PDF, DOCX, PNG, JPG и TIFF. Сохраните его как PDF и приложите.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Он пустой.</translation>
    </message>
    <message>
        <source>It is larger than %1, and every workplace downloads it. Make it smaller, e.g. a PDF with lower-resolution images.</source>
        <translation>Он больше %1, а получает его каждое рабочее место. Сохраните его меньше, например как PDF с картинками меньшего разрешения.</translation>
    </message>
    <message>
        <source>Its content does not match its name. Open it and save it again.</source>
        <translation>Внутри не то, что обещает имя. Откройте его и сохраните заново.</translation>
    </message>
    <message>
        <source>It cannot be read: is it there and not open elsewhere?</source>
        <translation>Его не прочитать: на месте ли он и не открыт ли в другой программе?</translation>
    </message>
    <message>
        <source>Document attached</source>
        <translation>Документ приложен</translation>
    </message>
    <message>
        <source>The document is closed</source>
        <translation>Документ закрыт</translation>
    </message>
    <message>
        <source>It is kept but no longer shown to anyone.</source>
        <translation>Он хранится, но больше никому не показывается.</translation>
    </message>
    <message>
        <source>Publish the entry first, then attach documents</source>
        <translation>Сначала опубликуйте запись, потом прикладывайте документы</translation>
    </message>
    <message>
        <source>Cannot open the document</source>
        <translation>Документ не открывается</translation>
    </message>
    <message>
        <source>This computer has no program for it, or the disk is full.</source>
        <translation>На этом компьютере нет для него программы, или диск полон.</translation>
    </message>
    <message>
        <source>Authority&apos;s answer to message № %1 of %2</source>
        <translation>Ответ органа на сообщение № %1 от %2</translation>
    </message>
    <message>
        <source>Personal data: remove %1</source>
        <translation>Персональные данные: уберите %1</translation>
    </message>
    <message>
        <source>Could not check for personal data: read the text yourself</source>
        <translation>Персональные данные не проверены: прочитайте текст сами</translation>
    </message>
    <message>
        <source>The text contains personal data</source>
        <translation>В тексте остались персональные данные</translation>
    </message>
    <message>
        <source>Press Ctrl+Enter again to publish it as is.</source>
        <translation>Ещё раз Ctrl+Enter — опубликовать как есть.</translation>
    </message>
    <message>
        <source>Authorities&apos; answers</source>
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
        <source>Authorities&apos; answers to platform messages appear here.</source>
        <translation>Здесь появятся ответы органов на сообщения, переданные на платформу.</translation>
    </message>
    <message>
        <source>awaiting review</source>
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
        <source>removed as a duplicate</source>
        <translation>удалено как повтор</translation>
    </message>
    <message>
        <source>with authority</source>
        <translation>у органа</translation>
    </message>
    <message>
        <source>answer under review</source>
        <translation>ответ на проверке</translation>
    </message>
    <message>
        <source>answer returned to the authority</source>
        <translation>ответ возвращён органу</translation>
    </message>
    <message>
        <source>answer sent</source>
        <translation>ответ направлен</translation>
    </message>
    <message>
        <source>awaiting promised date</source>
        <translation>ждёт обещанного срока</translation>
    </message>
    <message>
        <source>answer rated</source>
        <translation>ответ оценён</translation>
    </message>
    <message>
        <source>in rework</source>
        <translation>на доработке</translation>
    </message>
    <message>
        <source>forwarded by votes</source>
        <translation>передано по голосам</translation>
    </message>
    <message>
        <source>Submit for review</source>
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
        <source>Discard draft</source>
        <translation>Отбросить черновик</translation>
    </message>
    <message>
        <source>Set publicity</source>
        <translation>Указать публичность</translation>
    </message>
    <message>
        <source>Mark confidential data</source>
        <translation>Отметить конфиденциальные сведения</translation>
    </message>
    <message>
        <source>Remove mark</source>
        <translation>Снять отметку</translation>
    </message>
    <message>
        <source>Unpublish the message</source>
        <translation>Снять с публикации</translation>
    </message>
    <message>
        <source>Link to another message</source>
        <translation>Связать с другим сообщением</translation>
    </message>
    <message>
        <source>Link call</source>
        <translation>Связать телефонный вызов</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Взять в работу</translation>
    </message>
    <message>
        <source>Return to queue</source>
        <translation>Вернуть в очередь</translation>
    </message>
    <message>
        <source>Correct message</source>
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
        <source>Remove as a duplicate</source>
        <translation>Удалить как повтор</translation>
    </message>
    <message>
        <source>Send to the authority</source>
        <translation>Направить органу</translation>
    </message>
    <message>
        <source>Redirect to another authority</source>
        <translation>Перенаправить другому органу</translation>
    </message>
    <message>
        <source>Answer yourself</source>
        <translation>Ответить самостоятельно</translation>
    </message>
    <message>
        <source>Accept the authority&apos;s answer</source>
        <translation>Принять ответ органа</translation>
    </message>
    <message>
        <source>Return the answer</source>
        <translation>Вернуть ответ</translation>
    </message>
    <message>
        <source>Send answer</source>
        <translation>Направить ответ</translation>
    </message>
    <message>
        <source>Send answer with date</source>
        <translation>Направить ответ со сроком</translation>
    </message>
    <message>
        <source>Reopen on the date</source>
        <translation>Открыть снова в срок</translation>
    </message>
    <message>
        <source>Record the rating</source>
        <translation>Записать оценку</translation>
    </message>
    <message>
        <source>Record remarks</source>
        <translation>Записать замечания</translation>
    </message>
    <message>
        <source>Send for rework</source>
        <translation>Направить на доработку</translation>
    </message>
    <message>
        <source>Forward by votes</source>
        <translation>Передать по голосам</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Закрыть сообщение</translation>
    </message>
    <message>
        <source>Submitted for review</source>
        <translation>Передано на рассмотрение</translation>
    </message>
    <message>
        <source>Joined to a known message</source>
        <translation>Присоединено к известному сообщению</translation>
    </message>
    <message>
        <source>Draft discarded</source>
        <translation>Черновик отброшен</translation>
    </message>
    <message>
        <source>Publicity set</source>
        <translation>Публичность указана</translation>
    </message>
    <message>
        <source>Confidential data marked</source>
        <translation>Отмечены конфиденциальные сведения</translation>
    </message>
    <message>
        <source>Mark removed</source>
        <translation>Отметка снята</translation>
    </message>
    <message>
        <source>Unpublished</source>
        <translation>Снято с публикации</translation>
    </message>
    <message>
        <source>Linked to another message</source>
        <translation>Связано с другим сообщением</translation>
    </message>
    <message>
        <source>Phone call linked</source>
        <translation>Связан телефонный вызов</translation>
    </message>
    <message>
        <source>Taken for review</source>
        <translation>Взято на рассмотрение</translation>
    </message>
    <message>
        <source>Returned to queue</source>
        <translation>Возвращено в очередь</translation>
    </message>
    <message>
        <source>Message corrected</source>
        <translation>Сообщение исправлено</translation>
    </message>
    <message>
        <source>Colleague asked</source>
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
        <source>Removed as a duplicate</source>
        <translation>Удалено как повтор</translation>
    </message>
    <message>
        <source>Sent to the authority</source>
        <translation>Направлено органу</translation>
    </message>
    <message>
        <source>Redirected to another authority</source>
        <translation>Перенаправлено другому органу</translation>
    </message>
    <message>
        <source>Answered by the operator</source>
        <translation>Ответил оператор</translation>
    </message>
    <message>
        <source>Answered by the authority</source>
        <translation>Орган ответил</translation>
    </message>
    <message>
        <source>Answer sent back</source>
        <translation>Ответ возвращён на исправление</translation>
    </message>
    <message>
        <source>Answer sent to the author</source>
        <translation>Ответ направлен автору</translation>
    </message>
    <message>
        <source>Answer with a date sent to the author</source>
        <translation>Ответ со сроком направлен автору</translation>
    </message>
    <message>
        <source>Promised date reached: further answer required</source>
        <translation>Обещанный срок наступил: нужен дополнительный ответ</translation>
    </message>
    <message>
        <source>The author rated the answer</source>
        <translation>Автор оценил ответ</translation>
    </message>
    <message>
        <source>The author is not satisfied with the answer</source>
        <translation>Автор недоволен ответом</translation>
    </message>
    <message>
        <source>Sent for rework</source>
        <translation>Направлено на доработку</translation>
    </message>
    <message>
        <source>Forwarded by votes</source>
        <translation>Передано по голосам</translation>
    </message>
    <message>
        <source>Message closed</source>
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
        <source>directory editor</source>
        <translation>редактор справочника</translation>
    </message>
    <message>
        <source>supervisor</source>
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
        <source>program</source>
        <translation>программа</translation>
    </message>
    <message>
        <source>par. %1</source>
        <translation>п. %1</translation>
    </message>
    <message>
        <source>Describe what happened, or add a photo</source>
        <translation>Напишите, что случилось, или приложите фотографию</translation>
    </message>
    <message>
        <source>The message is incomplete</source>
        <translation>Сообщение заполнено не полностью</translation>
    </message>
    <message>
        <source>Choose the messages to split it into</source>
        <translation>Укажите, на какие сообщения разделить</translation>
    </message>
    <message>
        <source>Choose the other message</source>
        <translation>Выберите другое сообщение</translation>
    </message>
    <message>
        <source>Explain why</source>
        <translation>Напишите, почему</translation>
    </message>
    <message>
        <source>Mark which par. 6.12 data it contains</source>
        <translation>Отметьте, какие сведения из п. 6.12 в нём есть</translation>
    </message>
    <message>
        <source>Not marked: nothing to remove</source>
        <translation>Отметки нет: снимать нечего</translation>
    </message>
    <message>
        <source>The message is not published</source>
        <translation>Сообщение не опубликовано</translation>
    </message>
    <message>
        <source>The message is non-public: the author did not ask for publication, or it contains data that may not be shown</source>
        <translation>Сообщение непубличное: автор не просил показывать его всем или в нём есть сведения, которые показывать нельзя</translation>
    </message>
    <message>
        <source>The message is public: register and publish it together</source>
        <translation>Сообщение публичное: его регистрируют вместе с публикацией</translation>
    </message>
    <message>
        <source>Take the message first</source>
        <translation>Сначала возьмите сообщение в работу</translation>
    </message>
    <message>
        <source>A colleague has taken it; only a supervisor can return it</source>
        <translation>Сообщение взял в работу другой сотрудник; вернуть его в очередь может старший оператор</translation>
    </message>
    <message>
        <source>Choose at least one ground</source>
        <translation>Выберите хотя бы одно основание отказа</translation>
    </message>
    <message>
        <source>Write what the author should correct</source>
        <translation>Напишите, что автору исправить</translation>
    </message>
    <message>
        <source>Choose the earlier message the refusal is based on</source>
        <translation>Укажите более раннее сообщение, на котором основан отказ</translation>
    </message>
    <message>
        <source>The answer term of the first message has passed: not a duplicate</source>
        <translation>Срок ответа на первое сообщение вышел: это не повтор</translation>
    </message>
    <message>
        <source>Choose the authority</source>
        <translation>Выберите орган</translation>
    </message>
    <message>
        <source>The topic belongs to another authority: explain why it goes to this one</source>
        <translation>За тему отвечает другой орган: напишите, почему направляете этому</translation>
    </message>
    <message>
        <source>This authority already has the message: choose another</source>
        <translation>Сообщение уже у этого органа: выберите другой</translation>
    </message>
    <message>
        <source>The message is with an authority: enter its answer</source>
        <translation>Сообщение у органа, отвечает он: внесите его ответ</translation>
    </message>
    <message>
        <source>The message is with no authority: answer it yourself or send it to one</source>
        <translation>Сообщение не направлено органу: ответьте сами или направьте его</translation>
    </message>
    <message>
        <source>The answer is incomplete</source>
        <translation>Ответ заполнен не полностью</translation>
    </message>
    <message>
        <source>An authority promises a date: send the message to it first</source>
        <translation>Срок обещает орган: сначала направьте сообщение ему</translation>
    </message>
    <message>
        <source>The answer promises a date: send it with the date</source>
        <translation>В ответе обещан срок: направьте ответ со сроком</translation>
    </message>
    <message>
        <source>The answer promises no date</source>
        <translation>В ответе не обещан срок</translation>
    </message>
    <message>
        <source>The answer contains data that may not be published: return it or unpublish the message</source>
        <translation>В ответе есть сведения, которые нельзя публиковать: верните его или снимите сообщение с публикации</translation>
    </message>
    <message>
        <source>The promised date has not come yet</source>
        <translation>Обещанный срок ещё не наступил</translation>
    </message>
    <message>
        <source>This answer is already rated</source>
        <translation>Этот ответ уже оценён</translation>
    </message>
    <message>
        <source>A negative rating requires remarks</source>
        <translation>Отрицательную оценку записывают вместе с замечаниями</translation>
    </message>
    <message>
        <source>Remarks require a negative rating</source>
        <translation>Замечания записывают при отрицательной оценке</translation>
    </message>
    <message>
        <source>Write what is wrong with the answer: no rework without remarks</source>
        <translation>Запишите, что не так в ответе: без замечаний доработки нет</translation>
    </message>
    <message>
        <source>Only a negative rating leads to rework</source>
        <translation>На доработку направляют только после отрицательной оценки</translation>
    </message>
    <message>
        <source>The answer has a negative rating: send the message for rework</source>
        <translation>Ответ оценён отрицательно: направьте сообщение на доработку</translation>
    </message>
    <message>
        <source>No more than a thousand users voted within three days</source>
        <translation>За трое суток проголосовало не больше тысячи пользователей</translation>
    </message>
    <message>
        <source>The message is already forwarded by votes</source>
        <translation>Сообщение уже передано по голосам</translation>
    </message>
    <message>
        <source>Write the text of the answer</source>
        <translation>Напишите текст ответа</translation>
    </message>
    <message>
        <source>Enter the promised date: DD.MM.YYYY</source>
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
        <source>Already stored with different content; tell the administrator</source>
        <translation>То же уже записано с другим содержанием; сообщите администратору</translation>
    </message>
    <message>
        <source>The message has newer changes; look at it again</source>
        <translation>С сообщением произошло что-то новое; посмотрите его ещё раз</translation>
    </message>
    <message>
        <source>The message is finished: no further actions</source>
        <translation>Работа с сообщением окончена</translation>
    </message>
    <message>
        <source>This cannot be done now</source>
        <translation>Сейчас этого сделать нельзя</translation>
    </message>
    <message>
        <source>Your role does not allow this</source>
        <translation>Ваша роль этого не позволяет</translation>
    </message>
    <message>
        <source>Wrong data was passed for this; tell the administrator</source>
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
        <source>Choose the answering authority (par. 7.9)</source>
        <translation>Выберите, кто будет отвечать (п. 7.9)</translation>
    </message>
    <message>
        <source>Explain why it goes to an authority other than the topic&apos;s (par. 7.9)</source>
        <translation>Напишите, почему не тот орган, что по теме (п. 7.9)</translation>
    </message>
    <message>
        <source>The topic has no authority: explain why it goes to this one (par. 7.9)</source>
        <translation>У темы нет ответственного: напишите, почему отвечает этот орган (п. 7.9)</translation>
    </message>
    <message>
        <source>by topic</source>
        <translation>по теме</translation>
    </message>
    <message>
        <source>another authority</source>
        <translation>другой орган</translation>
    </message>
    <message>
        <source>topic has no authority</source>
        <translation>у темы нет ответственного</translation>
    </message>
    <message>
        <source>By topic: %1. Clear the field to restore it.</source>
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
        <source>no term set</source>
        <translation>срок не задан</translation>
    </message>
    <message>
        <source>Neither the category nor its topic has an answer term in the directory (3.1–3.3).</source>
        <translation>Ни у категории, ни у её темы в справочнике нет срока ответа (пп. 3.1–3.3).</translation>
    </message>
    <message>
        <source>The answer promised measures by %1. On that day the authority is reminded and the message reopens (9.6).</source>
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
        <source>regional day off</source>
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
        <source>Answer term: %1, %2 (3.1–3.3).</source>
        <translation>На ответ — %1: %2 (пп. 3.1–3.3).</translation>
    </message>
    <message>
        <source>It starts the day after %1.</source>
        <translation>Срок идёт со следующего дня после %1.</translation>
    </message>
    <message>
        <source>Sent on %1, a working day.</source>
        <translation>Отправлено %1, в рабочий день.</translation>
    </message>
    <message>
        <source>Sent on %1 — %2. Counts as sent on the next working day, %3 (7.12).</source>
        <translation>Отправлено %1 — %2. Считается отправленным в ближайший рабочий день, %3 (п. 7.12).</translation>
    </message>
    <message>
        <source>At most two working days, including the day of sending: %1 and %2 (7.11).</source>
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
        <source>If the day of sending counted, it would be %1: the clock warns from that day.</source>
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
        <source>set for the authority “%1”</source>
        <translation>так задано для органа «%1»</translation>
    </message>
    <message>
        <source>set for all messages</source>
        <translation>так задано для всех сообщений</translation>
    </message>
    <message>
        <source>Not counted: %1.</source>
        <translation>Не считаются: %1.</translation>
    </message>
    <message>
        <source>Moved days off for %1 are not known yet: the date may shift.</source>
        <translation>Переносы выходных на %1 год ещё не внесены: срок может сдвинуться.</translation>
    </message>
    <message>
        <source>The %1 calendar is not yet checked against its decree.</source>
        <translation>Календарь на %1 год предварительный: он ещё не сверен с постановлением.</translation>
    </message>
    <message>
        <source>Insult</source>
        <translation>Оскорбление</translation>
    </message>
    <message>
        <source>Accusing a person</source>
        <translation>Обвинение человека</translation>
    </message>
    <message>
        <source>Hate speech</source>
        <translation>Вражда к людям</translation>
    </message>
    <message>
        <source>Call to harm</source>
        <translation>Призыв причинить вред</translation>
    </message>
    <message>
        <source>Not in Russian</source>
        <translation>Не на русском языке</translation>
    </message>
    <message>
        <source>Wrong keyboard layout</source>
        <translation>Набрано в другой раскладке</translation>
    </message>
    <message>
        <source>letters hidden or replaced</source>
        <translation>буквы скрыты или заменены</translation>
    </message>
    <message>
        <source>in the city&apos;s word list</source>
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
        <source>possible threat</source>
        <translation>возможна угроза</translation>
    </message>
    <message>
        <source>person&apos;s name</source>
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
        <source>licence plate</source>
        <translation>номер машины</translation>
    </message>
    <message>
        <source>home address with flat</source>
        <translation>домашний адрес с квартирой</translation>
    </message>
    <message>
        <source>a person&apos;s health</source>
        <translation>здоровье человека</translation>
    </message>
    <message>
        <source>campaigning</source>
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
        <source>rentals</source>
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
        <source>job offer</source>
        <translation>приглашение на работу</translation>
    </message>
    <message>
        <source>an offer</source>
        <translation>предложение</translation>
    </message>
    <message>
        <source>several matters listed</source>
        <translation>несколько дел списком</translation>
    </message>
    <message>
        <source>another matter added</source>
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
        <source>House without a street.</source>
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
        <source>state authority contacts</source>
        <translation>контакты государственного органа</translation>
    </message>
    <message>
        <source>court, bailiffs</source>
        <translation>суд, приставы</translation>
    </message>
    <message>
        <source>labour inspectorate</source>
        <translation>инспекция труда</translation>
    </message>
    <message>
        <source>enlistment office</source>
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
        <source>Rosreestr</source>
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
        <source>attack on a person</source>
        <translation>нападение на человека</translation>
    </message>
    <message>
        <source>someone cannot breathe</source>
        <translation>человек задыхается</translation>
    </message>
    <message>
        <source>collapse</source>
        <translation>обрушение</translation>
    </message>
    <message>
        <source>fire</source>
        <translation>пожар</translation>
    </message>
    <message>
        <source>people in water</source>
        <translation>люди в воде</translation>
    </message>
    <message>
        <source>smell of gas</source>
        <translation>запах газа</translation>
    </message>
    <message>
        <source>threat to life</source>
        <translation>угроза жизни</translation>
    </message>
    <message>
        <source>ambulance needed</source>
        <translation>нужна скорая помощь</translation>
    </message>
    <message>
        <source>missing person</source>
        <translation>пропал человек</translation>
    </message>
    <message>
        <source>people trapped</source>
        <translation>люди не могут выйти</translation>
    </message>
    <message>
        <source>someone is unconscious</source>
        <translation>человек без сознания</translation>
    </message>
    <message>
        <source>downed power lines</source>
        <translation>оборваны провода</translation>
    </message>
    <message>
        <source>“I will write it down without harsh words. What happened?”</source>
        <translation>«Запишу без резких слов. Что случилось?»</translation>
    </message>
    <message>
        <source>“What did you see yourself? I will write down what happened.”</source>
        <translation>«Что вы видели сами? Запишу, что произошло.»</translation>
    </message>
    <message>
        <source>“Please say it in Russian: messages are written in Russian.”</source>
        <translation>«Скажите, пожалуйста, по-русски: сообщения пишем на русском.»</translation>
    </message>
    <message>
        <source>“May I leave this out of the text? Your contacts are kept separately.”</source>
        <translation>«Можно не писать этого в тексте? Ваши контакты записаны отдельно.»</translation>
    </message>
    <message>
        <source>“May I leave your health out of the text?”</source>
        <translation>«Можно не писать в тексте о здоровье?»</translation>
    </message>
    <message>
        <source>“Is anyone in danger now?”</source>
        <translation>«Сейчас кому-то угрожает опасность?»</translation>
    </message>
    <message>
        <source>“What would you like the city to do? Proposals are not registered.”</source>
        <translation>«О чём вы просите город? Предложения не регистрируем.»</translation>
    </message>
    <message>
        <source>“Shall we make two messages? Each goes to its own authority.”</source>
        <translation>«Оформим два сообщения? Каждое пойдёт в свой орган.»</translation>
    </message>
    <message>
        <source>“The city does not decide this. Shall I give you their number?”</source>
        <translation>«Это решает не город. Дать вам их телефон?»</translation>
    </message>
    <message>
        <source>“Have you called 112?”</source>
        <translation>«Вы уже позвонили 112?»</translation>
    </message>
    <message>
        <source>“Where is it? Street and house, or a landmark.”</source>
        <translation>«Где это? Назовите улицу и дом или ориентир.»</translation>
    </message>
    <message>
        <source>“Which street is this house on?”</source>
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
        <source>Place is unclear</source>
        <translation>Место не определено</translation>
    </message>
    <message>
        <source>Not a city matter</source>
        <translation>Решает не город</translation>
    </message>
    <message>
        <source>112 first</source>
        <translation>Сначала 112</translation>
    </message>
    <message>
        <source>%1. Say: “Call 112”; create the message later.</source>
        <translation>%1. Скажите: «Звоните 112», сообщение оформите потом.</translation>
    </message>
    <message>
        <source>What happened is not recorded</source>
        <translation>Не записано, что случилось</translation>
    </message>
    <message>
        <source>“What happened?”</source>
        <translation>«Что случилось?»</translation>
    </message>
    <message>
        <source>Date not stated</source>
        <translation>День не указан</translation>
    </message>
    <message>
        <source>“What date was it?”</source>
        <translation>«Какого числа это было?»</translation>
    </message>
    <message>
        <source>Time not stated</source>
        <translation>Время не указано</translation>
    </message>
    <message>
        <source>“What time was it, at least roughly?”</source>
        <translation>«В котором часу, хотя бы примерно?»</translation>
    </message>
    <message>
        <source>No category selected</source>
        <translation>Категория не выбрана</translation>
    </message>
    <message>
        <source>Publicity not asked: it will be non-public</source>
        <translation>О публичности не спросили: будет непубличным</translation>
    </message>
    <message>
        <source>“Show your message and the answer to everyone, or only to you?”</source>
        <translation>«Показать ваше сообщение и ответ всем или никому, кроме вас?»</translation>
    </message>
    <message>
        <source>In Russian</source>
        <translation>На русском языке</translation>
    </message>
    <message>
        <source>No abusive words or threats</source>
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
        <source>Date and time are stated</source>
        <translation>День и время указаны</translation>
    </message>
    <message>
        <source>All is in order</source>
        <translation>всё в порядке</translation>
    </message>
    <message>
        <source>The text was not checked: read it yourself. The message will be non-public.</source>
        <translation>Текст не проверен: прочтите его сами. Сообщение будет непубличным.</translation>
    </message>
    <message>
        <source>Non-public while the text contains personal data: par. 6.12</source>
        <translation>Будет непубличным, пока в тексте персональные данные: п. 6.12</translation>
    </message>
    <message>
        <source>Marked as not personal data: %1</source>
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
        <source>Decision undone</source>
        <translation>Решение отменено</translation>
    </message>
    <message>
        <source>A decision can be undone within 15 seconds if nothing followed it</source>
        <translation>Решение можно отменить в течение 15 секунд, пока за ним ничего не последовало</translation>
    </message>
    <message>
        <source>Only the person who decided can undo it</source>
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
        <source>this time is in the future: ask again</source>
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
        <source>Image from the clipboard</source>
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
        <source>The photo is sideways in the file (see “As sent”): grounds for refusal, par. 6.7.</source>
        <translation>В файле снимок лежит на боку — видно в «Как прислано»: основание отказа по п. 6.7.</translation>
    </message>
    <message>
        <source>A long strip that would need cropping: grounds for refusal, par. 6.7.</source>
        <translation>Длинная полоса, которую пришлось бы обрезать: основание отказа по п. 6.7.</translation>
    </message>
    <message>
        <source>Too small, would need enlarging: grounds for refusal, par. 6.7.</source>
        <translation>Такое мелкое, что его пришлось бы увеличивать: основание отказа по п. 6.7.</translation>
    </message>
    <message>
        <source>Sideways in the file; the published copy is upright.</source>
        <translation>В файле снимок лежит на боку; публикуемая копия стоит прямо.</translation>
    </message>
    <message>
        <source>The copy was rotated by hand; the file stays as sent.</source>
        <translation>Копия повёрнута вручную; файл остаётся таким, как прислан.</translation>
    </message>
    <message>
        <source>The file contains the photo&apos;s location: it is removed from the published copy.</source>
        <translation>В файле записано место съёмки: оно будет удалено из публикуемой копии.</translation>
    </message>
    <message>
        <source>with location</source>
        <translation>с местом съёмки</translation>
    </message>
    <message>
        <source>Cannot show the photo: it was removed or the disk cannot read it.</source>
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
        <source>removed</source>
        <translation>убрано</translation>
    </message>
    <message>
        <source>cannot be read: is it there and not open in another program?</source>
        <translation>файл не читается: он на месте и не открыт в другой программе?</translation>
    </message>
    <message>
        <source>could not be written to disk. Attach it again in a moment.</source>
        <translation>диск его не принял. Приложите ещё раз через минуту.</translation>
    </message>
    <message>
        <source>The photo is not attached</source>
        <translation>Фото не приложено</translation>
    </message>
    <message>
        <source>The photo is unchanged</source>
        <translation>Фото осталось как было</translation>
    </message>
    <message>
        <source>The photos are not shown</source>
        <translation>Фото не показаны</translation>
    </message>
    <message>
        <source>Cannot read the register right now. The message itself is fine.</source>
        <translation>Реестр сейчас не читается. Само сообщение в порядке.</translation>
    </message>
    <message>
        <source>a message has at most four photos, and every page counts (par. 6.6). Remove one with Delete first.</source>
        <translation>в сообщении не больше четырёх фото, и каждая страница считается (п. 6.6). Сначала уберите лишнее: Delete.</translation>
    </message>
    <message>
        <source>this photo is already attached</source>
        <translation>этот самый снимок уже приложен</translation>
    </message>
    <message>
        <source>your role cannot create messages</source>
        <translation>ваша роль не оформляет сообщения</translation>
    </message>
    <message>
        <source>the photo was already removed</source>
        <translation>снимок уже убрали</translation>
    </message>
    <message>
        <source>the file is empty. Ask to send the photo again.</source>
        <translation>файл пуст. Попросите прислать снимок ещё раз.</translation>
    </message>
    <message>
        <source>the file is damaged or truncated: the image is incomplete. Ask to send it again.</source>
        <translation>файл повреждён или обрезан: снимок не дочитывается до конца. Попросите прислать его ещё раз.</translation>
    </message>
    <message>
        <source>larger than %1. Save it as JPEG or at a smaller size.</source>
        <translation>больше %1. Сохраните как JPEG или меньшего размера.</translation>
    </message>
    <message>
        <source>too many pixels for a photo (%1 × %2): it would fill the memory. If it is a photo, save it smaller as a regular JPEG.</source>
        <translation>слишком много точек для снимка (%1 × %2): он занял бы всю память. Если это снимок, сохраните его меньшего размера как обычный JPEG.</translation>
    </message>
    <message>
        <source>more than four pages in one file (par. 6.6). Save the pages you need as separate photos.</source>
        <translation>в одном файле больше четырёх страниц (п. 6.6). Сохраните нужные страницы отдельными снимками.</translation>
    </message>
    <message>
        <source>a %1 photo, as taken by iPhones; JPEG, PNG and TIFF are accepted (par. 6.5). On the phone: Settings, Camera, Formats, Most Compatible. Or save it as JPEG.</source>
        <translation>снимок %1, так снимают айфоны; принимаются JPEG, PNG и TIFF (п. 6.5). На телефоне: «Настройки», «Камера», «Форматы», «Наиболее совместимые». Или сохраните его как JPEG.</translation>
    </message>
    <message>
        <source>a PDF document, not a photo (par. 6.5). Save the page as JPEG or PNG and attach it.</source>
        <translation>это документ PDF, а не снимок (п. 6.5). Сохраните страницу как JPEG или PNG и приложите её.</translation>
    </message>
    <message>
        <source>a video (par. 6.5). Save one frame as JPEG or PNG.</source>
        <translation>это видео (п. 6.5). Сохраните один кадр как JPEG или PNG.</translation>
    </message>
    <message>
        <source>a text document, not a photo (par. 6.5). Save its image as JPEG or PNG.</source>
        <translation>это документ, а не снимок (п. 6.5). Сохраните картинку из него как JPEG или PNG.</translation>
    </message>
    <message>
        <source>an archive or a document (par. 6.5). Extract the photos and attach them one by one.</source>
        <translation>это архив или документ (п. 6.5). Достаньте из него снимки и приложите их по одному.</translation>
    </message>
    <message>
        <source>text (par. 6.5). Put it into the message text.</source>
        <translation>это текст (п. 6.5). Перенесите его в текст сообщения.</translation>
    </message>
    <message>
        <source>a %1 image, as web sites and chats save them; JPEG, PNG and TIFF are accepted (par. 6.5). Open it and save it as JPEG or PNG.</source>
        <translation>картинка %1, такие отдают сайты и мессенджеры; принимаются JPEG, PNG и TIFF (п. 6.5). Откройте её и сохраните как JPEG или PNG.</translation>
    </message>
    <message>
        <source>a %1 image; JPEG, PNG and TIFF are accepted (par. 6.5). Open it and save it as JPEG or PNG.</source>
        <translation>картинка %1; принимаются JPEG, PNG и TIFF (п. 6.5). Откройте её и сохраните как JPEG или PNG.</translation>
    </message>
    <message>
        <source>not a photo: JPEG, PNG and TIFF are accepted (par. 6.5)</source>
        <translation>это не снимок: принимаются JPEG, PNG и TIFF (п. 6.5)</translation>
    </message>
    <message>
        <source>the message is submitted, its photos can no longer be changed</source>
        <translation>сообщение уже оформлено, его фото больше не меняются</translation>
    </message>
    <message>
        <source>Platform message %1 has no text</source>
        <translation>Сообщение %1 на платформе — без текста</translation>
    </message>
    <message>
        <source>Photos are not transferred: review it there</source>
        <translation>Фотографии сюда не передаются: рассмотрите его на платформе</translation>
    </message>
    <message>
        <source>Decree number not specified</source>
        <translation>Номер постановления не указан</translation>
    </message>
    <message>
        <source>Government Decree No. %1 of %2</source>
        <translation>Постановление Правительства № %1 от %2</translation>
    </message>
    <message>
        <source>provisional</source>
        <translation>предварительный</translation>
    </message>
    <message>
        <source>Moved days off for %1 are not entered</source>
        <translation>Переносы выходных на %1 год не внесены</translation>
    </message>
    <message>
        <source>There is no calendar for %1.</source>
        <translation>Нет календаря на %1 год.</translation>
    </message>
    <message>
        <source>Deadlines in that year may be wrong: load it from a file.</source>
        <translation>Сроки, которые переходят на этот год, могут оказаться неверными: загрузите календарь из файла.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>The calendar for %1 is provisional.</source>
        <translation>Календарь на %1 год — предварительный.</translation>
    </message>
    <message>
        <source>Verify it against the decree and mark it.</source>
        <translation>Сверьте его с постановлением и отметьте это.</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Сверен</translation>
    </message>
    <message>
        <source>Holiday under Labour Code, article 112</source>
        <translation>Праздник по статье 112 Трудового кодекса</translation>
    </message>
    <message>
        <source>Regional day off; observed by the city</source>
        <translation>Нерабочий день края; город его учитывает</translation>
    </message>
    <message>
        <source>One hour shorter (Labour Code, article 95)</source>
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
        <source>From file: %1</source>
        <translation>Из файла: %1</translation>
    </message>
    <message>
        <source>Calendar for %1</source>
        <translation>Календарь на %1 год</translation>
    </message>
    <message>
        <source>City rules</source>
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
        <source>Days from the file</source>
        <translation>Дни из файла</translation>
    </message>
    <message>
        <source>Revoke the order</source>
        <translation>Отменить распоряжение</translation>
    </message>
    <message>
        <source>Verified against the decree</source>
        <translation>Сверен с постановлением</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Ещё нет</translation>
    </message>
    <message>
        <source>New day type</source>
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
        <source>Sending day in the two working days (7.11)</source>
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
        <source>Regional days off (Radonitsa) count as days off</source>
        <translation>Нерабочие дни края (Радоница) не считаются рабочими</translation>
    </message>
    <message>
        <source>Notify the author that a non-public message is registered (7.8)</source>
        <translation>Сообщать автору о регистрации непубличного сообщения (п. 7.8)</translation>
    </message>
    <message>
        <source>The operator may rotate photos (6.7)</source>
        <translation>Оператор может поворачивать фото (п. 6.7)</translation>
    </message>
    <message>
        <source>“%1” is not an attachment format; known: %2</source>
        <translation>«%1» — не формат вложений; известны: %2</translation>
    </message>
    <message>
        <source>Enter the reason</source>
        <translation>Напишите причину</translation>
    </message>
    <message>
        <source>The file has no days</source>
        <translation>В файле нет ни одного дня</translation>
    </message>
    <message>
        <source>Already set: nothing would change</source>
        <translation>Это уже так: ничего не изменится</translation>
    </message>
    <message>
        <source>No such order</source>
        <translation>Такого распоряжения нет</translation>
    </message>
    <message>
        <source>This order is already revoked</source>
        <translation>Это распоряжение уже отменено</translation>
    </message>
    <message>
        <source>No working day for over two months: deadlines would never end</source>
        <translation>Больше двух месяцев без рабочего дня: сроки не смогли бы закончиться</translation>
    </message>
    <message>
        <source>Only supervisors and administrators can change the calendar</source>
        <translation>Календарь меняют только старший и администратор</translation>
    </message>
    <message>
        <source>Could not write to the disk; nothing changed. Try again.</source>
        <translation>Диск не принимает запись; ничего не изменилось. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>Cannot read the messages; try again</source>
        <translation>Сообщения не читаются; попробуйте ещё раз</translation>
    </message>
    <message>
        <source>Cannot read the file %1</source>
        <translation>Файл %1 не читается</translation>
    </message>
    <message>
        <source>The file %1 is damaged: incomplete JSON</source>
        <translation>Файл %1 повреждён: это не целый JSON</translation>
    </message>
    <message>
        <source>The file %1 has days of another year</source>
        <translation>В файле %1 есть дни другого года</translation>
    </message>
    <message>
        <source>Row %2 of %1: a DD.MM.YYYY date and off, working or short are required</source>
        <translation>%1, строка %2: нужны дата ДД.ММ.ГГГГ и «выходной», «рабочий» или «сокращённый»</translation>
    </message>
    <message>
        <source>The file %1 is not a calendar</source>
        <translation>Файл %1 — не календарь</translation>
    </message>
    <message>
        <source>No open deadlines move</source>
        <translation>Ни один открытый срок не сдвигается</translation>
    </message>
    <message>
        <source>Everyone will see the new dates after you confirm.</source>
        <translation>После подтверждения новые сроки увидят все.</translation>
    </message>
    <message>
        <source>was %1, becomes %2</source>
        <translation>было до %1, станет до %2</translation>
    </message>
    <message>
        <source>overdue immediately</source>
        <translation>сразу просрочен</translation>
    </message>
    <message>
        <source>no number yet</source>
        <translation>без номера</translation>
    </message>
    <message>
        <source>Calendar changed</source>
        <translation>Календарь изменён</translation>
    </message>
    <message>
        <source>City rules changed</source>
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
        <source>Mark as verified</source>
        <translation>Отметить сверенным</translation>
    </message>
    <message>
        <source>Call report</source>
        <translation>Отчёт о телефонных вызовах</translation>
    </message>
    <message>
        <source>Wait = answer − first ring. Talk = end − answer. Wrap-up = saved − end. Averages are calculated from totals.</source>
        <translation>Ожидание = ответ − первый звонок. Разговор = конец − ответ. Оформление = запись сохранена − конец разговора. Средние считаются из сумм.</translation>
    </message>
    <message>
        <source>Message statistics</source>
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
        <source>By authority</source>
        <translation>По органам</translation>
    </message>
    <message>
        <source>Authority</source>
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
        <source>Not satisfied</source>
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
        <source>Removed as duplicates</source>
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
        <source>Grounds for refusal (par. 7.7)</source>
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
        <source>By the operator</source>
        <translation>Из них ответил оператор</translation>
    </message>
    <message>
        <source>Returned to authority</source>
        <translation>Возвращены органу</translation>
    </message>
    <message>
        <source>Days to the answer</source>
        <translation>Дней до ответа</translation>
    </message>
    <message>
        <source>Answer deadlines (par. 9.4, 9.7)</source>
        <translation>Сроки ответов (п. 9.4, 9.7)</translation>
    </message>
    <message>
        <source>Answered late</source>
        <translation>Отвечено с опозданием</translation>
    </message>
    <message>
        <source>Answered, no deadline</source>
        <translation>Отвечено, срок не установлен</translation>
    </message>
    <message>
        <source>Not due yet</source>
        <translation>Срок идёт</translation>
    </message>
    <message>
        <source>Awaited, no deadline</source>
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
        <source>Found impossible</source>
        <translation>Решить оказалось невозможно</translation>
    </message>
    <message>
        <source>Date awaited</source>
        <translation>Срок ещё не наступил</translation>
    </message>
    <message>
        <source>Date passed, no further answer</source>
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
        <source>Other authority chosen</source>
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
        <source>Duplicates</source>
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
        <source>By deciding operator (par. 7.6)</source>
        <translation>По операторам, принявшим решение (п. 7.6)</translation>
    </message>
    <message>
        <source>Not the topic&apos;s authority</source>
        <translation>Другой орган, чем по теме</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Случаев</translation>
    </message>
    <message>
        <source>The topic has no authority</source>
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
        <source>Searched, not found</source>
        <translation>Искали напрасно</translation>
    </message>
    <message>
        <source>Messages without a fitting category</source>
        <translation>Сообщения, которым не подошла категория</translation>
    </message>
    <message>
        <source>Evidence</source>
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
        <source>Failed operator searches</source>
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
        <source>Counted</source>
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
        <source>private matters</source>
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
        <source>advertising or other purpose</source>
        <translation>реклама или другая цель</translation>
    </message>
    <message>
        <source>already answered</source>
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
        <source>unclear place</source>
        <translation>неясное место</translation>
    </message>
    <message>
        <source>duplicate message</source>
        <translation>повтор сообщения</translation>
    </message>
    <message>
        <source>photo format</source>
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
        <source>Incoming calls; line hours: %1.</source>
        <translation>Входящие вызовы; рабочее время линии — %1.</translation>
    </message>
    <message>
        <source>no topic</source>
        <translation>без темы</translation>
    </message>
    <message>
        <source>no authority</source>
        <translation>без органа</translation>
    </message>
    <message>
        <source>messages</source>
        <translation>сообщения</translation>
    </message>
    <message>
        <source>Received = registered + refused + removed as duplicates + under review. A decision undone within 15 seconds is not counted.</source>
        <translation>Поступило = зарегистрировано + отказано + удалено как повторы + на рассмотрении. Решение, отменённое за 15 секунд, не считается.</translation>
    </message>
    <message>
        <source>Decided on time: within the par. 7.11 deadline, counted from the moment in par. 7.12. Days to decision are working days after that moment.</source>
        <translation>Решено в срок: в пределах срока п. 7.11 от момента по п. 7.12. Дни до решения — рабочие дни после этого момента.</translation>
    </message>
    <message>
        <source>Answers count when sent to authors, each with its own deadline; up to the promised date it is on time. On time = on time / (on time + late). Days to answer are calendar days from the start of the term.</source>
        <translation>Ответы считаются по отправке авторам, каждый по своему сроку; до обещанной даты ответ в срок. Доля в срок = в срок / (в срок + с опозданием). Дни до ответа — календарные дни от начала срока.</translation>
    </message>
    <message>
        <source>A message is listed under its current authority. A refusal may have several grounds. Streets with fewer than three messages are grouped.</source>
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
        <source>phone call</source>
        <translation>телефонный вызов</translation>
    </message>
    <message>
        <source>platform</source>
        <translation>платформа</translation>
    </message>
    <message>
        <source>by hand, no call</source>
        <translation>вручную, без вызова</translation>
    </message>
    <message>
        <source>streets with 1–2 messages</source>
        <translation>улицы с одним-двумя сообщениями</translation>
    </message>
    <message>
        <source>place with no street</source>
        <translation>место без улицы</translation>
    </message>
    <message>
        <source>categories</source>
        <translation>категории</translation>
    </message>
    <message>
        <source>Failed searches cover all the time the directory remembers.</source>
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
        <source>distinct</source>
        <translation>разных</translation>
    </message>
    <message>
        <source>Messages in this category go to: %1</source>
        <translation>Сообщения этой категории идут в орган: %1</translation>
    </message>
    <message>
        <source>other authorities</source>
        <translation>другие органы</translation>
    </message>
    <message>
        <source>The report cannot be read right now</source>
        <translation>Отчёт сейчас не прочитать</translation>
    </message>
    <message>
        <source>No messages behind this figure</source>
        <translation>За этим числом нет сообщений</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Число</translation>
    </message>
    <message>
        <source>Cases, newest first</source>
        <translation>Случаи, сначала новые</translation>
    </message>
    <message>
        <source>What was received in the period and its current status.</source>
        <translation>Что поступило и что с этим стало.</translation>
    </message>
    <message>
        <source>%1: median</source>
        <translation>%1: у половины не больше</translation>
    </message>
    <message>
        <source>%1: 90th percentile</source>
        <translation>%1: у девяти из десяти не больше</translation>
    </message>
    <message>
        <source>Messages that fit no category (par. 2.6).</source>
        <translation>Чему не нашлось категории (п. 2.6).</translation>
    </message>
    <message>
        <source>Sent to an authority other than the topic&apos;s (par. 7.9).</source>
        <translation>Что ушло не в орган по теме (п. 7.9).</translation>
    </message>
    <message>
        <source>dating</source>
        <translation>знакомство</translation>
    </message>
    <message>
        <source>life advice</source>
        <translation>житейский совет</translation>
    </message>
    <message>
        <source>personal belongings</source>
        <translation>личные вещи</translation>
    </message>
    <message>
        <source>poems, recipes, jokes</source>
        <translation>стихи, рецепты, шутки</translation>
    </message>
    <message>
        <source>greetings</source>
        <translation>поздравления и приветы</translation>
    </message>
    <message>
        <source>family quarrel</source>
        <translation>семейная ссора</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>разговор по душам</translation>
    </message>
    <message>
        <source>request to pass on</source>
        <translation>просьба передать кому-то</translation>
    </message>
    <message>
        <source>The text names a place other than the one stated.</source>
        <translation>В тексте другое место, чем указано.</translation>
    </message>
    <message>
        <source>“Which of the two places is correct?”</source>
        <translation>«Так какое из двух мест верное?»</translation>
    </message>
    <message>
        <source>“What would you like the city to do? We cannot help in private matters.”</source>
        <translation>«Что вы просите сделать город? В личных делах мы помочь не можем».</translation>
    </message>
    <message>
        <source>Private matter</source>
        <translation>Сообщение личного характера</translation>
    </message>
    <message>
        <source>No house %1 on %2 in the list: ask again; you can still register it</source>
        <translation>В списке нет дома %1 на %2: переспросите; можно и так</translation>
    </message>
    <message>
        <source>No street “%2” in the list: ask again; you can still register it</source>
        <translation>В списке нет «%2»: переспросите; можно и так</translation>
    </message>
    <message>
        <source>The street list cannot be read</source>
        <translation>Список улиц не читается</translation>
    </message>
    <message>
        <source>You can type places without it; ask the administrator to import it again.</source>
        <translation>Место пишется и без него; скажите администратору загрузить список заново.</translation>
    </message>
    <message>
        <source>Sideways, par. 6.7</source>
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
        <source>of which asked about a 59-FZ formal request</source>
        <translation>из них спросили об обращении по 59-ФЗ</translation>
    </message>
    <message>
        <source>Record the answer</source>
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
        <source>Author&apos;s rating of the answer</source>
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
        <source>To the authority</source>
        <translation>Органу</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>For rework</source>
        <translation>На доработку</translation>
    </message>
    <message>
        <source>Forward</source>
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
        <source>The authority is notified at once; the deadline stays (par. 7.9).</source>
        <translation>Орган узнает сразу; срок ответа идёт дальше (п. 7.9).</translation>
    </message>
    <message>
        <source>A bad rating needs remarks: the authority works from them (par. 10.2).</source>
        <translation>Если автор недоволен, нужны замечания: по ним орган доработает ответ (п. 10.2).</translation>
    </message>
    <message>
        <source>More than a thousand users voted within three days (par. 10.6).</source>
        <translation>За трое суток проголосовало больше тысячи пользователей (п. 10.6).</translation>
    </message>
    <message>
        <source>To be notified: %1.</source>
        <translation>Уведомление получит %1.</translation>
    </message>
    <message>
        <source>Everyone will see the message and its answers (par. 6.9).</source>
        <translation>Сообщение и ответы на него увидят все (п. 6.9).</translation>
    </message>
    <message>
        <source>Only the author will see the message and its answers (par. 6.11).</source>
        <translation>Сообщение и ответы на него увидит только автор (п. 6.11).</translation>
    </message>
    <message>
        <source>Work on the message ends; this cannot be undone.</source>
        <translation>Работа с сообщением окончена; вернуть его будет нельзя.</translation>
    </message>
    <message>
        <source>The answer will be published for everyone (par. 9.5).</source>
        <translation>Ответ будет опубликован: его увидят все (п. 9.5).</translation>
    </message>
    <message>
        <source>On %1 the authority will be asked for a further answer (par. 9.6).</source>
        <translation>%1 у органа будет запрошен дополнительный ответ (п. 9.6).</translation>
    </message>
    <message>
        <source>This is your own answer: it will be rewritten (par. 9.5).</source>
        <translation>Это ответ оператора: его напишут заново (п. 9.5).</translation>
    </message>
    <message>
        <source>%1 will get the answer back with your note (par. 9.5).</source>
        <translation>%1 получит ответ обратно с замечанием (п. 9.5).</translation>
    </message>
    <message>
        <source>The author&apos;s remarks: %1</source>
        <translation>Замечания автора: %1</translation>
    </message>
    <message>
        <source>The author has no e-mail: call and read the answer out.</source>
        <translation>Почты у автора нет: ему нужно позвонить и прочитать ответ.</translation>
    </message>
    <message>
        <source>E-mail to %1 goes out in 15 seconds.</source>
        <translation>Через 15 секунд на %1 уйдёт письмо.</translation>
    </message>
    <message>
        <source>Choose the author&apos;s rating of the answer</source>
        <translation>Выберите, что автор говорит об ответе</translation>
    </message>
    <message>
        <source>What to correct in the answer</source>
        <translation>Что органу исправить в ответе</translation>
    </message>
    <message>
        <source>Why the message must be hidden</source>
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
        <source>Cannot read the file: copy it to this computer first.</source>
        <translation>Файл не читается: сначала скопируйте его на этот компьютер.</translation>
    </message>
    <message>
        <source>an unknown file type</source>
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
        <source>Review and send</source>
        <translation>Проверить и направить</translation>
    </message>
    <message>
        <source>Over a thousand votes</source>
        <translation>Больше тысячи голосов</translation>
    </message>
    <message>
        <source>Awaiting answer</source>
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
        <source>health data</source>
        <translation>сведения о здоровье</translation>
    </message>
    <message>
        <source>legally confidential</source>
        <translation>конфиденциальные сведения</translation>
    </message>
    <message>
        <source>legally protected secret</source>
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
        <source>non-public</source>
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
        <source>New answer from the platform, type not given</source>
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
        <source>Returned with a note: %1</source>
        <translation>Возвращён с замечанием: %1</translation>
    </message>
    <message>
        <source>Author&apos;s rating: %1</source>
        <translation>Оценка автора: %1</translation>
    </message>
    <message>
        <source>Votes: %1 (%2 within three days), guests: %3</source>
        <translation>Голоса пользователей: %1 (за трое суток %2), гостей: %3</translation>
    </message>
    <message>
        <source>Check before sending (par. 6.12): %1</source>
        <translation>Проверьте перед отправкой (п. 6.12): %1</translation>
    </message>
    <message>
        <source>No answers pending</source>
        <translation>Ответов никто не ждёт</translation>
    </message>
    <message>
        <source>Registered messages appear here with their answer deadlines.</source>
        <translation>Здесь появятся зарегистрированные сообщения со сроками ответа.</translation>
    </message>
    <message>
        <source>Answers and deadlines</source>
        <translation>Ответы и сроки</translation>
    </message>
    <message>
        <source>Answer by: %1</source>
        <translation>Отвечает: %1</translation>
    </message>
    <message>
        <source>No authority yet</source>
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
        <source>with grounds</source>
        <translation>с обоснованием</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Доволен</translation>
    </message>
    <message>
        <source>Partly satisfied</source>
        <translation>Доволен отчасти</translation>
    </message>
    <message>
        <source>The message is published: an answer with such data cannot be sent. Remove the data or unpublish the message (par. 6.12).</source>
        <translation>Сообщение опубликовано: с такими сведениями ответ не направить. Уберите их или снимите сообщение с публикации (п. 6.12).</translation>
    </message>
    <message>
        <source>Undone: message № %1 is as before</source>
        <translation>Отменено: сообщение № %1 снова как было</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>Направить</translation>
    </message>
    <message>
        <source>not assigned</source>
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
        <source>under par. 7.7</source>
        <translation>по основаниям п.&#xa0;7.7</translation>
    </message>
    <message>
        <source>looking for similar messages</source>
        <translation>ищем похожие</translation>
    </message>
    <message>
        <source>no similar messages</source>
        <translation>похожих нет</translation>
    </message>
    <message>
        <source>Will be registered as non-public: %1 (par. 6.12). The author will be notified.</source>
        <translation>Будет зарегистрировано непубличным: %1 (п.&#xa0;6.12). Автору уйдёт уведомление.</translation>
    </message>
    <message>
        <source>Will be registered and published at once (par. 7.8). The author will be notified.</source>
        <translation>Будет зарегистрировано и сразу опубликовано (п.&#xa0;7.8). Автору уйдёт уведомление.</translation>
    </message>
    <message>
        <source>Will be registered as non-public: the author&apos;s choice (par. 6.8).</source>
        <translation>Будет зарегистрировано непубличным: так решил автор (п.&#xa0;6.8).</translation>
    </message>
    <message>
        <source>Will be registered as non-public: not stated by the author (par. 6.10).</source>
        <translation>Будет зарегистрировано непубличным: автор не указал (п.&#xa0;6.10).</translation>
    </message>
    <message>
        <source>Complete the marked fields, or refuse under par. 6.1</source>
        <translation>Дополните отмеченные поля или откажите по п.&#xa0;6.1</translation>
    </message>
    <message>
        <source>Choose where to send it: see the fields marked above</source>
        <translation>Укажите, кому направить: поля отмечены выше</translation>
    </message>
    <message>
        <source>Colleagues see the question in the queue</source>
        <translation>Коллеги видят вопрос в очереди</translation>
    </message>
    <message>
        <source>Whoever knows the answer takes the message and decides.</source>
        <translation>Кто знает ответ, возьмёт сообщение и решит.</translation>
    </message>
    <message>
        <source>No similar messages: nothing to duplicate (par. 6.4)</source>
        <translation>Похожих нет: повторять нечего (п.&#xa0;6.4)</translation>
    </message>
    <message>
        <source>word for word</source>
        <translation>слово в слово</translation>
    </message>
    <message>
        <source>word for word, term not running</source>
        <translation>слово в слово, но срок не идёт</translation>
    </message>
    <message>
        <source>different place</source>
        <translation>другое место</translation>
    </message>
    <message>
        <source>different matter</source>
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
        <source>almost the same words</source>
        <translation>почти те же слова</translation>
    </message>
    <message>
        <source>nothing in common</source>
        <translation>ничего общего</translation>
    </message>
    <message>
        <source>its answer term is running: may be the original</source>
        <translation>срок ответа идёт: может быть первым (п.&#xa0;6.4)</translation>
    </message>
    <message>
        <source>its answer term is not running: not a duplicate (par. 6.4)</source>
        <translation>срок ответа не идёт: это не повтор по п.&#xa0;6.4</translation>
    </message>
    <message>
        <source>Everyone will see this; the author&apos;s name and contacts are never shown</source>
        <translation>Так увидят все; имя и контакты автора не показываются</translation>
    </message>
    <message>
        <source>Only the author will see it: non-public under par. 6.12</source>
        <translation>Никто, кроме автора, не увидит: непубличное по п.&#xa0;6.12</translation>
    </message>
    <message>
        <source>Only the author will see it: publicity not stated (par. 6.10)</source>
        <translation>Никто, кроме автора, не увидит: публичность не указана (п.&#xa0;6.10)</translation>
    </message>
    <message>
        <source>Only the author will see it: the author&apos;s choice (par. 6.8, 6.11)</source>
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
        <source>Select grounds on the left: with a digit, a letter or Space</source>
        <translation>Отметьте основания слева: цифрой, буквой или пробелом</translation>
    </message>
    <message>
        <source>States what, when and where</source>
        <translation>Сказано, что, когда и где</translation>
    </message>
    <message>
        <source>No obscene words</source>
        <translation>Без нецензурных слов</translation>
    </message>
    <message>
        <source>Not a private matter</source>
        <translation>Не личного характера</translation>
    </message>
    <message>
        <source>No hatred or discrimination</source>
        <translation>Без розни и дискриминации</translation>
    </message>
    <message>
        <source>No harm to minorities or children</source>
        <translation>Без вреда меньшинствам</translation>
    </message>
    <message>
        <source>No accusations or insults</source>
        <translation>Никого не оскорбляет</translation>
    </message>
    <message>
        <source>No threats</source>
        <translation>Без угроз</translation>
    </message>
    <message>
        <source>No ads or other purposes</source>
        <translation>Не реклама и не иные цели</translation>
    </message>
    <message>
        <source>Not previously refused on merits</source>
        <translation>Отказа по сути ещё не было</translation>
    </message>
    <message>
        <source>Not federal or regional</source>
        <translation>Не федеральное, не краевое</translation>
    </message>
    <message>
        <source>The location is clear</source>
        <translation>Место понятно</translation>
    </message>
    <message>
        <source>Not a duplicate</source>
        <translation>Не повтор</translation>
    </message>
    <message>
        <source>Photos are JPG, PNG, TIFF</source>
        <translation>Фото JPG, PNG, TIFF</translation>
    </message>
    <message>
        <source>Up to four photos</source>
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
        <source>No name given: allowed</source>
        <translation>Без имени, это можно</translation>
    </message>
    <message>
        <source>Author: public</source>
        <translation>Автор: публичное</translation>
    </message>
    <message>
        <source>Author: non-public</source>
        <translation>Автор: непубличное</translation>
    </message>
    <message>
        <source>Not stated: non-public (6.10)</source>
        <translation>Не указано: непубличное</translation>
    </message>
    <message>
        <source>Visible to everyone</source>
        <translation>Увидят все</translation>
    </message>
    <message>
        <source>Visible only to the author</source>
        <translation>Увидит только автор</translation>
    </message>
    <message>
        <source>No personal or secret data</source>
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
        <source>check yourself</source>
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
        <source>Message № %1 is awaiting review</source>
        <translation>Сообщение № %1 ждёт проверки</translation>
    </message>
    <message>
        <source>It is in the “Under review” list: F10.</source>
        <translation>Оно в списке «На проверке»: F10.</translation>
    </message>
    <message>
        <source>The par. 7.11 term runs from sending.</source>
        <translation>Срок по п.&#xa0;7.11 идёт с момента отправки.</translation>
    </message>
    <message>
        <source>%1 · next deadline: %2</source>
        <translation>%1 · ближайший срок: %2</translation>
    </message>
    <message>
        <source>Cannot read the queue</source>
        <translation>Очередь не читается</translation>
    </message>
    <message>
        <source>Data may be out of date. If this persists, call the administrator.</source>
        <translation>Показанное могло устареть. Если это не пройдёт, позовите администратора.</translation>
    </message>
    <message>
        <source>with you</source>
        <translation>у вас</translation>
    </message>
    <message>
        <source>In review by %1 since %2</source>
        <translation>Сообщение проверяет %1 с %2</translation>
    </message>
    <message>
        <source>Alt+R returns it to the queue (par. 7.6).</source>
        <translation>Alt+R вернёт его в очередь (п.&#xa0;7.6).</translation>
    </message>
    <message>
        <source>A supervisor can return it to the queue.</source>
        <translation>Вернуть его в очередь может старший оператор.</translation>
    </message>
    <message>
        <source>A colleague has already decided this message</source>
        <translation>Коллега уже принял решение по этому сообщению</translation>
    </message>
    <message>
        <source>%1 asks: %2</source>
        <translation>Спрашивает %1: %2</translation>
    </message>
    <message>
        <source>Photos without text</source>
        <translation>Фото без текста</translation>
    </message>
    <message>
        <source>no topic yet</source>
        <translation>темы ещё нет</translation>
    </message>
    <message>
        <source>place not stated</source>
        <translation>место не указано</translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>Проверять нечего</translation>
    </message>
    <message>
        <source>User messages and those submitted by operators from calls appear here.</source>
        <translation>Сюда приходят сообщения пользователей и те, что операторы передали из вызова.</translation>
    </message>
    <message>
        <source>by phone, %1, %2</source>
        <translation>по телефону, %1, %2</translation>
    </message>
    <message>
        <source>sent %1, %2</source>
        <translation>отправлено %1, %2</translation>
    </message>
    <message>
        <source>non-public under 6.12: %1</source>
        <translation>непубличное по п.&#xa0;6.12: %1</translation>
    </message>
    <message>
        <source>public</source>
        <translation>публичное</translation>
    </message>
    <message>
        <source>non-public: not stated (6.10)</source>
        <translation>непубличное: не указано (п.&#xa0;6.10)</translation>
    </message>
    <message>
        <source>The text was not checked: read it yourself, line by line</source>
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
        <source>New message for the authority</source>
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
        <source>Further answer required</source>
        <translation>Нужен дополнительный ответ</translation>
    </message>
    <message>
        <source>Rework for the authority</source>
        <translation>Доработка для органа</translation>
    </message>
    <message>
        <source>Answer sent for rework</source>
        <translation>Ответ отправлен на доработку</translation>
    </message>
    <message>
        <source>Promised date approaching</source>
        <translation>Скоро планируемый срок</translation>
    </message>
    <message>
        <source>call needed</source>
        <translation>нужно позвонить</translation>
    </message>
    <message>
        <source>letter queued</source>
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
        <source>e-mail is not configured here</source>
        <translation>почта здесь не настроена</translation>
    </message>
    <message>
        <source>letter sent, delivery unknown</source>
        <translation>письмо отправлено, но дошло ли оно, неизвестно</translation>
    </message>
    <message>
        <source>no e-mail or phone given</source>
        <translation>не оставлены ни почта, ни телефон</translation>
    </message>
    <message>
        <source>not reached in three attempts</source>
        <translation>не удалось дозвониться за три попытки</translation>
    </message>
    <message>
        <source>invalid number</source>
        <translation>неверный номер</translation>
    </message>
    <message>
        <source>the mail server rejected the letter (%1)</source>
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
        <source>No one to call</source>
        <translation>Звонить некому</translation>
    </message>
    <message>
        <source>The list cannot be read</source>
        <translation>Список не удаётся прочитать</translation>
    </message>
    <message>
        <source>Recorded: %1</source>
        <translation>Записано: %1</translation>
    </message>
    <message>
        <source>Notification for message № %1 reached no one</source>
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
        <source>%1 left no e-mail or phone</source>
        <translation>%1: нет ни почты, ни телефона</translation>
    </message>
    <message>
        <source>No one is notified of this</source>
        <translation>Об этом никто не уведомляется</translation>
    </message>
    <message>
        <source>The notification appears once the decision has all it needs</source>
        <translation>Уведомление появится, когда для решения будет указано всё нужное</translation>
    </message>
    <message>
        <source>Cannot show the notification: register unavailable</source>
        <translation>Уведомление не показать: реестр недоступен</translation>
    </message>
    <message>
        <source>The mail server is not responding. Letters wait and will go out automatically.</source>
        <translation>Почтовый сервер не отвечает. Письма ждут и уйдут сами.</translation>
    </message>
    <message>
        <source>The mail server is too slow. Letters wait and will go out automatically.</source>
        <translation>Почтовый сервер отвечает слишком долго. Письма ждут и уйдут сами.</translation>
    </message>
    <message>
        <source>The mail server asks to try later. Letters will go out automatically.</source>
        <translation>Почтовый сервер просит подождать. Письма уйдут сами.</translation>
    </message>
    <message>
        <source>The mail server&apos;s certificate is not trusted. Call the administrator.</source>
        <translation>Удостоверению почтового сервера нельзя верить. Позовите администратора.</translation>
    </message>
    <message>
        <source>The mail server rejects our sign-in. Call the administrator.</source>
        <translation>Почтовый сервер не принимает имя и пароль. Позовите администратора.</translation>
    </message>
    <message>
        <source>The mail server rejects our sender address. Call the administrator.</source>
        <translation>Почтовый сервер не принимает письма с нашего адреса. Позовите администратора.</translation>
    </message>
    <message>
        <source>The server at this address is not a mail server. Call the administrator.</source>
        <translation>По этому адресу отвечает не почтовый сервер. Позовите администратора.</translation>
    </message>
    <message>
        <source>The register cannot be read. If this persists, call the administrator.</source>
        <translation>Реестр не читается. Если это не пройдёт, позовите администратора.</translation>
    </message>
    <message>
        <source>Letters are not going out</source>
        <translation>Письма не уходят</translation>
    </message>
    <message>
        <source>Letters go out again</source>
        <translation>Письма снова уходят</translation>
    </message>
    <message>
        <source>Call the addressee about message № %1</source>
        <translation>Позвоните адресату по сообщению № %1</translation>
    </message>
    <message>
        <source>Promised date reached for message № %1</source>
        <translation>Наступил планируемый срок по сообщению № %1</translation>
    </message>
    <message>
        <source>It is open again and the authority is notified (par. 9.6).</source>
        <translation>Оно снова в работе, орган уведомлён (п. 9.6).</translation>
    </message>
    <message>
        <source>notification cancelled</source>
        <translation>отменено</translation>
    </message>
    <message>
        <source>show to everyone</source>
        <translation>показать всем</translation>
    </message>
    <message>
        <source>do not show to others</source>
        <translation>другим не показывать</translation>
    </message>
    <message>
        <source>not asked: not shown to others (par. 6.10)</source>
        <translation>не спрошено: другим не показывается (п. 6.10)</translation>
    </message>
    <message>
        <source>another question from the author:</source>
        <translation>другой вопрос автора:</translation>
    </message>
    <message>
        <source>reported with</source>
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
        <source>corrects the refused</source>
        <translation>исправляет отказанное</translation>
    </message>
    <message>
        <source>about the same issue as</source>
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
        <source>Message recorded from a call</source>
        <translation>Сообщение записано с телефонного вызова</translation>
    </message>
    <message>
        <source>Message recorded</source>
        <translation>Сообщение записано</translation>
    </message>
    <message>
        <source>Message received from the platform</source>
        <translation>Сообщение пришло с платформы</translation>
    </message>
    <message>
        <source>Find a message</source>
        <translation>Найти сообщение</translation>
    </message>
    <message>
        <source>No such number: a digit is wrong or two are swapped. Ask for it again.</source>
        <translation>Такого номера нет: в нём неверная цифра или две переставлены. Попросите назвать ещё раз.</translation>
    </message>
    <message>
        <source>Invalid message number. Ask for it again.</source>
        <translation>Такого номера быть не может. Попросите назвать ещё раз.</translation>
    </message>
    <message>
        <source>Enter digits: a message number or a phone</source>
        <translation>Набирайте цифры: номер сообщения или телефон</translation>
    </message>
    <message>
        <source>The number is valid, but this workplace has no such message</source>
        <translation>Номер верный, но сообщения с ним на этом рабочем месте нет</translation>
    </message>
    <message>
        <source>This is the number of a phone call on %1; it has no message</source>
        <translation>Это номер телефонного вызова от %1; сообщения по нему нет</translation>
    </message>
    <message>
        <source>No messages from phone %1</source>
        <translation>С телефона %1 сообщений нет</translation>
    </message>
    <message>
        <source>No current call</source>
        <translation>Сейчас вызова нет</translation>
    </message>
    <message>
        <source>The message has no phone</source>
        <translation>В сообщении телефона нет</translation>
    </message>
    <message>
        <source>The caller&apos;s number is unknown</source>
        <translation>Номер звонящего не известен</translation>
    </message>
    <message>
        <source>Calling from %1, the number in the message</source>
        <translation>Звонит с %1 — этот телефон указан в сообщении</translation>
    </message>
    <message>
        <source>Calling from %1; the message has %2</source>
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
        <source>Same name as the author: %1</source>
        <translation>Имя то же, что у автора: %1</translation>
    </message>
    <message>
        <source>Gave the name %1; the author is %2</source>
        <translation>Назвался %1, а автор — %2</translation>
    </message>
    <message>
        <source>Message № %1 exists.</source>
        <translation>Сообщение № %1 есть.</translation>
    </message>
    <message>
        <source>Message № %1 was received on %2.</source>
        <translation>Сообщение № %1 принято %2.</translation>
    </message>
    <message>
        <source>Its content and answer may be given only to the author (par. 6.11).</source>
        <translation>Что в нём и каков ответ, можно сказать только автору (п. 6.11).</translation>
    </message>
    <message>
        <source>It is about: %1.</source>
        <translation>Оно о теме: %1.</translation>
    </message>
    <message>
        <source>It has not been submitted yet.</source>
        <translation>Оно ещё не передано.</translation>
    </message>
    <message>
        <source>It is awaiting review.</source>
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
        <source>Registration was refused.</source>
        <translation>В регистрации отказано.</translation>
    </message>
    <message>
        <source>It repeats an earlier message and will be answered there.</source>
        <translation>Оно повторяет более раннее сообщение, ответ придёт на него.</translation>
    </message>
    <message>
        <source>The answer is being prepared by %1.</source>
        <translation>Ответ готовит %1.</translation>
    </message>
    <message>
        <source>The answer has arrived and is being checked.</source>
        <translation>Ответ пришёл, его проверяют.</translation>
    </message>
    <message>
        <source>The answer is being corrected by %1.</source>
        <translation>Ответ исправляет %1.</translation>
    </message>
    <message>
        <source>The answer was sent.</source>
        <translation>Ответ направлен.</translation>
    </message>
    <message>
        <source>The answer gives a date by which the issue will be solved.</source>
        <translation>Есть ответ со сроком, к которому вопрос решат.</translation>
    </message>
    <message>
        <source>The answer was sent and rated.</source>
        <translation>Ответ направлен и оценён.</translation>
    </message>
    <message>
        <source>Being reworked: %1.</source>
        <translation>Оно на доработке: %1.</translation>
    </message>
    <message>
        <source>Work on it is finished.</source>
        <translation>Работа с ним окончена.</translation>
    </message>
    <message>
        <source>More than a thousand people supported it; %1 is considering it.</source>
        <translation>Его поддержали больше тысячи человек, его рассматривает %1.</translation>
    </message>
    <message>
        <source>It will be decided %1.</source>
        <translation>Решение будет принято %1.</translation>
    </message>
    <message>
        <source>The issue will be solved %1.</source>
        <translation>Вопрос решат %1.</translation>
    </message>
    <message>
        <source>The answer will be ready %1.</source>
        <translation>Ответ будет %1.</translation>
    </message>
    <message>
        <source>The answer was due %1 and is late.</source>
        <translation>Срок ответа был %1, ответ задерживается.</translation>
    </message>
    <message>
        <source>Grounds: par. %1. %2</source>
        <translation>Основание — п. %1. %2</translation>
    </message>
    <message>
        <source>Answer sent on %1</source>
        <translation>Ответ, направлен %1</translation>
    </message>
    <message>
        <source>No answer sent yet: nothing to read out</source>
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
        <source>Question solved</source>
        <translation>Вопрос решён</translation>
    </message>
    <message>
        <source>Answers returned to the authority</source>
        <translation>Ответов возвращено органу</translation>
    </message>
    <message>
        <source>“This is already known: your call is linked to message %1.%2”</source>
        <translation>«Об этом уже известно: ваш вызов связан с сообщением %1.%2»</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>с %1</translation>
    </message>
    <message>
        <source>message %1 of %2</source>
        <translation>сообщение %1 из %2</translation>
    </message>
    <message>
        <source>There is only one question here</source>
        <translation>Здесь один вопрос</translation>
    </message>
    <message>
        <source>Select the second one in the text, then press Alt+S.</source>
        <translation>Выделите в тексте второй, затем Alt+S.</translation>
    </message>
    <message>
        <source>Cannot write to disk: nothing was changed</source>
        <translation>Диск не принимает: ничего не изменено</translation>
    </message>
    <message>
        <source>Try again; your input is still here.</source>
        <translation>Повторите; всё набранное на месте.</translation>
    </message>
    <message>
        <source>In the caller&apos;s words, recorded by %1</source>
        <translation>Со слов автора, запишет %1</translation>
    </message>
    <message>
        <source>split into two messages</source>
        <translation>сделать из этого два сообщения</translation>
    </message>
    <message>
        <source>“Your message is accepted. Write down its number: %1. We will decide on registration %2.”</source>
        <translation>«Ваше сообщение принято. Запишите его номер: %1. Решение о регистрации примем %2.»</translation>
    </message>
    <message>
        <source> The responsible authority will prepare a written answer.</source>
        <translation> Ответственный орган подготовит письменный ответ.</translation>
    </message>
    <message>
        <source>Grounds for refusal: %1</source>
        <translation>Основания: %1</translation>
    </message>
    <message>
        <source>To the author</source>
        <translation>Автору</translation>
    </message>
    <message>
        <source>To the author (no contact details)</source>
        <translation>Автору, который не оставил ни почты, ни телефона</translation>
    </message>
    <message>
        <source>The file content is %1; the city accepts %2 (par. 9.9).</source>
        <translation>По содержимому это %1; город принимает %2 (п. 9.9).</translation>
    </message>
    <message>
        <source>Attach only file formats the city accepts</source>
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
        <source>Overdue now, any day</source>
        <translation>Просрочено сейчас, за любой день</translation>
    </message>
    <message>
        <source>for the period: %1</source>
        <translation>за период: %1</translation>
    </message>
    <message>
        <source>The second message of this call is not registered</source>
        <translation>Второе сообщение этого вызова не зарегистрировано</translation>
    </message>
    <message>
        <source>Register it, or press Ctrl+Enter in the card again to close the call without it.</source>
        <translation>Зарегистрируйте его; Ctrl+Enter в карточке ещё раз закроет вызов без него.</translation>
    </message>
    <message>
        <source>Not a phone number: check the digits or leave the field empty</source>
        <translation>Это не номер телефона: проверьте цифры или оставьте поле пустым</translation>
    </message>
    <message>
        <source>Not an e-mail address: check it or leave the field empty</source>
        <translation>Это не адрес почты: проверьте его или оставьте поле пустым</translation>
    </message>
    <message>
        <source>two problems described</source>
        <translation>рассказано о двух разных бедах</translation>
    </message>
    <message>
        <source>the author mentions several</source>
        <translation>автор сам говорит, что вопросов несколько</translation>
    </message>
    <message>
        <source>author&apos;s private life</source>
        <translation>личная жизнь автора</translation>
    </message>
    <message>
        <source>state-issued documents</source>
        <translation>документы, которые выдают госорганы</translation>
    </message>
    <message>
        <source>Answer attachment formats (9.9)</source>
        <translation>Форматы вложений к ответу (п. 9.9)</translation>
    </message>
    <message>
        <source>“%1” is not one word; separate words with commas</source>
        <translation>«%1» — не одно слово; ставьте между словами запятые</translation>
    </message>
    <message>
        <source>A word is in both lists: it is either obscene or not</source>
        <translation>Слово стоит в обоих списках: оно либо нецензурное, либо нет</translation>
    </message>
    <message>
        <source>Words allowed by the city (6.3)</source>
        <translation>Слова, разрешённые городом (п. 6.3)</translation>
    </message>
    <message>
        <source>Words forbidden by the city (6.3)</source>
        <translation>Слова, запрещённые городом (п. 6.3)</translation>
    </message>
    <message>
        <source>This file is a backup</source>
        <translation>Этот файл — резервная копия</translation>
    </message>
    <message>
        <source>It could assign the same numbers twice. The administrator can restore the register from it: python -m sync restore.</source>
        <translation>Номера из неё могли бы быть выданы дважды. Администратор восстанавливает из неё реестр: python -m sync restore.</translation>
    </message>
    <message>
        <source>The register was copied from another location</source>
        <translation>Реестр скопирован из другого места</translation>
    </message>
    <message>
        <source>Two registers of one workplace would assign the same numbers. Use it in its original location or ask the administrator to adopt it here: python -m sync restore.</source>
        <translation>Два реестра одного рабочего места выдавали бы одинаковые номера. Работайте там, где он лежал прежде, или пусть администратор примет его здесь: python -m sync restore.</translation>
    </message>
    <message>
        <source>Password change</source>
        <translation>Смена пароля</translation>
    </message>
    <message>
        <source>Enter the current password, then the new one twice.</source>
        <translation>Введите нынешний пароль, потом дважды новый.</translation>
    </message>
    <message>
        <source>Change and sign in</source>
        <translation>Сменить и войти</translation>
    </message>
    <message>
        <source>Password not confirmed for too long</source>
        <translation>Пароль слишком давно не подтверждён</translation>
    </message>
    <message>
        <source>Access revoked</source>
        <translation>Доступ закрыт</translation>
    </message>
    <message>
        <source>The central database is not responding</source>
        <translation>Центральная база не отвечает</translation>
    </message>
    <message>
        <source>Sign in once while the central database is available, or call the administrator.</source>
        <translation>Войдите один раз, когда центральная база ответит, или позовите администратора.</translation>
    </message>
    <message>
        <source>The administrator revoked it: contact them.</source>
        <translation>Его закрыл администратор: обратитесь к нему.</translation>
    </message>
    <message>
        <source>The password is stored there: change it later, use the current one for now.</source>
        <translation>Пароль хранится в ней: смените его позже, пока действует нынешний.</translation>
    </message>
    <message>
        <source>Sending continues; the rest is sent after the next operator signs in.</source>
        <translation>Отправка продолжается; остальное уйдёт и после входа следующего оператора.</translation>
    </message>
    <message>
        <source>The disk is full: free up space or contact the administrator.</source>
        <translation>Диск заполнен: освободите место или позовите администратора.</translation>
    </message>
    <message>
        <source>The data folder is read-only: contact the administrator.</source>
        <translation>Папка данных открыта только для чтения: позовите администратора.</translation>
    </message>
    <message>
        <source>Another program is using the register: close it or contact the administrator.</source>
        <translation>Реестр занят другой программой: закройте её или позовите администратора.</translation>
    </message>
    <message>
        <source>Could not save the record: free up space or contact the administrator.</source>
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
        <source>The backup folder is unavailable</source>
        <translation>Папка для копий недоступна</translation>
    </message>
    <message>
        <source>The backup folder is full</source>
        <translation>Папка для копий заполнена</translation>
    </message>
    <message>
        <source>The register cannot be read: call the administrator now</source>
        <translation>Не читается сам реестр: немедленно позовите администратора</translation>
    </message>
    <message>
        <source>Cannot write to the backup folder</source>
        <translation>В папку для копий нельзя записать</translation>
    </message>
    <message>
        <source>A former database server responds: %1.</source>
        <translation>Отвечает прежний сервер базы: %1.</translation>
    </message>
    <message>
        <source>A server of another database responds: %1.</source>
        <translation>Отвечает сервер другой базы: %1.</translation>
    </message>
    <message>
        <source>Nothing is sent to it; records go to the correct one. Tell the administrator.</source>
        <translation>Ему ничего не отправляется, записи идут в нужный. Скажите администратору.</translation>
    </message>
    <message>
        <source>only a former server responds, records would be lost there: call the administrator</source>
        <translation>отвечает только прежний сервер, записи в нём пропали бы: позовите администратора</translation>
    </message>
    <message>
        <source>another database responds: if it replaces the former one, the administrator runs central take-over</source>
        <translation>отвечает другая база: если она заменила прежнюю, администратор выполняет central take-over</translation>
    </message>
    <message>
        <source>not in effect; earlier elsewhere: %1</source>
        <translation>не действует; раньше, на другом месте: %1</translation>
    </message>
    <message>
        <source>Message № %1: the decision made here is not in effect</source>
        <translation>Сообщение № %1: решение, принятое здесь, не действует</translation>
    </message>
    <message>
        <source>%1. Your text is kept in the message history (Alt+H).</source>
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
        <source>Call times use this computer&apos;s clock. Numbers and order do not depend on it; the administrator corrects the clock.</source>
        <translation>Время вызовов — по часам этого компьютера. Номера и порядок от них не зависят; часы поправит администратор.</translation>
    </message>
    <message>
        <source>the local register is older than what it has sent: call the administrator</source>
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
        <source>Once this line disappears, save again.</source>
        <translation>Когда эта строка исчезнет, сохраните ещё раз.</translation>
    </message>
    <message>
        <source>All workplaces.</source>
        <translation>Все рабочие места.</translation>
    </message>
    <message>
        <source>Your login cannot see these figures for all workplaces</source>
        <translation>Вашему логину эти показатели всех рабочих мест не видны</translation>
    </message>
    <message>
        <source>You signed in offline: sign in again when the central database is up</source>
        <translation>Вы вошли без центра: войдите ещё раз, когда он отвечает</translation>
    </message>
    <message>
        <source>Central database not responding; figures for this workplace: Alt+G</source>
        <translation>Центр не отвечает; показатели этого места доступны (Alt+G)</translation>
    </message>
    <message>
        <source>This message is stored at another workplace</source>
        <translation>Это сообщение хранится на другом рабочем месте</translation>
    </message>
    <message>
        <source>The register is damaged; records are no longer saved.</source>
        <translation>Реестр повреждён, записи больше не сохраняются.</translation>
    </message>
    <message>
        <source>Note calls on paper and contact the administrator: python -m sync restore. Your text stays here.</source>
        <translation>Записывайте звонки на бумагу и позовите администратора: python -m sync restore. Текст остаётся здесь.</translation>
    </message>
    <message>
        <source>Nothing is lost: the next console opened here sends the rest.</source>
        <translation>Ничего не потеряется: остальное отправит консоль, которая откроется здесь следующей.</translation>
    </message>
    <message>
        <source>All workplaces will find it within seconds.</source>
        <translation>Через несколько секунд её найдут на всех рабочих местах.</translation>
    </message>
    <message>
        <source>Signed in offline: lock (Ctrl+L) and sign in again</source>
        <translation>Вы вошли без центра: заблокируйте окно (Ctrl+L) и войдите снова</translation>
    </message>
    <message>
        <source>Central database denies this change</source>
        <translation>Центр не разрешает вам это изменить</translation>
    </message>
    <message>
        <source>Central database is older than this program: call the administrator</source>
        <translation>Центр старше этой программы: позовите администратора</translation>
    </message>
    <message>
        <source>Another server answers for the central database: call the administrator</source>
        <translation>Вместо центра отвечает другой сервер: позовите администратора</translation>
    </message>
    <message>
        <source>Central database not responding</source>
        <translation>Центр не отвечает</translation>
    </message>
    <message>
        <source>Not published. Your text is saved here as a draft; press Ctrl+Enter to send it later.</source>
        <translation>Не опубликовано. Набранное сохранено здесь черновиком, Ctrl+Enter отправит его позже.</translation>
    </message>
    <message>
        <source>Not published: %1. Press Ctrl+Enter to retry.</source>
        <translation>Не опубликовано: %1. Ctrl+Enter — отправить ещё раз.</translation>
    </message>
    <message>
        <source>Central database is back</source>
        <translation>Центр снова отвечает</translation>
    </message>
    <message>
        <source>%1 changed the same item at %2</source>
        <translation>%1: то же самое изменено в %2</translation>
    </message>
    <message>
        <source>Nothing was saved. See the current version.</source>
        <translation>Ничего не записано. Посмотрите, что там теперь.</translation>
    </message>
    <message>
        <source>Nothing was changed; your input is kept.</source>
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
        <source>Reviewing messages</source>
        <translation>Проверка сообщений</translation>
    </message>
    <message>
        <source>Directory work</source>
        <translation>Работа со справочником</translation>
    </message>
    <message>
        <source>Training</source>
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
        <source>unanswered ring</source>
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
        <source>Wrap-up cannot be extended further</source>
        <translation>Больше продлить оформление нельзя</translation>
    </message>
    <message>
        <source>You are taking calls</source>
        <translation>Вы принимаете звонки</translation>
    </message>
    <message>
        <source>Not taking calls: %1</source>
        <translation>Вы не принимаете звонки: %1</translation>
    </message>
    <message>
        <source>F9: ready to take calls</source>
        <translation>F9 — снова принимать звонки</translation>
    </message>
    <message>
        <source>Wrap-up time is over.</source>
        <translation>Время оформления вышло.</translation>
    </message>
    <message>
        <source>You are no longer taking calls</source>
        <translation>Вы больше не принимаете звонки</translation>
    </message>
    <message>
        <source>A ring went unanswered. F9: ready to take calls again.</source>
        <translation>Звонок остался без ответа. F9 — снова принимать звонки.</translation>
    </message>
    <message>
        <source>The phone is connected again.</source>
        <translation>Телефон снова на связи.</translation>
    </message>
    <message>
        <source>Workplace unlocked.</source>
        <translation>Рабочее место разблокировано.</translation>
    </message>
    <message>
        <source>Record not saved yet: Ctrl+Enter</source>
        <translation>Запись не сохранена: Ctrl+Enter</translation>
    </message>
    <message>
        <source>You are on a break</source>
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
        <source>The PBX did not accept code %1</source>
        <translation>Телефонная станция не приняла код %1</translation>
    </message>
    <message>
        <source>Calls may go to the wrong people or not arrive: tell the supervisor.</source>
        <translation>Звонки могут идти к тем, кто их не принимает, или не приходить: сообщите старшему.</translation>
    </message>
    <message>
        <source>arrived while you were not ready</source>
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
        <source>no such number</source>
        <translation>такого номера нет</translation>
    </message>
    <message>
        <source>the call was declined</source>
        <translation>вызов отклонили</translation>
    </message>
    <message>
        <source>the PBX gave no reason</source>
        <translation>станция не сказала почему</translation>
    </message>
    <message>
        <source>the PBX rejected it (code %1)</source>
        <translation>станция отказала (код %1)</translation>
    </message>
    <message>
        <source>Not transferred: %1</source>
        <translation>Не переведено: %1</translation>
    </message>
    <message>
        <source>The caller is on hold: F3 resumes, F7 tries another number.</source>
        <translation>Абонент на удержании: F3 — вернуться к нему, F7 — другой номер.</translation>
    </message>
    <message>
        <source>Caller transferred</source>
        <translation>Абонент переведён</translation>
    </message>
    <message>
        <source>Transfer in progress: wait for the outcome, or return to the caller with F3</source>
        <translation>Перевод ещё идёт: дождитесь ответа или вернитесь к абоненту — F3</translation>
    </message>
    <message>
        <source>No caller to transfer</source>
        <translation>Переводить некого: абонента на линии нет</translation>
    </message>
    <message>
        <source>Wait for an answer</source>
        <translation>Дождитесь, пока там ответят</translation>
    </message>
    <message>
        <source>Both calls would end: to end them, press F8 again in a second</source>
        <translation>Закончатся оба разговора: чтобы завершить, нажмите F8 ещё раз через секунду</translation>
    </message>
    <message>
        <source>F8 was ignored: the active call has just changed. Press it again to end this one</source>
        <translation>F8 не принята: разговор только что сменился. Нажмите ещё раз, чтобы завершить этот</translation>
    </message>
    <message>
        <source>Finish the current call first</source>
        <translation>Сначала закончите вызов, который идёт</translation>
    </message>
    <message>
        <source>The call is no longer recorded</source>
        <translation>Запись вызова прервалась</translation>
    </message>
    <message>
        <source>Cannot write the recording to disk; the call continues. Tell the administrator.</source>
        <translation>Диск не принимает запись, разговор продолжается. Скажите администратору.</translation>
    </message>
    <message>
        <source>The other party hung up</source>
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
        <source>hold the caller</source>
        <translation>удержать</translation>
    </message>
    <message>
        <source>take the caller off hold</source>
        <translation>снять с удержания</translation>
    </message>
    <message>
        <source>toggle the microphone</source>
        <translation>переключить микрофон</translation>
    </message>
    <message>
        <source>toggle recording</source>
        <translation>переключить запись</translation>
    </message>
    <message>
        <source>transfer the caller</source>
        <translation>перевести абонента</translation>
    </message>
    <message>
        <source>start a consult</source>
        <translation>позвонить для консультации</translation>
    </message>
    <message>
        <source>connect the two</source>
        <translation>соединить</translation>
    </message>
    <message>
        <source>start conference</source>
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
        <source>The other party did not confirm within 3 seconds.</source>
        <translation>За 3 секунды другая сторона не подтвердила. На экране — то, что есть на самом деле.</translation>
    </message>
    <message>
        <source>Call recording is off here</source>
        <translation>Вызовы здесь не записываются</translation>
    </message>
    <message>
        <source>The administrator sets the recording folder.</source>
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
        <source>returning…</source>
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
        <source>ringing there</source>
        <translation>там звонит</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>На удержании</translation>
    </message>
    <message>
        <source>on hold over a minute</source>
        <translation>держим больше минуты</translation>
    </message>
    <message>
        <source>on hold over two minutes</source>
        <translation>держим больше двух минут</translation>
    </message>
    <message>
        <source>Return to the caller</source>
        <translation>Вернитесь к абоненту</translation>
    </message>
    <message>
        <source>You are on hold</source>
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
        <source>three-way</source>
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
        <source>answer, hold the first</source>
        <translation>ответить, первый удержать</translation>
    </message>
    <message>
        <source>switch</source>
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
        <source>Another change to this call is in progress</source>
        <translation>С этим вызовом уже что-то делается</translation>
    </message>
    <message>
        <source>The other party does not allow it</source>
        <translation>Другая сторона этого не разрешает</translation>
    </message>
    <message>
        <source>No one was consulted about the caller</source>
        <translation>Об абоненте никого не спрашивали</translation>
    </message>
    <message>
        <source>Outgoing call</source>
        <translation>Исходящий вызов</translation>
    </message>
    <message>
        <source>No answer: call № %1 registered</source>
        <translation>Не ответили: вызов № %1 зарегистрирован</translation>
    </message>
    <message>
        <source>%1. Tell the caller before transferring: there may be no answer.</source>
        <translation>%1. Скажите об этом до перевода: там могут не ответить.</translation>
    </message>
    <message>
        <source>Choose an authority or enter a number</source>
        <translation>Выберите орган или наберите номер</translation>
    </message>
    <message>
        <source>No number to call here</source>
        <translation>Здесь нет номера, по которому можно позвонить</translation>
    </message>
    <message>
        <source>When they answer, press Shift+F6 and enter the extension: %1</source>
        <translation>Когда ответят, нажмите Shift+F6 и наберите добавочный: %1</translation>
    </message>
    <message>
        <source>This number has extension %1</source>
        <translation>У номера добавочный %1</translation>
    </message>
    <message>
        <source>Talk first: enter the extension after the answer, then press F7 to connect.</source>
        <translation>Сначала поговорите: добавочный набирают после ответа, потом F7 соединит.</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>ждёт</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>не дозвонились</translation>
    </message>
    <message>
        <source>on hold: %1</source>
        <translation>на удержании: %1</translation>
    </message>
    <message>
        <source>A page of its file is damaged. Do not delete it: the administrator can export unsent data and restore the register from a backup: python -m sync export-outbox, then restore.</source>
        <translation>Страница его файла повреждена. Не удаляйте файл: администратор выгрузит то, что есть только в нём, и восстановит реестр из копии: python -m sync export-outbox, затем restore.</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>сегодня %1</translation>
    </message>
    <message>
        <source>From the central database: %1</source>
        <translation>Что приходит из центра: %1</translation>
    </message>
    <message>
        <source>Nothing from the central database yet</source>
        <translation>Из центра ещё ничего не приходило</translation>
    </message>
    <message>
        <source>No central database updates since %1</source>
        <translation>Новое из центра не приходит с %1</translation>
    </message>
    <message>
        <source>A long operation in the central database is blocking them. Your records are sent; the directory and messages from other workplaces may be out of date. Tell the administrator.</source>
        <translation>Его держит долгая операция в центральной базе. Ваши записи уходят туда; справочник и сообщения других рабочих мест могли устареть. Скажите администратору.</translation>
    </message>
    <message>
        <source>Your records are sent; the directory and messages from other workplaces may be out of date. The reason is in the log: tell the administrator.</source>
        <translation>Ваши записи уходят в центр; справочник и сообщения других рабочих мест могли устареть. Причина в журнале программы: скажите администратору.</translation>
    </message>
    <message>
        <source>Call coming in</source>
        <translation>Входящий звонок</translation>
    </message>
    <message>
        <source>The program already runs</source>
        <translation>Программа уже запущена</translation>
    </message>
    <message>
        <source>It is not responding. Close it or restart the computer, then start again.</source>
        <translation>Она не отвечает. Закройте её или перезагрузите компьютер и запустите снова.</translation>
    </message>
    <message>
        <source>The link has no phone number</source>
        <translation>В ссылке нет телефонного номера</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>не отправлено</translation>
    </message>
    <message>
        <source>No reply from central database</source>
        <translation>Центр не ответил</translation>
    </message>
    <message>
        <source>Missed calls</source>
        <translation>Пропущенные звонки</translation>
    </message>
    <message>
        <source>All days, until handled</source>
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
        <source>Outgoing</source>
        <translation>Исходящий</translation>
    </message>
    <message>
        <source>Shift+F3 pauses and resumes recording</source>
        <translation>Shift+F3 — пауза записи и продолжение</translation>
    </message>
    <message>
        <source>You are not taking calls, including this one: press F9 first or save the record</source>
        <translation>Сейчас вы не принимаете звонки, и этот тоже: сначала F9 или сохраните запись</translation>
    </message>
    <message>
        <source>Half of the calls are within the median, nine in ten within the 90th percentile. From the directory = answered calls with a directory entry in the card.</source>
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
        <source>Autosaving…</source>
        <translation>Сохраняется сама…</translation>
    </message>
    <message>
        <source>Ring to answer</source>
        <translation>От звонка до ответа</translation>
    </message>
    <message>
        <source>Answer to first edit of the card</source>
        <translation>От ответа до первой правки карточки</translation>
    </message>
    <message>
        <source>Answer to directory match</source>
        <translation>От ответа до найденного в справочнике</translation>
    </message>
    <message>
        <source>Hang-up to save</source>
        <translation>От конца разговора до сохранения</translation>
    </message>
    <message>
        <source>Calls appear here at the first ring. Ctrl+T opens training mode.</source>
        <translation>Вызов появится здесь с первым звонком. Ctrl+T — учебный режим.</translation>
    </message>
    <message>
        <source>Training opens in a separate window</source>
        <translation>Учебный режим открывается в отдельном окне</translation>
    </message>
    <message>
        <source>Real calls still arrive here: press F9 if you do not want them now.</source>
        <translation>Настоящие вызовы поступают сюда: если они сейчас не нужны — F9.</translation>
    </message>
    <message>
        <source>Training mode could not start: call the administrator</source>
        <translation>Учебный режим не запустился: позовите администратора</translation>
    </message>
    <message>
        <source>Training mode is not locked: all its data is fictional</source>
        <translation>Учебный режим не блокируется: всё в нём выдумано</translation>
    </message>
    <message>
        <source>Trainee</source>
        <translation>Стажёр</translation>
    </message>
    <message>
        <source>Outside our competence: %1</source>
        <translation>Не наша компетенция: %1</translation>
    </message>
    <message>
        <source>Give the authority&apos;s contacts: F5, then Ctrl+2. No message needed (par. 7.4).</source>
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
        <source>Script step not saved</source>
        <translation>Шаг сценария не записан на диск</translation>
    </message>
    <message>
        <source>It will be marked automatically once saving works.</source>
        <translation>Он отметится сам, когда диск снова примет запись.</translation>
    </message>
    <message>
        <source>The file %1 is ignored</source>
        <translation>Файл %1 не действует</translation>
    </message>
    <message>
        <source>Cannot read it: %1</source>
        <translation>Его нельзя прочитать: %1</translation>
    </message>
    <message>
        <source>No such setting: “%2”</source>
        <translation>Нет такой настройки: «%2»</translation>
    </message>
    <message>
        <source>“%2” has a value of the wrong type</source>
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
        <source>Unknown caller type “%2”: use new, repeated, media or official</source>
        <translation>Нет такого вида вызывающих: «%2»; есть new, repeated, media, official</translation>
    </message>
    <message>
        <source>The file has no texts</source>
        <translation>В файле нет текстов (phrases)</translation>
    </message>
    <message>
        <source>“%1”: no such setting: “%2”</source>
        <translation>«%1»: нет такой настройки: «%2»</translation>
    </message>
    <message>
        <source>“%1”: “%2” has a value of the wrong type</source>
        <translation>«%1»: у «%2» значение другого вида</translation>
    </message>
    <message>
        <source>Step %1 has no key</source>
        <translation>У шага %1 нет своего имени (key)</translation>
    </message>
    <message>
        <source>Step “%1” has no text</source>
        <translation>У шага «%1» нет текста (text)</translation>
    </message>
    <message>
        <source>Two steps are named “%1”</source>
        <translation>Два шага названы «%1»</translation>
    </message>
    <message>
        <source>Step “%1” continues by its answers: remove “then”</source>
        <translation>Шаг «%1» ведёт дальше ответами: уберите «then»</translation>
    </message>
    <message>
        <source>Step “%1” leads to “%2”, which does not exist</source>
        <translation>Шаг «%1» ведёт к шагу «%2», а такого шага нет</translation>
    </message>
    <message>
        <source>Step “%1” leads back to “%2”: steps can only lead forward</source>
        <translation>Шаг «%1» ведёт назад к шагу «%2»: шаги ведут только вперёд</translation>
    </message>
    <message>
        <source>No answer leads to step “%1”</source>
        <translation>К шагу «%1» не ведёт ни один ответ</translation>
    </message>
    <message>
        <source>Text %1 has no trigger word</source>
        <translation>У текста %1 нет короткого слова (trigger)</translation>
    </message>
    <message>
        <source>“%1” is several words: a trigger is one word</source>
        <translation>«%1» — несколько слов, а текст вызывают одним</translation>
    </message>
    <message>
        <source>Text “%1” is empty</source>
        <translation>Текст «%1» пуст</translation>
    </message>
    <message>
        <source>Two texts have the trigger “%1”</source>
        <translation>Два текста вызываются словом «%1»</translation>
    </message>
    <message>
        <source>Text “%1”: no such variable “{%2}”</source>
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
        <source>Message review</source>
        <translation>Проверка сообщений</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Окно</translation>
    </message>
    <message>
        <source>%1 types or moves in a field: use an F-key, or Ctrl or Alt with a letter</source>
        <translation>%1 печатает или двигает в поле: возьмите F-клавишу либо Ctrl или Alt с буквой</translation>
    </message>
    <message>
        <source>%1 is standard in all programs</source>
        <translation>%1 во всех программах значит одно и то же</translation>
    </message>
    <message>
        <source>%1 is reserved by the desktop and may not work here</source>
        <translation>%1 принадлежит рабочему столу, и он может его не отдать</translation>
    </message>
    <message>
        <source>%1 is in use: %2</source>
        <translation>%1 занято: %2</translation>
    </message>
    <message>
        <source>All keys were reset to defaults</source>
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
        <source>hold and resume; return from a consultation; extend wrap-up</source>
        <translation>удержать и вернуть; из консультации — назад; продлить оформление</translation>
    </message>
    <message>
        <source>mute or unmute</source>
        <translation>выключить и включить микрофон</translation>
    </message>
    <message>
        <source>transfer; connect both in a consultation</source>
        <translation>перевод; в консультации — соединить</translation>
    </message>
    <message>
        <source>transfer: talk first</source>
        <translation>при переводе: сначала поговорить</translation>
    </message>
    <message>
        <source>transfer: transfer now</source>
        <translation>при переводе: перевести сразу</translation>
    </message>
    <message>
        <source>conference</source>
        <translation>втроём на линии</translation>
    </message>
    <message>
        <source>hang up or reject a call</source>
        <translation>завершить вызов или отклонить звонок</translation>
    </message>
    <message>
        <source>keypad: enter or paste digits</source>
        <translation>клавиши: набрать или вставить цифры</translation>
    </message>
    <message>
        <source>pause and resume recording</source>
        <translation>пауза записи и дальше</translation>
    </message>
    <message>
        <source>call the displayed number</source>
        <translation>позвонить по показанному номеру</translation>
    </message>
    <message>
        <source>dial a number</source>
        <translation>набрать номер</translation>
    </message>
    <message>
        <source>not ready or break, by digit; again: ready</source>
        <translation>не готов или перерыв, цифрой; ещё раз — готов</translation>
    </message>
    <message>
        <source>missed calls; 1…3 sets the outcome</source>
        <translation>пропущенные; там 1…3 — что с ними стало</translation>
    </message>
    <message>
        <source>callbacks; 1…4 sets the outcome</source>
        <translation>кому перезвонить; 1…4 — чем кончилось</translation>
    </message>
    <message>
        <source>promised calls; 1…3 sets the outcome</source>
        <translation>обещанные звонки; 1…3: чем кончился</translation>
    </message>
    <message>
        <source>drafts; Enter opens the selected one</source>
        <translation>черновики; Enter открывает выбранный</translation>
    </message>
    <message>
        <source>shift handover sheet</source>
        <translation>лист передачи смены</translation>
    </message>
    <message>
        <source>training mode</source>
        <translation>учебный режим</translation>
    </message>
    <message>
        <source>search the directory</source>
        <translation>искать в справочнике</translation>
    </message>
    <message>
        <source>insert the selected answer</source>
        <translation>вставить выбранный ответ</translation>
    </message>
    <message>
        <source>open the document of the match</source>
        <translation>открыть документ найденного</translation>
    </message>
    <message>
        <source>insert a match by its digit</source>
        <translation>вставить найденное по цифре</translation>
    </message>
    <message>
        <source>show one kind of match only</source>
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
        <source>create a message from the call</source>
        <translation>оформить вызов сообщением</translation>
    </message>
    <message>
        <source>send the message for review</source>
        <translation>передать сообщение на проверку</translation>
    </message>
    <message>
        <source>technical result, again for the next one</source>
        <translation>технический итог, ещё раз — следующий</translation>
    </message>
    <message>
        <source>what to say about a formal appeal under 59-FZ</source>
        <translation>что сказать об обращении по 59-ФЗ</translation>
    </message>
    <message>
        <source>not given: name, phone or e-mail</source>
        <translation>не указано: имя, телефон или почта</translation>
    </message>
    <message>
        <source>set aside as a draft</source>
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
        <source>use the suggested name or e-mail</source>
        <translation>взять предложенное имя или адрес</translation>
    </message>
    <message>
        <source>about whom, if not the caller</source>
        <translation>о ком вопрос, если звонят за другого</translation>
    </message>
    <message>
        <source>who is calling: by digit or name search</source>
        <translation>кто звонит: цифрой или поиском по имени</translation>
    </message>
    <message>
        <source>record a request without a call</source>
        <translation>запись без вызова: лично, мобильный, письмо</translation>
    </message>
    <message>
        <source>another question in the same call</source>
        <translation>ещё вопрос того же вызова</translation>
    </message>
    <message>
        <source>undo saving, within 15 seconds</source>
        <translation>отменить сохранение, 15 секунд</translation>
    </message>
    <message>
        <source>the same while a field uses Ctrl+Z</source>
        <translation>то же, пока Ctrl+Z нужен полю</translation>
    </message>
    <message>
        <source>caller informed of the incident: close the call</source>
        <translation>единый текст прочитан: закрыть вызов</translation>
    </message>
    <message>
        <source>city incidents</source>
        <translation>инциденты города</translation>
    </message>
    <message>
        <source>text of another incident</source>
        <translation>текст другого инцидента</translation>
    </message>
    <message>
        <source>end the incident</source>
        <translation>завершить инцидент</translation>
    </message>
    <message>
        <source>script step: done, or yes</source>
        <translation>шаг сценария: готово или «да»</translation>
    </message>
    <message>
        <source>script question: no</source>
        <translation>вопрос сценария: «нет»</translation>
    </message>
    <message>
        <source>undo the last script step</source>
        <translation>вернуть последний шаг сценария</translation>
    </message>
    <message>
        <source>collapse the script or show all steps</source>
        <translation>свернуть сценарий или показать все шаги</translation>
    </message>
    <message>
        <source>canned text, by its short word or from a list</source>
        <translation>готовый текст по короткому слову или из списка</translation>
    </message>
    <message>
        <source>to the text of a finding</source>
        <translation>к словам найденного</translation>
    </message>
    <message>
        <source>next finding</source>
        <translation>к следующему найденному</translation>
    </message>
    <message>
        <source>link the call to a known message</source>
        <translation>связать вызов с известным сообщением</translation>
    </message>
    <message>
        <source>another known message</source>
        <translation>другое из известных сообщений</translation>
    </message>
    <message>
        <source>create a message from the selection</source>
        <translation>выделенное — отдельным сообщением</translation>
    </message>
    <message>
        <source>mark as personal data or not</source>
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
        <source>attach the image from the clipboard</source>
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
        <source>close the entry from today</source>
        <translation>закрыть запись с сегодняшнего дня</translation>
    </message>
    <message>
        <source>discard the changes</source>
        <translation>отменить правку</translation>
    </message>
    <message>
        <source>apply the changes to the new version</source>
        <translation>перенести правку на новую версию</translation>
    </message>
    <message>
        <source>attach a file to the entry</source>
        <translation>приложить файл к записи</translation>
    </message>
    <message>
        <source>authorities&apos; answers; again: question from the answer</source>
        <translation>ответы органов; ещё раз — вопрос из ответа</translation>
    </message>
    <message>
        <source>failed searches</source>
        <translation>что искали и не нашли</translation>
    </message>
    <message>
        <source>create a synonym from a failed search</source>
        <translation>сделать синоним из ненайденного</translation>
    </message>
    <message>
        <source>synonyms</source>
        <translation>синонимы</translation>
    </message>
    <message>
        <source>outdated entries</source>
        <translation>устаревшие записи</translation>
    </message>
    <message>
        <source>outdated entries as XLSX</source>
        <translation>устаревшие записи в XLSX</translation>
    </message>
    <message>
        <source>topic proposals</source>
        <translation>предложения по темам</translation>
    </message>
    <message>
        <source>new proposal</source>
        <translation>новое предложение</translation>
    </message>
    <message>
        <source>import from and export to files</source>
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
        <source>files: save error list</source>
        <translation>файлы: сохранить ошибки</translation>
    </message>
    <message>
        <source>files: import valid rows only</source>
        <translation>файлы: загрузить только верные строки</translation>
    </message>
    <message>
        <source>files: undo import</source>
        <translation>файлы: отменить загрузку</translation>
    </message>
    <message>
        <source>files: stop import</source>
        <translation>файлы: остановить загрузку</translation>
    </message>
    <message>
        <source>restore the selected version</source>
        <translation>вернуть выбранную версию</translation>
    </message>
    <message>
        <source>find a message by number or phone</source>
        <translation>найти сообщение по номеру или телефону</translation>
    </message>
    <message>
        <source>answers and deadlines</source>
        <translation>ответы и сроки</translation>
    </message>
    <message>
        <source>go to a list; with Alt from anywhere on the page</source>
        <translation>перейти к списку; с Alt — откуда угодно на странице</translation>
    </message>
    <message>
        <source>do the next step with the message</source>
        <translation>сделать с сообщением следующее</translation>
    </message>
    <message>
        <source>accept, send, decide</source>
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
        <source>send to the authority or to another</source>
        <translation>направить органу или перенаправить другому</translation>
    </message>
    <message>
        <source>record the author&apos;s rating</source>
        <translation>записать оценку автора</translation>
    </message>
    <message>
        <source>send for rework</source>
        <translation>направить на доработку</translation>
    </message>
    <message>
        <source>forward by votes</source>
        <translation>передать по голосам</translation>
    </message>
    <message>
        <source>publish the message</source>
        <translation>опубликовать сообщение</translation>
    </message>
    <message>
        <source>unpublish</source>
        <translation>снять с публикации</translation>
    </message>
    <message>
        <source>close the message</source>
        <translation>закрыть сообщение</translation>
    </message>
    <message>
        <source>message history</source>
        <translation>история сообщения</translation>
    </message>
    <message>
        <source>link the call to the found message</source>
        <translation>связать вызов с найденным сообщением</translation>
    </message>
    <message>
        <source>from a found message to its answers</source>
        <translation>от найденного сообщения к его ответам</translation>
    </message>
    <message>
        <source>undo the decision, within 15 seconds</source>
        <translation>вернуть как было, в течение 15 секунд</translation>
    </message>
    <message>
        <source>messages under review</source>
        <translation>сообщения на проверке</translation>
    </message>
    <message>
        <source>record a message without a call</source>
        <translation>записать сообщение без вызова</translation>
    </message>
    <message>
        <source>decisions; with Alt from a field too</source>
        <translation>решения; с Alt и из поля</translation>
    </message>
    <message>
        <source>the notification before it is sent</source>
        <translation>уведомление, прежде чем оно уйдёт</translation>
    </message>
    <message>
        <source>carry out the decision</source>
        <translation>выполнить решение</translation>
    </message>
    <message>
        <source>undo the last decision</source>
        <translation>отменить последнее решение</translation>
    </message>
    <message>
        <source>return and take the next one</source>
        <translation>вернуть и взять следующее</translation>
    </message>
    <message>
        <source>return a colleague&apos;s message</source>
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
        <source>call report</source>
        <translation>отчёт о вызовах</translation>
    </message>
    <message>
        <source>message report</source>
        <translation>отчёт о сообщениях</translation>
    </message>
    <message>
        <source>missing categories report</source>
        <translation>отчёт о недостающих категориях</translation>
    </message>
    <message>
        <source>report of off-route authorities</source>
        <translation>отчёт о направленных не по маршруту</translation>
    </message>
    <message>
        <source>operator report</source>
        <translation>отчёт по операторам</translation>
    </message>
    <message>
        <source>this workplace or all (central database)</source>
        <translation>это место или все, где есть центр</translation>
    </message>
    <message>
        <source>propose a category</source>
        <translation>предложить категорию</translation>
    </message>
    <message>
        <source>previous period or year</source>
        <translation>предыдущий период или год</translation>
    </message>
    <message>
        <source>next period or year</source>
        <translation>следующий период или год</translation>
    </message>
    <message>
        <source>city calendar</source>
        <translation>календарь города</translation>
    </message>
    <message>
        <source>calendar from file</source>
        <translation>календарь из файла</translation>
    </message>
    <message>
        <source>calendar rules</source>
        <translation>правила календаря</translation>
    </message>
    <message>
        <source>silence the alarm for this problem</source>
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
        <source>suggestions and the field&apos;s usual menu</source>
        <translation>похожие слова и меню поля</translation>
    </message>
    <message>
        <source>diagnostics for the administrator</source>
        <translation>диагностика для администратора</translation>
    </message>
    <message>
        <source>fix the keyboard layout or Caps Lock; also Pause</source>
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
        <source>Shift+F9 switches to the other one.</source>
        <translation>К другому вызову переходит Shift+F9.</translation>
    </message>
    <message>
        <source>Text entered after signing is not included; it goes to your next sheet.</source>
        <translation>Набранное после подписи в лист не вошло: оно останется в вашем следующем листе.</translation>
    </message>
    <message>
        <source>The previous one is still being saved</source>
        <translation>Предыдущее ещё записывается</translation>
    </message>
    <message>
        <source>Another name is entered in the card. Clear it, then choose.</source>
        <translation>В карточке набрано другое имя. Сотрите его там, затем выберите.</translation>
    </message>
    <message>
        <source>promised calls: schedule another</source>
        <translation>обещанные звонки: обещать ещё один</translation>
    </message>
    <message>
        <source>handover sheet as PDF</source>
        <translation>лист передачи смены в PDF</translation>
    </message>
    <message>
        <source>incidents: add a new one</source>
        <translation>инциденты: внести новый</translation>
    </message>
    <message>
        <source>call unlinked</source>
        <translation>вызов отвязан</translation>
    </message>
    <message>
        <source>Call unlinked</source>
        <translation>Вызов отвязан</translation>
    </message>
    <message>
        <source>No longer suggested: its calls ended or a colleague has decided</source>
        <translation>Больше не предлагается: вызовы давно окончены или коллега уже принял решение</translation>
    </message>
    <message>
        <source>check before the shift</source>
        <translation>проверка перед сменой</translation>
    </message>
    <message>
        <source>Ready for work, sound not tested</source>
        <translation>Готово к работе, звук не проверен</translation>
    </message>
    <message>
        <source>F12: pre-shift check</source>
        <translation>F12 — проверка перед сменой</translation>
    </message>
    <message>
        <source>The phone program is not responding. Details: F12.</source>
        <translation>Программа телефона не отвечает. Подробнее — F12.</translation>
    </message>
    <message>
        <source>handled at another workplace</source>
        <translation>разобран на другом рабочем месте</translation>
    </message>
    <message>
        <source>regulation paragraphs for the current field or line</source>
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
        <source>Scope: how messages reach the platform and how they are processed.</source>
        <translation>О чём документ: как сообщения поступают на платформу и что с ними делают.</translation>
    </message>
    <message>
        <source>Definitions: user, guest, phone call, message, directory, publication.</source>
        <translation>Что значат слова: пользователь, гость, телефонный вызов, сообщение, справочник, публикация.</translation>
    </message>
    <message>
        <source>Messages are handled under these rules, not under law 59-FZ.</source>
        <translation>Сообщения рассматривают по этим правилам, а не по закону № 59-ФЗ.</translation>
    </message>
    <message>
        <source>Participants: authorities, organisations, users, guests, the operator, responsible officials.</source>
        <translation>Кто участвует: органы, организации, пользователи, гости, оператор и ответственные лица.</translation>
    </message>
    <message>
        <source>The state corporation protects the processed data, including personal data.</source>
        <translation>Госкорпорация следит за защитой сведений, в том числе персональных данных.</translation>
    </message>
    <message>
        <source>Authorities and organisations appoint officials, prepare answers and update their data.</source>
        <translation>Органы и организации назначают ответственных, готовят ответы и обновляют свои данные.</translation>
    </message>
    <message>
        <source>Users send messages, rate answers and support other users&apos; messages.</source>
        <translation>Пользователи направляют сообщения, оценивают ответы и поддерживают чужие сообщения.</translation>
    </message>
    <message>
        <source>Guests support users&apos; messages.</source>
        <translation>Гости поддерживают сообщения пользователей.</translation>
    </message>
    <message>
        <source>The operator maintains the directory, processes messages and answers, advises and checks the set of categories.</source>
        <translation>Оператор ведёт справочник, обрабатывает сообщения и ответы, консультирует и следит, хватает ли категорий.</translation>
    </message>
    <message>
        <source>Responsible officials monitor their authority&apos;s work and the accuracy of its data.</source>
        <translation>Ответственные лица следят за работой своего органа и точностью его данных.</translation>
    </message>
    <message>
        <source>The operator may approve rules for a topic.</source>
        <translation>Оператор вправе утвердить правила для отдельной темы.</translation>
    </message>
    <message>
        <source>Topic rules are based on the authorities&apos; data and agreed with them.</source>
        <translation>Правила для темы составляют по данным органов и согласуют с ними.</translation>
    </message>
    <message>
        <source>They may include process maps: the specifics of one authority.</source>
        <translation>К ним могут прилагаться технологические карты: особенности отдельного органа.</translation>
    </message>
    <message>
        <source>Each message has a topic and a category.</source>
        <translation>Каждое сообщение относят к теме и категории.</translation>
    </message>
    <message>
        <source>A topic or category proposal states its name, who answers, who takes part and the route.</source>
        <translation>Что указать в предложении по теме или категории: название, кто отвечает, кто участвует, куда направлять.</translation>
    </message>
    <message>
        <source>Two channels: the single phone number and the platform&apos;s website.</source>
        <translation>Два пути: единый телефонный номер и сайт платформы.</translation>
    </message>
    <message>
        <source>To write on the platform itself, users sign up there.</source>
        <translation>Чтобы написать на самой платформе, на ней регистрируются.</translation>
    </message>
    <message>
        <source>The author chooses the topic and category that fit the content.</source>
        <translation>Автор выбирает тему и категорию, подходящие по содержанию.</translation>
    </message>
    <message>
        <source>Phone calls are answered during working hours.</source>
        <translation>Телефонные вызовы принимают в рабочее время.</translation>
    </message>
    <message>
        <source>Electronic messages can be sent on any day at any time.</source>
        <translation>Электронное сообщение можно направить в любой день и час.</translation>
    </message>
    <message>
        <source>Required: what happened (text or photo), date, time and place.</source>
        <translation>Обязательно: что случилось (текст или фото), дата, время и место.</translation>
    </message>
    <message>
        <source>Optional: surname, first name, patronymic and other details.</source>
        <translation>По желанию автора: фамилия, имя, отчество и другие обстоятельства.</translation>
    </message>
    <message>
        <source>In Russian, one question, a clear location; no abuse, threats, advertising or matters outside the city&apos;s remit.</source>
        <translation>На русском языке, один вопрос, ясное место; без брани, угроз, рекламы и вопросов не к городу.</translation>
    </message>
    <message>
        <source>The same text is not accepted while the first awaits an answer; duplicates are removed with a notification.</source>
        <translation>Тот же текст не принимают, пока идёт срок ответа на первый; повторы удаляют с уведомлением.</translation>
    </message>
    <message>
        <source>Photos and scans: JPG, PNG or TIFF.</source>
        <translation>Фото и сканы: JPG, PNG или TIFF.</translation>
    </message>
    <message>
        <source>Up to four photos per message.</source>
        <translation>К одному сообщению не больше четырёх фото.</translation>
    </message>
    <message>
        <source>A photo must not need rotating, cropping or enlarging.</source>
        <translation>Фото не должно требовать поворота, обрезки или увеличения.</translation>
    </message>
    <message>
        <source>The author chooses whether the message is public.</source>
        <translation>Автор указывает, публичное ли сообщение.</translation>
    </message>
    <message>
        <source>Public: anyone can see the message and its answer.</source>
        <translation>Публичное: сообщение и ответ может увидеть каждый.</translation>
    </message>
    <message>
        <source>Unless the author states otherwise, the message is non-public.</source>
        <translation>Если автор не указал иного, сообщение непубличное.</translation>
    </message>
    <message>
        <source>Non-public messages and their answers are hidden from others.</source>
        <translation>Непубличное сообщение и ответ на него другим не показывают.</translation>
    </message>
    <message>
        <source>A message with personal data, health data or secrets in text or photos is non-public.</source>
        <translation>С персональными данными, сведениями о здоровье или тайной в тексте или на фото сообщение непубличное.</translation>
    </message>
    <message>
        <source>Messages are handled as described in this document.</source>
        <translation>Сообщения обрабатывают так, как сказано в этом документе.</translation>
    </message>
    <message>
        <source>Calls to the single number go to the operator.</source>
        <translation>Вызовы на единый номер поступают оператору.</translation>
    </message>
    <message>
        <source>Each call is registered: number, date, time, content and result; e-mail, name and phone if given.</source>
        <translation>Каждый вызов регистрируют: номер, дата, время, содержание, итог; почта, имя и телефон, если их назвали.</translation>
    </message>
    <message>
        <source>The operator may answer, give contacts or create a message for a written answer.</source>
        <translation>Что может оператор: ответить сам, дать контакты или завести сообщение для письменного ответа.</translation>
    </message>
    <message>
        <source>A message written on the platform goes to the operator.</source>
        <translation>Сообщение, составленное на платформе, поступает оператору.</translation>
    </message>
    <message>
        <source>The operator checks a message against section 6.</source>
        <translation>Оператор проверяет сообщение по требованиям раздела 6.</translation>
    </message>
    <message>
        <source>Grounds for refusal: no category fits, or the message does not meet section 6.</source>
        <translation>Основания для отказа: не подходит ни одна категория или не соблюдён раздел 6.</translation>
    </message>
    <message>
        <source>The author of a public message is notified of its registration and publication.</source>
        <translation>Автора публичного сообщения уведомляют о регистрации и публикации.</translation>
    </message>
    <message>
        <source>The message goes to the authority responsible for its topic.</source>
        <translation>Сообщение направляют в орган, к которому относится тема.</translation>
    </message>
    <message>
        <source>On refusal, the author gets an e-mail: why, and what to correct.</source>
        <translation>Об отказе автору пишут на почту: почему и что исправить.</translation>
    </message>
    <message>
        <source>Registration, publication or refusal notification: within two working days of sending.</source>
        <translation>От отправки до регистрации, публикации или уведомления об отказе: не больше двух рабочих дней.</translation>
    </message>
    <message>
        <source>Anything received on a day off counts as sent on the next working day.</source>
        <translation>Поступившее в нерабочий день считают направленным в ближайший рабочий.</translation>
    </message>
    <message>
        <source>Given by phone: standard answers, contacts and hours, public services, help with the platform.</source>
        <translation>Что дают по телефону: типовые ответы, контакты и режим работы, госуслуги, помощь с платформой.</translation>
    </message>
    <message>
        <source>Non-standard questions are answered in writing, through a message.</source>
        <translation>На нетиповой вопрос отвечают письменно, через сообщение.</translation>
    </message>
    <message>
        <source>Information on public services comes from the public services portal.</source>
        <translation>О госуслугах рассказывают по сведениям портала госуслуг.</translation>
    </message>
    <message>
        <source>Officials of the authority or organisation answer.</source>
        <translation>Отвечают должностные лица органа или организации.</translation>
    </message>
    <message>
        <source>The official prepares the answer under records management rules.</source>
        <translation>Ответ готовят по правилам делопроизводства.</translation>
    </message>
    <message>
        <source>Where this document requires it, the operator answers.</source>
        <translation>Где так сказано в этом документе, отвечает сам оператор.</translation>
    </message>
    <message>
        <source>An answer says that it is solved, when and how it will be, or why it cannot be.</source>
        <translation>Ответ говорит: решено, либо когда и как решат, либо почему решить нельзя.</translation>
    </message>
    <message>
        <source>The authority gives the answer to the operator, who publishes it (public messages) and e-mails it to the author.</source>
        <translation>Орган передаёт ответ оператору; тот публикует его (если сообщение публичное) и отправляет автору на почту.</translation>
    </message>
    <message>
        <source>On a promised date, the authority is automatically reminded to prepare a further answer.</source>
        <translation>Когда наступает обещанный срок, органу автоматически напоминают о дополнительном ответе.</translation>
    </message>
    <message>
        <source>A further answer follows the same procedure and deadlines.</source>
        <translation>Дополнительный ответ готовят в том же порядке и в те же сроки.</translation>
    </message>
    <message>
        <source>The operator may adapt an answer for the directory without changing its meaning.</source>
        <translation>Оператор вправе переложить ответ для справочника, не меняя смысла.</translation>
    </message>
    <message>
        <source>Scans and photos may be attached to an answer.</source>
        <translation>К ответу можно приложить сканы и фото.</translation>
    </message>
    <message>
        <source>The author is notified by e-mail that the answer is published.</source>
        <translation>О публикации ответа автору сообщают на почту.</translation>
    </message>
    <message>
        <source>The answer can be found by the message&apos;s registration number.</source>
        <translation>Ответ находят по номеру, присвоенному сообщению при регистрации.</translation>
    </message>
    <message>
        <source>The author may rate the answer.</source>
        <translation>Автор может оценить ответ.</translation>
    </message>
    <message>
        <source>With a negative rating, the author must add remarks.</source>
        <translation>К негативной оценке автор обязан указать замечания.</translation>
    </message>
    <message>
        <source>After a negative rating, the message returns to the authority with the remarks.</source>
        <translation>При негативной оценке сообщение возвращают в орган с замечаниями.</translation>
    </message>
    <message>
        <source>The author is notified by e-mail that the answer is being reworked.</source>
        <translation>О доработке ответа автору сообщают на почту.</translation>
    </message>
    <message>
        <source>A user or guest can support a public message once.</source>
        <translation>Пользователь или гость поддерживает одно публичное сообщение один раз.</translation>
    </message>
    <message>
        <source>More than a thousand user votes within three days: the message goes to the authority.</source>
        <translation>Больше тысячи голосов пользователей за трое суток: сообщение передают органу.</translation>
    </message>
    <message>
        <source>Statistics on authorities and organisations are generated automatically.</source>
        <translation>Статистика о работе органов и организаций формируется сама.</translation>
    </message>
    <message>
        <source>The operator is responsible for the duties in this document.</source>
        <translation>Оператор отвечает за то, что поручает ему этот документ.</translation>
    </message>
    <message>
        <source>The operator is not responsible for the accuracy of content from authorities and organisations.</source>
        <translation>За точность того, что разместили органы и организации, оператор не отвечает.</translation>
    </message>
    <message>
        <source>The responsible official must fulfil the duties in this document.</source>
        <translation>Ответственное лицо отвечает за то, что поручает ему этот документ.</translation>
    </message>
    <message>
        <source>Authorities and organisations are responsible for their duties and their directory data.</source>
        <translation>Органы и организации отвечают за свои обязанности и за свои данные в справочнике.</translation>
    </message>
    <message>
        <source>not accepted: no common codec</source>
        <translation>не принят: нет общего кодека</translation>
    </message>
    <message>
        <source>not accepted: no common encryption</source>
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
        <source>Headset buttons do not work: %1</source>
        <translation>Кнопки гарнитуры не работают: %1</translation>
    </message>
    <message>
        <source>The system denies this user access: see the udev rule in the administrator&apos;s guide. Keys still work.</source>
        <translation>Система не даёт их этому пользователю: правило udev есть в руководстве администратора. Клавиши работают.</translation>
    </message>
    <message>
        <source>Another program may be using them, or it was just unplugged. Keys still work.</source>
        <translation>Их могла занять другая программа, или гарнитуру только что вынули. Клавиши работают.</translation>
    </message>
    <message>
        <source>This model reports its buttons in a non-standard way. Keys still work.</source>
        <translation>Эта модель сообщает о кнопках не так, как принято. Клавиши работают.</translation>
    </message>
    <message>
        <source>Headset buttons cannot be read here</source>
        <translation>Кнопки гарнитуры здесь не читаются</translation>
    </message>
    <message>
        <source>The component that reads them is not installed. Keys still work.</source>
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
        <source>hold or second call</source>
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
        <source>This is the program&apos;s summary. The city&apos;s text is not loaded: the administrator can load it.</source>
        <translation>Это пересказ программы. Текст города не загружен: это делает администратор.</translation>
    </message>
    <message>
        <source>Cannot read the file with the city&apos;s text; contact the administrator.</source>
        <translation>Файл с текстом города не читается, скажите администратору.</translation>
    </message>
    <message>
        <source>The city&apos;s text has no such paragraph.</source>
        <translation>В тексте города такого пункта нет.</translation>
    </message>
    <message>
        <source>%1 is used by another program</source>
        <translation>%1 занято другой программой</translation>
    </message>
    <message>
        <source>It does not work outside this window: press F1 and Enter to change the shortcut.</source>
        <translation>Вне этого окна оно не действует: другое сочетание дают F1 и Enter.</translation>
    </message>
    <message>
        <source>On Wayland only the front program gets keys: sign in to the computer with X11, or answer with the headset.</source>
        <translation>Рабочий стол Wayland отдаёт клавиши только программе впереди: войдите в компьютер с X11 или отвечайте гарнитурой.</translation>
    </message>
    <message>
        <source>This system does not support it.</source>
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
        <source>%1 is used in other programs: use an F-key with Ctrl+Shift or Alt+Shift</source>
        <translation>%1 что-то значит в других программах: возьмите F-клавишу с Ctrl+Shift или Alt+Shift</translation>
    </message>
    <message>
        <source> — in use by another program</source>
        <translation> — занято другой программой</translation>
    </message>
    <message>
        <source>Pressed: %1</source>
        <translation>Нажата «%1»</translation>
    </message>
    <message>
        <source>Buttons cannot be read</source>
        <translation>Кнопки не читаются</translation>
    </message>
    <message>
        <source>Buttons detected</source>
        <translation>Кнопки есть</translation>
    </message>
    <message>
        <source>Press one: outside a call it does nothing and is named here.</source>
        <translation>Нажмите любую: без вызова она ничего не делает, и здесь будет её название.</translation>
    </message>
    <message>
        <source>Off in settings</source>
        <translation>Выключены в настройках</translation>
    </message>
    <message>
        <source>No headset with buttons</source>
        <translation>Гарнитуры с кнопками нет</translation>
    </message>
    <message>
        <source>Use keys to control calls.</source>
        <translation>Вызовом управляют клавиши.</translation>
    </message>
    <message>
        <source>Headset buttons</source>
        <translation>Кнопки гарнитуры</translation>
    </message>
    <message>
        <source>The phone cannot take it. It is in missed calls; tell the administrator.</source>
        <translation>Телефон не может его принять. Вызов — в списке пропущенных; сообщите администратору.</translation>
    </message>
    <message>
        <source>declined</source>
        <comment>a proposal</comment>
        <translation>отклонено</translation>
    </message>
    <message>
        <source>It was due for a decision by %1 and is late.</source>
        <translation>Решение должно было быть принято до %1, оно задерживается.</translation>
    </message>
    <message>
        <source>The promised date, %1, has passed; a further answer is awaited.</source>
        <translation>Обещанный день, %1, прошёл; ждём от органа нового ответа.</translation>
    </message>
    <message>
        <source>You have no tasks</source>
        <translation>Вас ничего не ждёт</translation>
    </message>
    <message>
        <source>Saved but not in effect yet: the administrator&apos;s file can no longer be read.</source>
        <translation>Сохранено, но пока не действует: файл администратора больше не читается.</translation>
    </message>
    <message>
        <source>The fields changed during the test: test again</source>
        <translation>Во время проверки поля изменились: проверьте ещё раз</translation>
    </message>
    <message>
        <source>in a table: column widths; also Menu</source>
        <translation>в таблице: ширина её столбцов; также Menu</translation>
    </message>
    <message>
        <source>Restart the program when the line is free: drafts are kept.</source>
        <translation>Перезапустите программу, когда линия свободна: черновики сохранятся.</translation>
    </message>
    <message>
        <source>Call in progress: restart the program when the line is free</source>
        <translation>Идёт вызов: перезапустите программу, когда линия свободна</translation>
    </message>
    <message>
        <source>A test or save is in progress: restart when it is done</source>
        <translation>Что-то ещё проверяется или сохраняется: перезапустите, когда закончится</translation>
    </message>
    <message>
        <source>Settings have unsaved changes: save or discard them</source>
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
        <source>handover sheet note</source>
        <translation>заметка листа передачи</translation>
    </message>
    <message>
        <source>Looking for a headset with buttons…</source>
        <translation>Ищем гарнитуру с кнопками…</translation>
    </message>
    <message>
        <source>%1: press any button</source>
        <translation>%1: нажмите любую её кнопку</translation>
    </message>
    <message>
        <source>No button was pressed</source>
        <translation>Ни одна кнопка не нажата</translation>
    </message>
    <message>
        <source>Test again and press a button meanwhile.</source>
        <translation>Проверьте ещё раз и нажмите кнопку, пока идёт проверка.</translation>
    </message>
    <message>
        <source>redial last number</source>
        <translation>последний номер ещё раз</translation>
    </message>
    <message>
        <source>The workplace could not open</source>
        <translation>Рабочее место не открылось</translation>
    </message>
    <message>
        <source>A program error was logged; records are not affected. Close the program and start it again. If that does not help, call the administrator.</source>
        <translation>В программе ошибка, она записана в журнал программы; записи не затронуты. Закройте программу и запустите её снова. Если это не поможет, позовите администратора.</translation>
    </message>
    <message>
        <source>Restart from the appearance page: Ctrl+Shift+B.</source>
        <translation>Ctrl+Shift+B: там программу можно сразу перезапустить.</translation>
    </message>
    <message>
        <source>The list is empty: columns can be resized when it has items</source>
        <translation>Список пуст: ширину столбцов можно менять, когда в нём что-то есть</translation>
    </message>
    <message>
        <source>Your role cannot see call records</source>
        <translation>Ваша роль не видит записей вызовов</translation>
    </message>
    <message>
        <source>Available pages are on the left; F5 searches the directory.</source>
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
        <source>role takes no calls</source>
        <translation>роль не принимает вызовы</translation>
    </message>
    <message>
        <source>No calls ring here while you are signed in.</source>
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
        <source>No message created from this call</source>
        <translation>По вызову нет сообщения</translation>
    </message>
    <message>
        <source>The caller on hold hung up</source>
        <translation>Абонент на удержании положил трубку</translation>
    </message>
    <message>
        <source>Their record is in drafts: Ctrl+Shift+D.</source>
        <translation>Его запись ждёт в черновиках: Ctrl+Shift+D.</translation>
    </message>
    <message>
        <source>Is it %1? ↓ and Enter to use it</source>
        <translation>Это %1? ↓ и Enter впишут так</translation>
    </message>
    <message>
        <source>The caller returns to you.</source>
        <translation>Абонент возвращается к вам.</translation>
    </message>
    <message>
        <source>The caller is still on hold: Shift+F9 switches to them.</source>
        <translation>Абонент всё ещё на удержании: Shift+F9 — перейти к нему.</translation>
    </message>
    <message>
        <source>You are already consulting about this caller</source>
        <translation>Вы уже советуетесь об этом абоненте</translation>
    </message>
    <message>
        <source>F7 connects them, F3 returns to the caller.</source>
        <translation>F7 соединит их, F3 вернёт к абоненту.</translation>
    </message>
    <message>
        <source>All three already hear each other</source>
        <translation>Все трое уже слышат друг друга</translation>
    </message>
    <message>
        <source>F3 returns to the caller alone, F7 leaves the other two talking.</source>
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
        <source>The clipboard has no image or file</source>
        <translation>Не скопирован ни снимок, ни файл</translation>
    </message>
    <message>
        <source>Copy it in the other program, then paste it here.</source>
        <translation>Скопируйте его в другой программе и вставьте здесь.</translation>
    </message>
    <message>
        <source>The city does not let operators rotate photos</source>
        <translation>Город не разрешает операторам поворачивать фото</translation>
    </message>
    <message>
        <source>A photo that needs rotating is grounds for refusal (6.7).</source>
        <translation>Снимок, который надо поворачивать, — основание отказа (п. 6.7).</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>меньше минуты</translation>
    </message>
    <message>
        <source>All workplaces already show this text</source>
        <translation>Этот текст уже показан всем</translation>
    </message>
    <message>
        <source>Change it before showing it.</source>
        <translation>Измените его, потом показывайте.</translation>
    </message>
    <message>
        <source>no matching keys</source>
        <translation>такой клавиши нет</translation>
    </message>
    <message>
        <source>keys: %1 of %2</source>
        <translation>клавиши: %1 из %2</translation>
    </message>
    <message>
        <source>Search results are not visible now</source>
        <translation>Найденное сейчас не видно</translation>
    </message>
    <message>
        <source>F5 shows them over the page, Esc hides them.</source>
        <translation>F5 покажет его поверх страницы, Esc уберёт.</translation>
    </message>
    <message>
        <source>not in effect</source>
        <translation>не действует</translation>
    </message>
    <message>
        <source>Already handled by a colleague</source>
        <translation>Его уже разобрал коллега</translation>
    </message>
    <message>
        <source>The selected call is no longer in the list</source>
        <translation>Выбранного звонка в списке уже нет</translation>
    </message>
    <message>
        <source>Another one is now selected: press again to apply to it.</source>
        <translation>Выбран другой: нажмите ещё раз, если это для него.</translation>
    </message>
    <message>
        <source>The incident text has changed</source>
        <translation>Текст инцидента изменён</translation>
    </message>
    <message>
        <source>Enter: search for “%1”</source>
        <translation>Enter: искать «%1»</translation>
    </message>
    <message>
        <source>close to “%1”</source>
        <translation>похоже на «%1»</translation>
    </message>
    <message>
        <source>Your message without a call is not submitted yet</source>
        <translation>Ваше сообщение без вызова ещё не передано</translation>
    </message>
    <message>
        <source>It is as you left it: press F10, then Ins.</source>
        <translation>Оно такое, каким вы его оставили: F10, затем Ins.</translation>
    </message>
    <message>
        <source>Your unfinished text was restored</source>
        <translation>Недописанное снова в своей форме</translation>
    </message>
    <message>
        <source>Not sent yet: %1.</source>
        <translation>Ещё не отправлено: %1.</translation>
    </message>
    <message>
        <source>Restored after a restart, not sent yet · entered: %1</source>
        <translation>Найдено после перезапуска, ещё не отправлено · набрано: %1</translation>
    </message>
    <message>
        <source>answer started</source>
        <translation>ответ начат</translation>
    </message>
    <message>
        <source>The rules have changed since; now in force:</source>
        <translation>Правила тем временем изменили, сейчас действует:</translation>
    </message>
    <message>
        <source>See what has changed: press again to continue with your rules</source>
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
        <source>Press again to call anyway.</source>
        <translation>Нажмите ещё раз, чтобы всё-таки позвонить.</translation>
    </message>
    <message>
        <source>not confirmed yet</source>
        <translation>ещё не подтверждено</translation>
    </message>
    <message>
        <source>no answer; retrying</source>
        <translation>нет ответа; сообщаем ещё раз</translation>
    </message>
    <message>
        <source>not accepted (%1); retrying</source>
        <translation>не принято (%1); сообщаем ещё раз</translation>
    </message>
    <message>
        <source>the PBX does not accept SIP presence (%1)</source>
        <translation>станция не принимает SIP presence (%1)</translation>
    </message>
    <message>
        <source>The PBX does not accept SIP presence (%1)</source>
        <translation>Станция не принимает SIP presence (%1)</translation>
    </message>
    <message>
        <source>The PBX did not accept your state (%1)</source>
        <translation>Станция не приняла ваше состояние (%1)</translation>
    </message>
    <message>
        <source>PBX state</source>
        <translation>Состояние на станции</translation>
    </message>
    <message>
        <source>The PBX accepts this account and the operator state</source>
        <translation>Станция принимает эту учётную запись и состояние оператора</translation>
    </message>
    <message>
        <source>The account works and calls arrive. Use codes for the state, or have SIP presence enabled on the PBX.</source>
        <translation>Сама учётная запись принята, звонки приходят. Сообщайте состояние кодами или попросите включить SIP presence на станции.</translation>
    </message>
    <message>
        <source>The account works and calls arrive. Repeat the test.</source>
        <translation>Сама учётная запись принята, звонки приходят. Повторите проверку.</translation>
    </message>
    <message>
        <source>The PBX did not respond to the operator state</source>
        <translation>Станция не ответила, когда ей сообщили состояние оператора</translation>
    </message>
    <message>
        <source>The PBX did not accept the operator state (%1)</source>
        <translation>Станция не приняла состояние оператора (%1)</translation>
    </message>
    <message>
        <source>It does not know if you take calls: tell the administrator.</source>
        <translation>Она не знает, принимаете ли вы звонки: сообщите администратору.</translation>
    </message>
    <message>
        <source>without a call</source>
        <translation>без вызова</translation>
    </message>
    <message>
        <source>A colleague has already handled this call</source>
        <translation>Коллега успел раньше: звонок уже закрыт</translation>
    </message>
    <message>
        <source>Marked as talked.</source>
        <translation>Отмечено: поговорили.</translation>
    </message>
    <message>
        <source>Marked as not needed.</source>
        <translation>Отмечено: звонить не нужно.</translation>
    </message>
    <message>
        <source>This call is no longer in the list</source>
        <translation>Этого звонка в списке уже нет</translation>
    </message>
    <message>
        <source>decision started</source>
        <translation>решается</translation>
    </message>
    <message>
        <source>decision on a message</source>
        <translation>решение по сообщению</translation>
    </message>
    <message>
        <source>message review</source>
        <translation>проверка сообщения</translation>
    </message>
    <message>
        <source>%1 is writing the record</source>
        <translation>пишет запись %1</translation>
    </message>
    <message>
        <source>%1 is writing up a call with this number</source>
        <translation>%1 пишет запись о разговоре с этим номером</translation>
    </message>
    <message>
        <source>why this is not personal data</source>
        <translation>почему это не персональные данные</translation>
    </message>
    <message>
        <source>directory synonyms</source>
        <translation>синонимы справочника</translation>
    </message>
    <message>
        <source>Someone else also corrected this: see below the field. Alt+R takes theirs; registering again keeps yours.</source>
        <translation>Это исправил и кто-то другой: смотрите под полем. Alt+R возьмёт чужое, ещё раз «Зарегистрировать» оставит ваше.</translation>
    </message>
    <message>
        <source>discard mine, use the other version (incident, review)</source>
        <translation>оставить своё, взять написанное другим (инцидент, проверка)</translation>
    </message>
    <message>
        <source>Alt+R uses this</source>
        <translation>Alt+R берёт это</translation>
    </message>
    <message>
        <source>Your correction was not saved</source>
        <translation>Ваше исправление не записано</translation>
    </message>
    <message>
        <source>Someone else edited the same field; the message keeps what it had.</source>
        <translation>То же поле исправил кто-то другой; в сообщении осталось то, что там было.</translation>
    </message>
    <message>
        <source>No one else has edited what you type here</source>
        <translation>Никто другой не исправлял то, что вы пишете</translation>
    </message>
    <message>
        <source>New pair</source>
        <translation>Новая пара</translation>
    </message>
    <message>
        <source>arrived while the window was closed or frozen</source>
        <translation>пришёл, когда окно было закрыто или зависло</translation>
    </message>
    <message>
        <source>window not running</source>
        <translation>окно не работало</translation>
    </message>
    <message>
        <source>a soft tone on the ringer</source>
        <translation>тихий сигнал на динамике вызова</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>без звука</translation>
    </message>
    <message>
        <source>The soft tone was played</source>
        <translation>Тихий сигнал прозвучал</translation>
    </message>
    <message>
        <source>The tone could not be played</source>
        <translation>Сигнал не прозвучал</translation>
    </message>
    <message>
        <source>Choose another ringer, or plug it in.</source>
        <translation>Выберите другой динамик вызова или подключите этот.</translation>
    </message>
    <message>
        <source>The orders have changed since; now in force:</source>
        <translation>Тем временем распоряжения изменились, сейчас действует:</translation>
    </message>
    <message>
        <source>%1: order revoked</source>
        <translation>%1: распоряжение отозвано</translation>
    </message>
    <message>
        <source>See what has changed: press again to continue with your order</source>
        <translation>Посмотрите, что изменилось тем временем: следующее нажатие продолжит с вашим распоряжением</translation>
    </message>
    <message>
        <source>insurance policy number</source>
        <translation>номер страхового полиса</translation>
    </message>
    <message>
        <source>social network account</source>
        <translation>учётная запись в соцсети или мессенджере</translation>
    </message>
    <message>
        <source>It does not say what happened.</source>
        <translation>Не сказано, что произошло.</translation>
    </message>
    <message>
        <source>no date given</source>
        <translation>не указан день</translation>
    </message>
    <message>
        <source>“When was it?”</source>
        <translation>«Когда это было?»</translation>
    </message>
    <message>
        <source>Missing information</source>
        <translation>Не хватает сведений</translation>
    </message>
    <message>
        <source>The note was not checked for names</source>
        <translation>Записка не проверена на имена людей</translation>
    </message>
    <message>
        <source>Cannot read the directory. Check the note; press Ctrl+Enter again to sign as is.</source>
        <translation>Справочник не читается. Просмотрите записку сами; Ctrl+Enter ещё раз — подписать как есть.</translation>
    </message>
    <message>
        <source>Background work has stopped</source>
        <translation>Фоновая работа остановилась</translation>
    </message>
    <message>
        <source>Background work resumed</source>
        <translation>Фоновая работа возобновлена</translation>
    </message>
    <message>
        <source>It resumes automatically. Tell the administrator; details are in the log.</source>
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
        <source>%1: resumed at %2</source>
        <translation>%1: возобновлено в %2</translation>
    </message>
    <message>
        <source>%1: ended at %2</source>
        <translation>%1: завершено в %2</translation>
    </message>
    <message>
        <source>Sending to the central database</source>
        <translation>Отправка записей в центр</translation>
    </message>
    <message>
        <source>Fetching central updates</source>
        <translation>Получение новостей центра</translation>
    </message>
    <message>
        <source>City platform exchange</source>
        <translation>Обмен с платформой города</translation>
    </message>
    <message>
        <source>Letters and reminders</source>
        <translation>Письма и напоминания</translation>
    </message>
    <message>
        <source>Personal data retention</source>
        <translation>Сроки персональных данных</translation>
    </message>
    <message>
        <source>Personal data erasure</source>
        <translation>Удаление персональных данных</translation>
    </message>
    <message>
        <source>Register backup</source>
        <translation>Резервная копия реестра</translation>
    </message>
    <message>
        <source>Register file check</source>
        <translation>Проверка файла реестра</translation>
    </message>
    <message>
        <source>Not read: %1. A newer program wrote them; nothing is lost, the rest arrives as before. They will be read once the administrator updates this workplace.</source>
        <translation>Не прочитано записей: %1. Их сделала более новая программа. Ничего не потеряно, остальное приходит как прежде. Когда администратор обновит программу на этом рабочем месте, они будут прочитаны.</translation>
    </message>
    <message>
        <source>Central program is newer</source>
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
        <source>the letter bounced (%1)</source>
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
        <source>Record refusal notification</source>
        <translation>Отметить уведомление об отказе</translation>
    </message>
    <message>
        <source>Refusal notification</source>
        <translation>Уведомление об отказе</translation>
    </message>
    <message>
        <source>Cannot read returned mail</source>
        <translation>Не читается почта возвратов</translation>
    </message>
    <message>
        <source>Cannot tell which notifications bounced (%1). If this persists, call the administrator.</source>
        <translation>Не видно, какие уведомления вернулись (%1). Если так и останется, позовите администратора.</translation>
    </message>
    <message>
        <source>mailbox not available</source>
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
        <source>Enter when the official was told: DD.MM.YYYY, not after today (par. 12.3)</source>
        <translation>Укажите, когда сообщено: ДД.ММ.ГГГГ, не позже сегодняшнего дня (п. 12.3)</translation>
    </message>
    <message>
        <source>Responsible official: %1, told on %2</source>
        <translation>Ответственное должностное лицо: %1, сообщено %2</translation>
    </message>
    <message>
        <source>Restart to change the language</source>
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
        <source>A message from this call is not finished</source>
        <translation>Сообщение из этого вызова не закончено</translation>
    </message>
    <message>
        <source>Register it, or clear it and press Esc. Ctrl+Enter in the card again closes the call; the message stays in drafts.</source>
        <translation>Зарегистрируйте его или очистите и нажмите Esc. Ещё одно Ctrl+Enter в карточке закроет вызов, а сообщение останется в черновиках.</translation>
    </message>
    <message>
        <source>every day</source>
        <translation>ежедневно</translation>
    </message>
    <message>
        <source>no days</source>
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
        <source>The central database is not responding: only this workplace&apos;s calls are shown.</source>
        <translation>Центральная база не отвечает: показаны только телефонные вызовы этого рабочего места.</translation>
    </message>
    <message>
        <source>Enter opens the record, PgDn loads more; click a column heading to sort.</source>
        <translation>Enter открывает запись, PgDn показывает следующие; щелчок по заголовку столбца сортирует.</translation>
    </message>
    <message>
        <source>This is not a call number or a phone number. Check the digits.</source>
        <translation>Это не номер телефонного вызова и не телефон. Проверьте цифры.</translation>
    </message>
    <message>
        <source>Enter two dates, e.g. 01.11.2026; the first must not be later than the second.</source>
        <translation>Для периода нужны две даты, например 01.11.2026; первая не позже последней.</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Чтение…</translation>
    </message>
    <message>
        <source>more available</source>
        <translation>есть ещё</translation>
    </message>
    <message>
        <source>found in %1 s</source>
        <translation>найдено за %1 с</translation>
    </message>
    <message>
        <source>No matching calls</source>
        <translation>Ни один телефонный вызов не подходит</translation>
    </message>
    <message>
        <source>Extend the period or remove a filter.</source>
        <translation>Возьмите период длиннее или уберите один из отборов.</translation>
    </message>
    <message>
        <source>Could not read the call register</source>
        <translation>Реестр вызовов не удалось прочитать</translation>
    </message>
    <message>
        <source>Press Ctrl+Shift+R to retry.</source>
        <translation>Ctrl+Shift+R повторит попытку.</translation>
    </message>
    <message>
        <source>Your role has no access to the call register</source>
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
        <source>call register</source>
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
        <source>Could not export the call register</source>
        <translation>Реестр вызовов не записан</translation>
    </message>
    <message>
        <source>call register: sort by the next column</source>
        <translation>реестр вызовов: сортировать по следующему столбцу</translation>
    </message>
    <message>
        <source>call register: export as XLSX</source>
        <translation>реестр вызовов: выгрузить в XLSX</translation>
    </message>
    <message>
        <source>A message or call number, with or without dashes, a phone, a name or words</source>
        <translation>Номер сообщения или телефонного вызова, с дефисами или без, телефон, имя или слова</translation>
    </message>
    <message>
        <source>The number is valid, but there is no such message</source>
        <translation>Номер верный, но сообщения с ним нет</translation>
    </message>
    <message>
        <source>The central database is not responding: only this workplace was searched.</source>
        <translation>Центральная база не отвечает: искали только на этом рабочем месте.</translation>
    </message>
    <message>
        <source>Enter searches for this name or words</source>
        <translation>Enter найдёт по этому имени или словам</translation>
    </message>
    <message>
        <source>No messages or calls with this name or words</source>
        <translation>Сообщений и телефонных вызовов с таким именем или словами нет</translation>
    </message>
    <message>
        <source>a file promised in the letter is missing or damaged</source>
        <translation>файл, обещанный в письме, пропал или повреждён</translation>
    </message>
    <message>
        <source>Answer file exchange</source>
        <translation>Обмен файлами ответов</translation>
    </message>
    <message>
        <source>Call in progress</source>
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
        <source>Conference call</source>
        <translation>На линии трое</translation>
    </message>
    <message>
        <source>The caller is being transferred</source>
        <translation>Вызов переводится</translation>
    </message>
    <message>
        <source>Call ended at %1</source>
        <translation>Разговор закончен в %1</translation>
    </message>
    <message>
        <source>its record is saved and waiting for you</source>
        <translation>запись сохранена и ждёт вас</translation>
    </message>
    <message>
        <source>recording is on</source>
        <translation>вызов записывается</translation>
    </message>
    <message>
        <source>recording is paused</source>
        <translation>запись звука приостановлена</translation>
    </message>
    <message>
        <source>one more call is on hold</source>
        <translation>ещё один вызов на удержании</translation>
    </message>
    <message>
        <source>one more call is waiting</source>
        <translation>ещё один вызов ждёт ответа</translation>
    </message>
    <message>
        <source>Microphone on: you can be heard</source>
        <translation>Микрофон включён: вас слышно</translation>
    </message>
    <message>
        <source>Microphone muted: you cannot be heard</source>
        <translation>Микрофон выключен: вас не слышно</translation>
    </message>
    <message>
        <source>Hold: you cannot be heard</source>
        <translation>Удержание: вас не слышно</translation>
    </message>
    <message>
        <source>Not answered yet</source>
        <translation>Вызов ещё не принят</translation>
    </message>
    <message>
        <source>No one is on the line: you cannot be heard</source>
        <translation>На линии никого нет: вас не слышно</translation>
    </message>
    <message>
        <source>The caller&apos;s name and number and the record text are hidden.</source>
        <translation>Имя и номер абонента и текст записи скрыты.</translation>
    </message>
    <message>
        <source>Your text was saved at %1.</source>
        <translation>Набранное сохранено в %1.</translation>
    </message>
    <message>
        <source>%1 · since %2, inactivity</source>
        <translation>%1 · с %2, по бездействию</translation>
    </message>
    <message>
        <source>%1 · since %2, by key</source>
        <translation>%1 · с %2, по клавише</translation>
    </message>
    <message>
        <source>Too large for one file</source>
        <translation>Слишком много для одного файла</translation>
    </message>
    <message>
        <source>Split it into files of up to 50,000 rows and 20 MB, without images and empty sheets.</source>
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
        <source>Line hours: %1</source>
        <translation>Часы линии: %1</translation>
    </message>
    <message>
        <source>Line hours (5.4)</source>
        <translation>Часы линии (п. 5.4)</translation>
    </message>
    <message>
        <source>Working day off (moved)</source>
        <translation>Рабочий выходной (перенос)</translation>
    </message>
    <message>
        <source>Single days, separated by semicolons</source>
        <translation>Отдельные дни, через точку с запятой</translation>
    </message>
    <message>
        <source>Day: “08:00–20:00, break 12:00–13:00”; empty: the line is closed. Single day: “31.12.2026 08:00–15:00” or “09.05.2026 closed”.</source>
        <translation>День — «08:00–20:00, перерыв 12:00–13:00»; пустое поле — линия закрыта. Отдельный день — «31.12.2026 08:00–15:00» или «09.05.2026 закрыто».</translation>
    </message>
    <message>
        <source>Weekly hours also apply on calendar days off</source>
        <translation>В нерабочие дни календаря действуют часы недели</translation>
    </message>
    <message>
        <source>%1: “%2” are not valid hours; enter “08:00–20:00, break 12:00–13:00”</source>
        <translation>%1: «%2» — не часы; пишите «08:00–20:00, перерыв 12:00–13:00»</translation>
    </message>
    <message>
        <source>“%1” is not a valid day; enter “31.12.2026 08:00–15:00” or “09.05.2026 closed”</source>
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
        <source>A single day is listed twice</source>
        <translation>Один и тот же отдельный день указан дважды</translation>
    </message>
    <message>
        <source>The line would never be open</source>
        <translation>Линия не была бы открыта ни в один день недели</translation>
    </message>
    <message>
        <source>Line hours changed</source>
        <translation>Часы линии изменены</translation>
    </message>
    <message>
        <source>line hours</source>
        <translation>часы линии</translation>
    </message>
    <message>
        <source>Offered = answered + missed in working hours. Calls out of hours (answered or missed), calls taken by a colleague and outgoing calls are separate.</source>
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
        <source>After-hours incoming call</source>
        <translation>Входящий вызов вне рабочих часов</translation>
    </message>
    <message>
        <source>from %1: %2</source>
        <translation>с %1: %2</translation>
    </message>
    <message>
        <source>Forwarding number</source>
        <translation>Номер, на который переадресовать</translation>
    </message>
    <message>
        <source>out of hours: announcement</source>
        <translation>вне рабочих часов — объявление</translation>
    </message>
    <message>
        <source>out of hours: to %1</source>
        <translation>вне рабочих часов — на номер %1</translation>
    </message>
    <message>
        <source>Calls out of hours</source>
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
        <source>Forwarded</source>
        <translation>На другой номер</translation>
    </message>
    <message>
        <source>Enter the forwarding number: up to 15 digits</source>
        <translation>Укажите номер, на который переадресовать: цифры, не больше 15</translation>
    </message>
    <message>
        <source>The line is closed: callers hear the announcement</source>
        <translation>Линия закрыта: абоненты слышат объявление</translation>
    </message>
    <message>
        <source>The line is closed: calls go to the configured number</source>
        <translation>Линия закрыта: вызовы уходят на заданный номер</translation>
    </message>
    <message>
        <source>The line is closed, but calls still ring</source>
        <translation>Линия закрыта, но вызовы всё равно звонят</translation>
    </message>
    <message>
        <source>Cannot forward to the configured number: tell the administrator.</source>
        <translation>Переадресовать на заданный номер нельзя: скажите администратору.</translation>
    </message>
    <message>
        <source>The announcement file is missing: tell the administrator.</source>
        <translation>Файла объявления нет: скажите администратору.</translation>
    </message>
    <message>
        <source>The announcement must be WAV, 8 or 16 kHz, 16-bit, mono: tell the administrator.</source>
        <translation>Объявление должно быть файлом WAV: 8 или 16 кГц, 16 бит, один канал. Скажите администратору.</translation>
    </message>
    <message>
        <source>The announcement file cannot be read: tell the administrator.</source>
        <translation>Файл объявления не читается: скажите администратору.</translation>
    </message>
    <message>
        <source>heard the after-hours announcement</source>
        <translation>прослушано объявление вне рабочих часов</translation>
    </message>
    <message>
        <source>forwarded after hours</source>
        <translation>переадресован вне рабочих часов</translation>
    </message>
    <message>
        <source>announcement</source>
        <translation>объявление</translation>
    </message>
    <message>
        <source>forwarded</source>
        <translation>переадресован</translation>
    </message>
    <message>
        <source>Rework due soon</source>
        <translation>Скоро срок доработки</translation>
    </message>
    <message>
        <source>“Your message is registered and sent to the responsible authority%3. Write down its number: %1.%2”</source>
        <translation>«Ваше сообщение зарегистрировано и направлено ответственному органу%3. Запишите его номер: %1.%2»</translation>
    </message>
    <message>
        <source>“Your message is registered. Write down its number: %1. The responsible authority will be chosen later.%2”</source>
        <translation>«Ваше сообщение зарегистрировано. Запишите его номер: %1. Ответственный орган мы определим дополнительно.%2»</translation>
    </message>
    <message>
        <source>Message № %1 is registered but not sent to anyone</source>
        <translation>Сообщение № %1 зарегистрировано, но никому не направлено</translation>
    </message>
    <message>
        <source>The topic has no active authority. Choose one: Ctrl+O, then Alt+O.</source>
        <translation>У темы нет действующего ответственного органа. Выберите орган: Ctrl+O, затем Alt+O.</translation>
    </message>
    <message>
        <source>Process map No. %1 of %2</source>
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
        <source>Applies to: %1</source>
        <translation>Действует для тем и категорий: %1</translation>
    </message>
    <message>
        <source>Answer within: %1</source>
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
        <source>Authority: %1</source>
        <translation>Орган: %1</translation>
    </message>
    <message>
        <source>Agreed: %1</source>
        <translation>Согласовано: %1</translation>
    </message>
    <message>
        <source>The directory has no topic, category or authority with the key “%1”</source>
        <translation>В справочнике нет темы, категории или органа с ключом «%1»</translation>
    </message>
    <message>
        <source>The file has no regulations or maps</source>
        <translation>В файле нет ни регламента, ни карты</translation>
    </message>
    <message>
        <source>A record has no number or id</source>
        <translation>У записи нет номера или ключа (id)</translation>
    </message>
    <message>
        <source>Enter who approved the regulation</source>
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
        <source>A process map needs its authority</source>
        <translation>Технологической карте нужен орган</translation>
    </message>
    <message>
        <source>A deadline is one day or more</source>
        <translation>Срок — не меньше одного дня</translation>
    </message>
    <message>
        <source>Specify the file of each record</source>
        <translation>Укажите файл каждой записи</translation>
    </message>
    <message>
        <source>Two records in the file have the same id</source>
        <translation>У двух записей файла один ключ (id)</translation>
    </message>
    <message>
        <source>Two regulations of one topic or two maps of one authority would be in force on the same day: end the earlier one first</source>
        <translation>В один день действовали бы два регламента одной темы или две карты одного органа: сначала завершите прежний документ</translation>
    </message>
    <message>
        <source>Regulations and maps (3.1–3.3)</source>
        <translation>Регламенты и карты (пп. 3.1–3.3)</translation>
    </message>
    <message>
        <source>Record %2 of %1: a field is missing, unknown or invalid; see the guide</source>
        <translation>Запись %2 файла %1: поля нет, оно неизвестно или другого вида; см. руководство</translation>
    </message>
    <message>
        <source>Regulations changed</source>
        <translation>Регламенты изменены</translation>
    </message>
    <message>
        <source>thematic regulation No. %1 of %2</source>
        <translation>тематическому регламенту № %1 от %2</translation>
    </message>
    <message>
        <source>process map No. %1 of %2</source>
        <translation>технологической карте № %1 от %2</translation>
    </message>
    <message>
        <source>By %1: in force on the registration day, it overrides the directory.</source>
        <translation>По %1: он действовал в день регистрации и важнее срока из справочника.</translation>
    </message>
    <message>
        <source>By %1 of authority “%2”: it takes precedence over the thematic regulation (3.3).</source>
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
        <source>%1: first attach the document “%2” in the directory to its topic, category or authority</source>
        <translation>%1: сначала прикрепите документ «%2» в справочнике к его теме, категории или органу</translation>
    </message>
    <message>
        <source>Cannot read the directory; try again</source>
        <translation>Справочник не читается; попробуйте ещё раз</translation>
    </message>
    <message>
        <source>Only future messages are affected.</source>
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
        <source>Transfer now</source>
        <translation>Перевести сразу</translation>
    </message>
    <message>
        <source>Entered number</source>
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
        <source>Reapply my changes</source>
        <translation>Перенести мою правку</translation>
    </message>
    <message>
        <source>Use the new version</source>
        <translation>Взять новую версию</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>Набрано вами</translation>
    </message>
    <message>
        <source>Published</source>
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
        <source>Select an entry on the left</source>
        <translation>Выберите запись слева</translation>
    </message>
    <message>
        <source>Ins creates a new one; Ctrl+F finds one by title.</source>
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
        <source>Average time</source>
        <translation>Среднее время</translation>
    </message>
    <message>
        <source>Saved in</source>
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
        <source>undone</source>
        <translation>отменено</translation>
    </message>
</context>
<context>
    <name>_LessonsView</name>
    <message>
        <source>Call me</source>
        <translation>Позвонить мне</translation>
    </message>
    <message>
        <source>Training calls</source>
        <translation>Учебные звонки</translation>
    </message>
    <message>
        <source>A second phone on this computer calls you over real telephony and speaks Russian. After you save the record, you see what was right.</source>
        <translation>Второй телефон на этом компьютере позвонит вам по настоящей телефонии и заговорит по-русски. Когда запись сохранена, вы увидите, что в ней верно.</translation>
    </message>
    <message>
        <source>choose a lesson</source>
        <translation>выбрать урок</translation>
    </message>
    <message>
        <source>call now</source>
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
        <source>Preview</source>
        <translation>Посмотреть</translation>
    </message>
</context>
<context>
    <name>_NoteLine</name>
    <message>
        <source>Restore</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>Понятно</translation>
    </message>
</context>
<context>
    <name>_NoticeColumn</name>
    <message>
        <source>Notification preview</source>
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
        <source>Informed, close the call</source>
        <translation>Ответ дан, закрыть вызов</translation>
    </message>
    <message>
        <source>The call is about this: read the text.</source>
        <translation>Вызов об этом: прочитайте текст</translation>
    </message>
    <message>
        <source>Informed: the card closes with the call.</source>
        <translation>Ответ дан: карточка закроется с вызовом.</translation>
    </message>
    <message>
        <source>Text changed: read the new one.</source>
        <translation>Текст изменён: прочитайте новый.</translation>
    </message>
    <message>
        <source>Ended at %1: if you read it out, close the call.</source>
        <translation>Завершён в %1: прочитали — закройте вызов.</translation>
    </message>
</context>
<context>
    <name>_SearchHint</name>
    <message>
        <source>Search as you hear it</source>
        <translation>Ищите как слышите</translation>
    </message>
    <message>
        <source>Type the beginnings of words in any form. Arrows select, Enter inserts the answer into the card, Tab shows the text to send, Alt+Left and Alt+Right show one kind only.</source>
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
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
</context>
</TS>
