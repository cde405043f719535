## Ход работы

demo-phase-generate = Создание вымышленной администрации
demo-phase-ingest = Загрузка её файлов
demo-made = { $declarations }, { $offices }, { $months }
demo-done = Готово за { $seconds }
demo-page = Страница: { $path }
demo-table = Таблица: { $path }
demo-node = Узел: { $path }
demo-next = Чтобы посмотреть подробнее: mizan show --node { $path }

## Страница

page-title = Показатели эффективности таможенной службы
page-subtitle = { $area }, { $period }
page-lead = { $kpis ->
    [one] { $kpis } показатель измерен
    [few] { $kpis } показателя измерены
    [many] { $kpis } показателей измерены
   *[other] { $kpis } показателя измерены
} по { $declarations ->
    [one] { $declarations } декларации.
    [few] { $declarations } декларациям.
    [many] { $declarations } декларациям.
   *[other] { $declarations } декларации.
}
page-synthetic = Синтетические данные: эти числа не относятся ни к одной реальной администрации.
page-how-to-read = Как читать эту страницу
page-how-value = Рядом с каждым значением стоят числитель и знаменатель, чтобы деление мог проверить каждый.
page-how-interval = Интервал показывает, насколько значение могло бы измениться по чистой случайности: { $hits } из { $all } таких интервалов содержат истинное значение.
page-how-coverage = Охват — это доля записей, в которых были все поля, необходимые по определению.
page-how-missing = Тире означает, что значения нет; причина указана рядом. Тире никогда не означает ноль.
page-how-trend = Маленькая линия показывает месяцы периода; разрыв — это месяц без значения.
page-contents = Содержание
page-legend = Обозначения
page-language = Язык
page-skip = Перейти к содержанию
page-trend = от { $first-value } ({ $first-period }) до { $last-value } ({ $last-period })
page-trend-none = динамики нет: меньше двух значений
page-not-computable = Здесь не вычисляются
page-not-computable-lead = Для этих показателей в записях не хватает поля или таблицы.
page-entered = Введены, а не измерены
page-entered-lead = На эти показатели отвечают люди; из записей их получить нельзя.
interval-range = от { $low } до { $high }
page-dimension-count = { $count ->
    [one] { $count } показатель в этом направлении
    [few] { $count } показателя в этом направлении
    [many] { $count } показателей в этом направлении
   *[other] { $count } показателя в этом направлении
}
page-more-offices = { $offices ->
    [one] и ещё { $offices } таможенный пост
    [few] и ещё { $offices } таможенных поста
    [many] и ещё { $offices } таможенных постов
   *[other] и ещё { $offices } таможенного поста
}
page-made-by = Создано программой Mizan { $version }
page-framework = Система показателей { $framework }, версия { $version }
page-run = Запуск { $run }
page-downloads = Те же числа в виде файлов
